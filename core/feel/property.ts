/** What dates, times, durations and ranges have by name (DMN 1.5, table 65). */

import { weekdayOf } from './functions/temporals.ts';
import { divide } from './number.ts';
import { FeelRange } from './range.ts';
import { DAY, DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration, offsetSecondsOf, SECOND } from './temporal.ts';
import type { Value } from './value.ts';

/** Undefined where the value has no such property. */
export function propertyOf(value: Value, name: string): Value | undefined {
  if (value instanceof FeelDate) return ofDate(value, name);
  if (value instanceof FeelTime) return ofTime(value, name, null);
  if (value instanceof FeelDateTime) {
    const found = ofDate(value.date, name);
    return found === undefined ? ofTime(value.time, name, value.date) : found;
  }
  if (value instanceof DaysDuration) return ofDays(value, name);
  if (value instanceof MonthsDuration) return ofMonths(value, name);
  return value instanceof FeelRange ? ofRange(value, name) : undefined;
}

function ofDate(date: FeelDate, name: string): Value | undefined {
  if (name === 'year') return date.year;
  if (name === 'month') return date.month;
  if (name === 'day') return date.day;
  return name === 'weekday' ? weekdayOf(date) : undefined;
}

function ofTime(time: FeelTime, name: string, date: FeelDate | null): Value | undefined {
  if (name === 'hour') return time.hour;
  if (name === 'minute') return time.minute;
  if (name === 'second') return time.second;
  if (name === 'timezone') return time.zone?.offsetSeconds === null ? time.zone.text.slice(1) : null;
  if (name !== 'time offset') return undefined;
  const offset = offsetSecondsOf(time, date);
  return offset === null ? null : new DaysDuration(BigInt(offset) * SECOND);
}

function ofDays({ nanos }: DaysDuration, name: string): Value | undefined {
  if (name === 'days') return Number(nanos / DAY);
  if (name === 'hours') return Number((nanos % DAY) / (3_600n * SECOND));
  if (name === 'minutes') return Number((nanos % (3_600n * SECOND)) / (60n * SECOND));
  return name === 'seconds' ? divide(Number(nanos % (60n * SECOND)), Number(SECOND)) : undefined;
}

function ofMonths({ months }: MonthsDuration, name: string): Value | undefined {
  if (name === 'years') return Math.trunc(months / 12) || 0;
  return name === 'months' ? months % 12 || 0 : undefined;
}

function ofRange(range: FeelRange, name: string): Value | undefined {
  if (name === 'start') return range.from;
  if (name === 'end') return range.to;
  if (name === 'start included') return range.isFromIn;
  return name === 'end included' ? range.isToIn : undefined;
}
