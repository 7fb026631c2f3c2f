import { describe, expect, it } from 'vitest';
import type { TimerDefinition } from '#core/bpmn/graph.ts';
import { scheduleOf } from './schedule-spec.ts';

const SINCE = { since: '2026-11-29T10:20:30.000Z', zone: 'Asia/Shanghai' };
const timer = (kind: TimerDefinition['kind'], text: string, clock = '"elapsed"'): TimerDefinition => ({
  kind,
  value: JSON.stringify(text),
  clock,
});

describe('the Schedule of a timer start event', () => {
  it('at a date is once, at that instant', () => {
    const calendar = { year: 2027, month: 'JANUARY', dayOfMonth: 31, hour: 0, minute: 0, second: 5 };
    expect(scheduleOf(timer('date', '2027-01-31T08:00:05+08:00'), SINCE)).toEqual({
      spec: { calendars: [calendar], timezone: 'UTC' },
      remainingActions: 1,
    });
  });

  it('after a duration is once, counted from when it was deployed', () => {
    expect(scheduleOf(timer('duration', 'P1M'), SINCE)?.spec.calendars).toEqual([
      { year: 2026, month: 'DECEMBER', dayOfMonth: 29, hour: 10, minute: 20, second: 30 },
    ]);
  });

  it('of a cycle counts from when it was deployed, the first time after one interval', () => {
    const every = 3_600_000;
    expect(scheduleOf(timer('cycle', 'R3/PT1H'), SINCE)).toEqual({
      spec: { intervals: [{ every, offset: Date.parse(SINCE.since) % every }], startAt: new Date('2026-11-29T10:20:31.000Z') },
      remainingActions: 3,
    });
  });

  it('of a cycle with a start begins there', () => {
    const wanted = scheduleOf(timer('cycle', 'R/2026-12-01T08:00:00+08:00/P1D'), SINCE);
    expect(wanted).toEqual({ spec: { intervals: [{ every: 86_400_000, offset: 0 }], startAt: new Date('2026-12-01T00:00:00.000Z') } });
  });

  it('of months falls on the same day and time of the zone', () => {
    const wanted = scheduleOf(timer('cycle', 'R/2026-12-05T08:00:00+08:00/P3M'), SINCE);
    expect(wanted?.spec).toMatchObject({
      calendars: [{ month: ['MARCH', 'JUNE', 'SEPTEMBER', 'DECEMBER'], dayOfMonth: 5, hour: 8, minute: 0, second: 0 }],
      timezone: 'Asia/Shanghai',
    });
  });

  it('by cron is in the zone of the platform', () => {
    expect(scheduleOf(timer('cycle', '30 8 * * MON-FRI'), SINCE)).toEqual({
      spec: { cronExpressions: ['0 30 8 * * MON-FRI *'], timezone: 'Asia/Shanghai' },
    });
  });

  it.each([
    ['of five months', timer('cycle', 'R/P5M')],
    ['of a month and a day', timer('cycle', 'R/P1M1D')],
    ['of less than a second', timer('cycle', 'R/PT0.1S')],
    ['that never comes', timer('cycle', 'R0/PT1H')],
    ['in working time', timer('duration', 'PT8H', '"working"')],
    ['that depends on a variable', { ...timer('duration', ''), value: 'limit' }],
  ])('cannot be made %s', (_, definition) => {
    expect(scheduleOf(definition, SINCE)).toBeNull();
  });
});
