/** A timer start event as Temporal keeps it (P19). BPMN 2.0, 10.5.2: such an event has no instance, so its time depends on no variable. */
import type { ScheduleSpec } from '@temporalio/client';
import type { TimerDefinition } from '#core/bpmn/graph.ts';
import { readCron } from '#core/calendar/cron.ts';
import { localDateTimeOf } from '#core/calendar/zone.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import { type IsoRepetition, readDuration, readInstant, readRepetition } from '#core/process/time.ts';

export interface WantedSchedule {
  readonly spec: ScheduleSpec;
  /** Absent: without end. */
  readonly remainingActions?: number;
}

export interface Since {
  /** When the definition came: what a duration is counted from. */
  readonly since: string;
  readonly zone: string;
}

const SECOND_MS = 1_000;

/** Null where no schedule can be made of it. */
export function scheduleOf(timer: TimerDefinition, { since, zone }: Since): WantedSchedule | null {
  const moment = { at: since, zone };
  const value = evaluateFeel(timer.value, {}, moment);
  const clock = evaluateFeel(timer.clock, {}, moment);
  if (!value.ok || typeof value.value !== 'string' || !clock.ok || clock.value !== 'elapsed') return null;
  const text = value.value;
  switch (timer.kind) {
    case 'date':
      return once(readInstant(text));
    case 'duration':
      return readDuration(text) && once(laterBy(text, moment));
    case 'cycle': {
      const repetition = readRepetition(text);
      return repetition ? repeating(repetition, { since, zone }) : byCron(text, zone);
    }
  }
}

function once(instant: string | null): WantedSchedule | null {
  if (instant === null) return null;
  const at = new Date(instant);
  const calendar = {
    year: at.getUTCFullYear(),
    month: monthOf(at.getUTCMonth()),
    dayOfMonth: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  };
  return { spec: { calendars: [calendar], timezone: 'UTC' }, remainingActions: 1 };
}

/** Months have the length that the calendar of the zone gives them. */
function laterBy(span: string, moment: { readonly at: string; readonly zone: string }): string | null {
  const sum = evaluateFeel('now() + duration(span)', { span }, moment);
  return sum.ok && typeof sum.value === 'string' ? readInstant(sum.value) : null;
}

function repeating({ interval, start, repetitions }: IsoRepetition, { since, zone }: Since): WantedSchedule | null {
  const duration = readDuration(interval);
  if (!duration || duration.ms < 0 || duration.months < 0 || repetitions === 0) return null;
  const remaining = repetitions === undefined ? {} : { remainingActions: repetitions };
  const from = new Date(start ?? since);
  if (duration.months > 0) {
    const months = duration.ms === 0 ? everyMonths(duration.months, from, zone) : null;
    return months && { spec: { ...months, startAt: from }, ...remaining };
  }
  if (duration.ms < SECOND_MS) return null;
  // Times are counted from when it was deployed, or from the start that it names, which is itself the first.
  const startAt = new Date(from.getTime() + (start === undefined ? SECOND_MS : 0));
  return { spec: { intervals: [{ every: duration.ms, offset: from.getTime() % duration.ms }], startAt }, ...remaining };
}

const MONTHS_OF_YEAR = 12;

/** On the same day and at the same time of every so manyth month; a month without that day is left out. */
function everyMonths(months: number, from: Date, zone: string): ScheduleSpec | null {
  if (MONTHS_OF_YEAR % months !== 0) return null;
  // `2026-03-01T20:15:30`
  const [, month = 1, dayOfMonth = 1, hour = 0, minute = 0, second = 0] = localDateTimeOf(from.getTime(), zone).split(/[-T:]/).map(Number);
  const first = (month - 1) % months;
  const chosen = Array.from({ length: MONTHS_OF_YEAR / months }, (_, index) => monthOf(first + index * months));
  return {
    calendars: [{ month: chosen, dayOfMonth, hour, minute, second }],
    timezone: zone,
  };
}

const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;

/** From 0. */
const monthOf = (index: number): (typeof MONTHS)[number] => MONTHS[index % MONTHS_OF_YEAR] ?? 'JANUARY';

function byCron(text: string, zone: string): WantedSchedule | null {
  const cron = readCron(text);
  if (!cron) return null;
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = cron;
  return { spec: { cronExpressions: [`${second} ${minute} ${hour} ${dayOfMonth} ${month} ${dayOfWeek} *`], timezone: zone } };
}
