/** Dates, times and durations made of texts and numbers, the clock, and what a calendar says of a day (DMN 1.5, tables 72 to 74, 79 and 82). */
import { localDateTimeOf } from '#core/calendar/zone.ts';
import { dayNumber } from '../calendar-day.ts';
import type { Moment } from '../moment.ts';
import { compareNumbers, decimalOf, type FeelNumber, wholeOf } from '../number.ts';
import {
  DaysDuration,
  dateOf,
  dateTimeAt,
  FeelDate,
  FeelDateTime,
  FeelTime,
  MonthsDuration,
  SECOND,
  type Zone,
  zoneAt,
} from '../temporal.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from '../temporal-text.ts';
import type { Value } from '../value.ts';
import { DATE, DATE_TIME, either, type Form, form, mayTake, NUMBER, orNull, type Reader, TEXT, TIME, take } from './define.ts';

const EXACT_DATE_TIME: Reader<FeelDateTime> = (value) => (value instanceof FeelDateTime ? value : undefined);
const DAY: Reader<FeelDate | FeelDateTime> = either(DATE, EXACT_DATE_TIME);
const OFFSET: Reader<DaysDuration> = (value) => (value instanceof DaysDuration ? value : undefined);
const dayOf = (value: FeelDate | FeelDateTime): FeelDate => (value instanceof FeelDate ? value : value.date);

export const temporals: Readonly<Record<string, readonly Form[]>> = {
  date: [
    form([take('from', either(TEXT, DAY))], ([from]) => (typeof from === 'string' ? (parseDate(from) ?? undefined) : dayOf(from))),
    form(
      [take('year', NUMBER), take('month', NUMBER), take('day', NUMBER)],
      ([year, month, day]) => dateOfNumbers(year, month, day) ?? undefined,
    ),
  ],
  time: [
    form([take('from', either(either(TEXT, TIME), DATE_TIME))], ([from]) => {
      if (typeof from === 'string') return parseTime(from) ?? undefined;
      return from instanceof FeelTime ? from : from.time;
    }),
    form(
      [take('hour', NUMBER), take('minute', NUMBER), take('second', NUMBER), mayTake('offset', orNull(OFFSET))],
      ([hour, minute, second, offset]) => {
        const zone = offset ? zoneOfDuration(offset) : null;
        return zone === undefined ? undefined : (timeOfNumbers({ hour, minute, second }, zone) ?? undefined);
      },
    ),
  ],
  'date and time': [
    form([take('date', DAY), take('time', TIME)], ([date, time]) => new FeelDateTime(dayOf(date), time)),
    form([take('from', either(TEXT, DATE_TIME))], ([from]) => {
      if (typeof from !== 'string') return from;
      const day = parseDate(from);
      return parseDateTime(from) ?? (day ? new FeelDateTime(day, new FeelTime(0, null)) : undefined);
    }),
    form(
      [
        take('year', NUMBER),
        take('month', NUMBER),
        take('day', NUMBER),
        take('hour', NUMBER),
        take('minute', NUMBER),
        take('second', NUMBER),
        mayTake('offset', orNull(OFFSET)),
      ],
      ([year, month, day, hour, minute, second, offset]) => {
        const zone = offset ? zoneOfDuration(offset) : null;
        const date = dateOfNumbers(year, month, day);
        const time = zone === undefined ? null : timeOfNumbers({ hour, minute, second }, zone);
        return date && time ? new FeelDateTime(date, time) : undefined;
      },
    ),
  ],
  duration: [form([take('from', TEXT)], ([from]) => parseDuration(from) ?? undefined)],
  'years and months duration': [form([take('from', DAY), take('to', DAY)], ([from, to]) => monthsBetween(dayOf(from), dayOf(to)))],
  now: [form([], (_, run) => run.now(nowOf))],
  today: [form([], (_, run) => run.now(nowOf).date)],
  'day of year': [
    form([take('date', DAY)], ([date]) => dayOf(date).dayNumber - dayNumber({ year: dayOf(date).year, month: 1, day: 1 }) + 1),
  ],
  'day of week': [form([take('date', DAY)], ([date]) => WEEKDAYS[weekdayOf(dayOf(date)) - 1] ?? null)],
  'month of year': [form([take('date', DAY)], ([date]) => MONTHS[dayOf(date).month - 1] ?? null)],
  'week of year': [form([take('date', DAY)], ([date]) => weekOf(dayOf(date)))],
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

function dateOfNumbers(year: FeelNumber, month: FeelNumber, day: FeelNumber): FeelDate | null {
  const [y, m, d] = [wholeOf(year), wholeOf(month), wholeOf(day)];
  return y === null || m === null || d === null ? null : dateOf({ year: y, month: m, day: d });
}

interface Clock {
  readonly hour: FeelNumber;
  readonly minute: FeelNumber;
  readonly second: FeelNumber;
}

function timeOfNumbers({ hour, minute, second }: Clock, zone: Zone | null): FeelTime | null {
  const [h, m] = [wholeOf(hour), wholeOf(minute)];
  if (h === null || m === null || h < 0 || h > 23 || m < 0 || m > 59) return null;
  if (compareNumbers(second, 0) < 0 || compareNumbers(second, 60) >= 0) return null;
  const nanos = decimalOf(second).times(1_000_000_000).trunc().toNumber();
  return new FeelTime((h * 60 + m) * 60_000_000_000 + nanos, zone);
}

/** Undefined for more than a zone can be away. */
function zoneOfDuration({ nanos }: DaysDuration): Zone | undefined {
  const seconds = Number(nanos / SECOND);
  return Math.abs(seconds) <= 14 * 3_600 ? zoneAt(seconds) : undefined;
}

function monthsBetween(from: FeelDate, to: FeelDate): MonthsDuration {
  const months = to.year * 12 + to.month - (from.year * 12 + from.month);
  if (months > 0 && to.day < from.day) return new MonthsDuration(months - 1);
  return new MonthsDuration(months < 0 && to.day > from.day ? months + 1 : months);
}

/** Read from the moment that was given (P1), on the clocks of its zone. */
function nowOf({ at, zone }: Moment): FeelDateTime {
  const ms = Date.parse(at);
  const local = Number.isNaN(ms) ? null : parseDateTime(`${localDateTimeOf(ms, zone)}@${zone}`);
  if (!local) throw new Error(`"${at}" is not an ISO 8601 instant, or "${zone}" not a zone.`);
  const fraction = ((ms % 1_000) + 1_000) % 1_000;
  return new FeelDateTime(local.date, new FeelTime(local.time.nanos + fraction * 1_000_000, local.time.zone));
}

/** Monday is 1. */
export const weekdayOf = (date: FeelDate): number => ((((date.dayNumber + 3) % 7) + 7) % 7) + 1;

/** By ISO 8601: the week belongs to the year of its Thursday. */
function weekOf(date: FeelDate): number {
  const thursday = date.dayNumber - weekdayOf(date) + 4;
  const year = dateTimeAt(BigInt(thursday) * 86_400_000_000_000n, null)?.date.year ?? date.year;
  return Math.floor((thursday - dayNumber({ year, month: 1, day: 1 })) / 7) + 1;
}

/** What `@"…"` means. */
export const temporalOf = (text: string): Value => parseDateTime(text) ?? parseDate(text) ?? parseTime(text) ?? parseDuration(text);
