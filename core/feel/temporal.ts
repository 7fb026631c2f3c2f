/**
 * Dates, times and durations of FEEL (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8) as values. Years reach from -999999999 to 999999999 and seconds to
 * the nanosecond. Reading and writing them stands in `temporal-text.ts`.
 */
import { instantOf, offsetAt } from '#core/calendar/zone.ts';
import { type CalendarDay, calendarDay, dayNumber, daysInMonth } from './calendar-day.ts';

const YEAR_MAX = 999_999_999;
const DAY_NANOS = 86_400_000_000_000;
const SECOND_NANOS = 1_000_000_000;

/** `Z` and `+08:00` have an offset of their own; `@Asia/Shanghai` has one for each moment. */
export interface Zone {
  /** As it is written behind a time. */
  readonly text: string;
  readonly offsetSeconds: number | null;
}

export class FeelDate implements CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;

  constructor({ year, month, day }: CalendarDay) {
    this.year = year;
    this.month = month;
    this.day = day;
  }

  get dayNumber(): number {
    return dayNumber(this);
  }
}

export class FeelTime {
  /** Since midnight, less than a day. */
  readonly nanos: number;
  readonly zone: Zone | null;

  constructor(nanos: number, zone: Zone | null) {
    this.nanos = nanos;
    this.zone = zone;
  }

  get hour(): number {
    return Math.floor(this.nanos / (3_600 * SECOND_NANOS));
  }

  get minute(): number {
    return Math.floor(this.nanos / (60 * SECOND_NANOS)) % 60;
  }

  /** Whole seconds of the minute. */
  get second(): number {
    return Math.floor(this.nanos / SECOND_NANOS) % 60;
  }
}

export class FeelDateTime {
  readonly date: FeelDate;
  readonly time: FeelTime;

  constructor(date: FeelDate, time: FeelTime) {
    this.date = date;
    this.time = time;
  }
}

/** Days, hours, minutes and seconds. */
export class DaysDuration {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** Years and months. */
export class MonthsDuration {
  readonly months: number;

  constructor(months: number) {
    this.months = months;
  }
}

/** Null for a day that is not in the calendar. */
export function dateOf({ year, month, day }: CalendarDay): FeelDate | null {
  if (![year, month, day].every(Number.isInteger) || Math.abs(year) > YEAR_MAX) return null;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? new FeelDate({ year, month, day }) : null;
}

export const midnightOf = (date: FeelDate): FeelDateTime => new FeelDateTime(date, new FeelTime(0, UTC));

export const UTC: Zone = { text: 'Z', offsetSeconds: 0 };

/** How far the clocks of its zone are ahead of UTC, in seconds; null without a zone. */
export function offsetSecondsOf(time: FeelTime, date: FeelDate | null): number | null {
  if (!time.zone) return null;
  return time.zone.offsetSeconds ?? namedOffset(time.zone, date ?? EPOCH, time);
}

const EPOCH = new FeelDate({ year: 1970, month: 1, day: 1 });

function namedOffset(zone: Zone, date: FeelDate, time: FeelTime): number {
  const [day, minute] = inKnownYears(date, time);
  return Math.round((Date.parse(`${day}T${minute}:00Z`) - instantOf(day, minute, zone.text.slice(1))) / 1_000);
}

/** The rules of zones are known for a few centuries only; before, clocks were always so far ahead, and after, always changed so. */
function inKnownYears(date: FeelDate, time: FeelTime): readonly [day: string, minute: string] {
  const year = Math.min(Math.max(date.year, 1_001), 9_998);
  const day = `${year}-${two(date.month)}-${two(Math.min(date.day, daysInMonth(year, date.month)))}`;
  return [day, `${two(time.hour)}:${two(time.minute)}`];
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Since 1970-01-01T00:00 on the clocks of its own zone. */
export const localNanos = ({ date, time }: FeelDateTime): bigint => BigInt(date.dayNumber) * BigInt(DAY_NANOS) + BigInt(time.nanos);

/** Since 1970-01-01T00:00Z; null without a zone. */
export function instantNanos(value: FeelDateTime): bigint | null {
  const offset = offsetSecondsOf(value.time, value.date);
  return offset === null ? null : localNanos(value) - BigInt(offset) * BigInt(SECOND_NANOS);
}

/**
 * So much later, as time passes: what a named zone's clocks are put forward or back does not count. Of an hour that the clocks show twice
 * the name of the zone means the first; the second is written with its offset.
 */
export function afterNanos(value: FeelDateTime, nanos: bigint): FeelDateTime | null {
  const { zone } = value.time;
  const instant = zone?.offsetSeconds === null ? instantNanos(value) : null;
  if (!zone || instant === null) return dateTimeAt(localNanos(value) + nanos, zone);
  const inUtc = dateTimeAt(instant + nanos, UTC);
  if (!inUtc) return null;
  const [day, minute] = inKnownYears(inUtc.date, inUtc.time);
  const offset = Math.round(offsetAt(Date.parse(`${day}T${minute}:00Z`), zone.text.slice(1)) / 1_000);
  const local = dateTimeAt(instant + nanos + BigInt(offset) * BigInt(SECOND_NANOS), zone);
  if (!local || instantNanos(local) === instant + nanos) return local;
  return new FeelDateTime(local.date, new FeelTime(local.time.nanos, zoneAt(offset)));
}

/** The zone so many seconds ahead of UTC. */
export function zoneAt(offsetSeconds: number): Zone {
  if (offsetSeconds === 0) return UTC;
  const size = Math.abs(offsetSeconds);
  const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  const text = `${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(size / 3_600))}:${two(Math.floor(size / 60) % 60)}${seconds}`;
  return { text, offsetSeconds };
}

/** Since midnight UTC; null without a zone. */
export function timeInUtc(time: FeelTime): number | null {
  const offset = offsetSecondsOf(time, null);
  return offset === null ? null : time.nanos - offset * SECOND_NANOS;
}

export function dateTimeAt(nanos: bigint, zone: Zone | null): FeelDateTime | null {
  const day = floorDivide(nanos, BigInt(DAY_NANOS));
  const date = dateAt(Number(day));
  return date && new FeelDateTime(date, new FeelTime(Number(nanos - day * BigInt(DAY_NANOS)), zone));
}

export function dateAt(number: number): FeelDate | null {
  return dateOf(calendarDay(number));
}

export const floorDivide = (a: bigint, b: bigint): bigint => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b);

/** A day that the month does not have is its last one. */
export function addMonths(date: FeelDate, months: number): FeelDate | null {
  const total = date.year * 12 + date.month - 1 + months;
  const [year, month] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  return dateOf({ year, month, day: Math.min(date.day, daysInMonth(year, month)) });
}

/** The time of day so much later, around midnight. */
export function addToTime(time: FeelTime, nanos: bigint): FeelTime {
  const total = (BigInt(time.nanos) + nanos) % BigInt(DAY_NANOS);
  return new FeelTime(Number(total < 0n ? total + BigInt(DAY_NANOS) : total), time.zone);
}

export const DAY = BigInt(DAY_NANOS);
export const SECOND = BigInt(SECOND_NANOS);
