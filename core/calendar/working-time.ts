/**
 * Working time as intervals: made from a calendar at the door, then added up by whoever holds them. `addWorkingTime` and `workedBetween`
 * read no calendar, so the workflow comes to the same deadline from the intervals in the command, whatever the calendar has become.
 */
import type { Interval, Weekday, WorkingCalendar, WorkingHours } from './calendar.ts';
import { instantOf, localDateOf, nextDate } from './zone.ts';

/** Until an instant, or until so much working time is covered. */
export type Extent = { readonly to: string } | { readonly minutes: number };

/** Ten years without enough working time is a broken calendar, not a long deadline. */
const DAYS_MAX = 3_660;

/** The working intervals from `from` on: ascending, without gaps between neighbours, the first cut at `from`. */
export function workingIntervals(calendar: WorkingCalendar, from: string, extent: Extent): readonly Interval[] {
  const fromMs = Date.parse(from);
  const toMs = 'to' in extent ? Date.parse(extent.to) : Number.POSITIVE_INFINITY;
  const wantedMs = 'minutes' in extent ? Math.max(extent.minutes, 1) * 60_000 : Number.POSITIVE_INFINITY;
  const spans: [number, number][] = [];
  let coveredMs = 0;
  let date = localDateOf(fromMs, calendar.zone);
  for (let day = 0; day < DAYS_MAX; day++, date = nextDate(date)) {
    if (instantOf(date, '00:00', calendar.zone) >= toMs || coveredMs >= wantedMs) return spans.map(asInterval);
    for (const [opens, closes] of hoursOn(calendar, date)) {
      const start = Math.max(instantOf(date, opens, calendar.zone), fromMs);
      const end = Math.min(instantOf(date, closes, calendar.zone), toMs);
      if (end <= start) continue;
      coveredMs += end - start;
      const last = spans.at(-1);
      // A night shift is written as two days; it works through midnight.
      if (last && last[1] === start) last[1] = end;
      else spans.push([start, end]);
    }
  }
  throw new Error(`The calendar has less working time after ${from} than was asked for.`);
}

export function hoursOn(calendar: WorkingCalendar, date: string): WorkingHours {
  const exception = calendar.exceptions[date];
  if (exception) return exception;
  // getUTCDay gives 0 for Sunday, so that the result is 1 … 7.
  const weekday = (((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1) as Weekday;
  return calendar.week[weekday] ?? [];
}

/** The instant at which `ms` of working time have passed since `from`; null when the intervals do not reach so far. */
export function addWorkingTime(intervals: readonly Interval[], from: string, ms: number): string | null {
  if (ms <= 0) return from;
  const fromMs = Date.parse(from);
  let leftMs = ms;
  for (const [opens, closes] of intervals) {
    const start = Math.max(Date.parse(opens), fromMs);
    const length = Date.parse(closes) - start;
    if (length <= 0) continue;
    if (leftMs <= length) return new Date(start + leftMs).toISOString();
    leftMs -= length;
  }
  return null;
}

/** Milliseconds of working time in `[from, to)`. */
export function workedBetween(intervals: readonly Interval[], from: string, to: string): number {
  const fromMs = Date.parse(from);
  const toMs = Date.parse(to);
  let workedMs = 0;
  for (const [opens, closes] of intervals) {
    workedMs += Math.max(0, Math.min(Date.parse(closes), toMs) - Math.max(Date.parse(opens), fromMs));
  }
  return workedMs;
}

const asInterval = ([from, to]: readonly [number, number]): Interval => [new Date(from).toISOString(), new Date(to).toISOString()];
