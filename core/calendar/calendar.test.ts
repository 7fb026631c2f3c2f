import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarProblems, type WorkingCalendar } from './calendar.ts';
import { CHINA_2026, STANDARD_HOURS } from './china-2026.ts';
import { addWorkingTime, hoursOn, workedBetween, workingIntervals } from './working-time.ts';
import { instantOf, localDateTimeOf } from './zone.ts';

const HOUR = 3_600_000;
/** An instant given as it is said in China. */
const china = (local: string) => new Date(`${local}+08:00`).toISOString();
const deadline = (from: string, hours: number) =>
  addWorkingTime(workingIntervals(CHINA_2026, china(from), { minutes: hours * 60 }), china(from), hours * HOUR);

describe('a deadline in working time', () => {
  it.each([
    ['in the morning', '2026-03-03T09:00', 2, '2026-03-03T11:00'],
    ['over the lunch break', '2026-03-03T11:00', 2, '2026-03-03T14:30'],
    ['over the night', '2026-03-03T17:00', 1, '2026-03-04T08:30'],
    ['over the weekend', '2026-03-06T16:30', 8, '2026-03-09T16:30'],
    ['from the middle of a Sunday', '2026-03-08T12:00', 1, '2026-03-09T09:00'],
    ['over the Spring Festival, which ends the Saturday before with a workday', '2026-02-13T16:30', 10, '2026-02-24T09:00'],
    ['on a Saturday worked in exchange', '2026-05-09T10:00', 1, '2026-05-09T11:00'],
  ])('runs on %s', (_when, from, hours, due) => {
    expect(deadline(from, hours)).toBe(china(due));
  });

  it('of no length is due at once', () => {
    expect(addWorkingTime([], china('2026-03-08T12:00'), 0)).toBe(china('2026-03-08T12:00'));
  });

  it('is unknown when the intervals do not reach so far', () => {
    const intervals = workingIntervals(CHINA_2026, china('2026-03-03T08:00'), { to: china('2026-03-03T12:00') });
    expect(addWorkingTime(intervals, china('2026-03-03T08:00'), 5 * HOUR)).toBeNull();
  });
});

describe('the calendar of 2026', () => {
  it('is sound', () => expect(calendarProblems(CHINA_2026)).toEqual([]));

  it('has 248 workdays', () => {
    // 365 days, 104 at weekends, 13 statutory holidays: the exchange of days moves workdays, it makes none.
    let workdays = 0;
    for (let at = Date.parse('2026-01-01'); at <= Date.parse('2026-12-31'); at += 24 * HOUR) {
      if (hoursOn(CHINA_2026, new Date(at).toISOString().slice(0, 10)).length > 0) workdays++;
    }
    expect(workdays).toBe(248);
  });
});

describe('the checker of calendars names', () => {
  const calendar = (change: Partial<WorkingCalendar>): WorkingCalendar => ({ ...CHINA_2026, ...change });
  it.each([
    ['a week without hours', calendar({ week: {} })],
    ['an end before its beginning', calendar({ week: { 1: [['12:00', '08:00']] } })],
    ['an overlap', calendar({ week: { 1: [['08:00', '12:00'], ['11:00', '13:00']] } })], // biome-ignore format: one span a pair
    ['a time that is none', calendar({ week: { 1: [['8', '25:00']] } })],
    ['a date that is none', calendar({ exceptions: { tomorrow: [] } })],
  ])('%s', (_what, broken) => expect(calendarProblems(broken)).toHaveLength(1));
});

describe('local time', () => {
  it.each([
    ['an ordinary one', '2026-07-01', '08:00', 'Europe/Berlin', '2026-07-01T06:00:00.000Z'],
    ['midnight at the end of a day', '2026-07-01', '24:00', 'Asia/Shanghai', '2026-07-01T16:00:00.000Z'],
    ['the first of two equal ones when clocks go back', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['one that clocks skip is as much later', '2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['before the clocks change', '2026-03-29', '01:30', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
    ['after the clocks change', '2026-03-29', '08:00', 'Europe/Berlin', '2026-03-29T06:00:00.000Z'],
    ['west of Greenwich', '2026-11-01', '08:00', 'America/New_York', '2026-11-01T13:00:00.000Z'],
  ])('becomes an instant: %s', (_what, date, time, zone, instant) => {
    expect(new Date(instantOf(date, time, zone)).toISOString()).toBe(instant);
  });
});

describe('for every calendar and instant', () => {
  const roundTheClock: WorkingCalendar = {
    zone: 'America/New_York',
    week: { 1: [['00:00', '24:00']], 2: [['00:00', '24:00']], 6: [['20:00', '24:00']], 7: [['00:00', '06:00']] },
    exceptions: { '2026-11-01': STANDARD_HOURS },
  };
  const calendars = fc.constantFrom(CHINA_2026, { ...CHINA_2026, zone: 'Europe/Berlin' }, roundTheClock);
  const instants = fc
    .date({ min: new Date('2025-12-01'), max: new Date('2027-02-01'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const minutes = fc.integer({ min: 1, max: 6_000 });

  it('intervals ascend, do not touch, and begin no earlier than asked', () => {
    fc.assert(
      fc.property(calendars, instants, minutes, (calendar, from, count) => {
        let last = from;
        for (const [start, end] of workingIntervals(calendar, from, { minutes: count })) {
          expect(start >= last && start < end).toBe(true);
          if (last !== from) expect(start > last).toBe(true);
          last = end;
        }
      }),
    );
  });

  it('as much time is worked until the deadline as the deadline gave', () => {
    fc.assert(
      fc.property(calendars, instants, minutes, (calendar, from, count) => {
        const intervals = workingIntervals(calendar, from, { minutes: count });
        const due = addWorkingTime(intervals, from, count * 60_000);
        expect(due).not.toBeNull();
        expect(workedBetween(intervals, from, due ?? from)).toBe(count * 60_000);
      }),
    );
  });

  it('a deadline met in two pieces is the deadline of their sum', () => {
    fc.assert(
      fc.property(calendars, instants, minutes, minutes, (calendar, from, first, second) => {
        const intervals = workingIntervals(calendar, from, { minutes: first + second });
        const between = addWorkingTime(intervals, from, first * 60_000) ?? '';
        expect(addWorkingTime(intervals, between, second * 60_000)).toBe(addWorkingTime(intervals, from, (first + second) * 60_000));
      }),
    );
  });

  it('working time does not depend on how much of the calendar was fetched', () => {
    fc.assert(
      fc.property(calendars, instants, instants, (calendar, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const exact = workedBetween(workingIntervals(calendar, from, { to }), from, to);
        const wider = new Date(Date.parse(to) + 9 * 24 * HOUR).toISOString();
        expect(workedBetween(workingIntervals(calendar, from, { to: wider }), from, to)).toBe(exact);
      }),
      { numRuns: 40 },
    );
  });

  it('local time there and back is the same instant', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom('Asia/Shanghai', 'Asia/Kolkata', 'America/New_York', 'Pacific/Chatham'), (at, zone) => {
        const minute = Math.floor(Date.parse(at) / 60_000) * 60_000;
        const local = localDateTimeOf(minute, zone);
        const back = instantOf(local.slice(0, 10), local.slice(11, 16), zone);
        // In the hour that occurs twice the first is meant.
        expect([0, HOUR]).toContain(minute - back);
      }),
    );
  });
});
