/** Dates, times and durations as ISO 8601 writes them, with FEEL's `@zone`. Null for whatever is not exactly that. */
import { isTimeZone } from '#core/calendar/zone.ts';
import { Remembered } from '#core/remembered.ts';
import {
  DAY,
  DaysDuration,
  dateAt,
  dateOf,
  FeelDate,
  FeelDateTime,
  FeelTime,
  floorDivide,
  MonthsDuration,
  SECOND,
  UTC,
  type Zone,
  zoneAt,
} from './temporal.ts';

const DATE = String.raw`(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)`;
const TIME = String.raw`(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(Z|z|[+-]\d\d:\d\d(?::\d\d)?|@.+)?`;
const DATE_TEXT = new RegExp(`^${DATE}$`);
const TIME_TEXT = new RegExp(`^T?${TIME}$`);
const DATE_TIME_TEXT = new RegExp(`^${DATE}T${TIME}$`);

export function parseDate(text: string): FeelDate | null {
  const [, year, month, day] = DATE_TEXT.exec(text) ?? [];
  return year === undefined || year === '-0000' ? null : dateOf({ year: Number(year), month: Number(month), day: Number(day) });
}

export function parseTime(text: string): FeelTime | null {
  const parts = TIME_TEXT.exec(text);
  const found = parts && timeOfParts(parts.slice(1));
  return found && !found.isNextDay ? found.time : null;
}

export function parseDateTime(text: string): FeelDateTime | null {
  const parts = DATE_TIME_TEXT.exec(text);
  if (!parts) return null;
  const date = parseDate(`${parts[1]}-${parts[2]}-${parts[3]}`);
  const found = timeOfParts(parts.slice(4));
  if (!date || !found) return null;
  const day = found.isNextDay ? dateAt(date.dayNumber + 1) : date;
  return day && new FeelDateTime(day, found.time);
}

function timeOfParts([hour, minute, second, fraction = '', zone]: readonly (string | undefined)[]) {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const isMidnight = h === 24 && m === 0 && s === 0 && Number(fraction) === 0;
  if ((h > 23 && !isMidnight) || m > 59 || s > 59) return null;
  const found = zone === undefined ? null : parseZone(zone);
  if (zone !== undefined && !found) return null;
  const nanos = (((h % 24) * 60 + m) * 60 + s) * 1_000_000_000 + Number(fraction.padEnd(9, '0'));
  return { time: new FeelTime(nanos, found), isNextDay: isMidnight };
}

function parseZone(text: string): Zone | null {
  return zones.get(text, readZone);
}

const zones = new Remembered<Zone | null>(1_000);

function readZone(text: string): Zone | null {
  if (text === 'Z' || text === 'z') return UTC;
  if (text.startsWith('@')) return isTimeZone(text.slice(1)) ? { text, offsetSeconds: null } : null;
  const [hours, minutes, seconds = 0] = text.slice(1).split(':').map(Number);
  if (hours === undefined || minutes === undefined || hours > 14 || minutes > 59 || seconds > 59) return null;
  const offset = (hours * 60 + minutes) * 60 + seconds;
  return offset > 14 * 3_600 ? null : zoneAt(text.startsWith('-') ? -offset : offset);
}

const DAYS = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{0,9})\d*)?S)?)?$/;
const MONTHS = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?$/;

export function parseDuration(text: string): DaysDuration | MonthsDuration | null {
  if (/[PT]$/.test(text)) return null;
  const months = MONTHS.exec(text);
  if (months) {
    const total = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return Number.isSafeInteger(total) ? new MonthsDuration(months[1] && total > 0 ? -total : total) : null;
  }
  const [whole, sign, ...parts] = DAYS.exec(text) ?? [];
  if (whole === undefined) return null;
  const [days, hours, minutes, seconds] = parts.slice(0, 4).map((part) => BigInt(part ?? 0));
  const fraction = BigInt((parts[4] ?? '').padEnd(9, '0'));
  const nanos = (((days ?? 0n) * 24n + (hours ?? 0n)) * 60n + (minutes ?? 0n)) * 60n * SECOND + (seconds ?? 0n) * SECOND + fraction;
  return new DaysDuration(sign ? -nanos : nanos);
}

export type Temporal = FeelDate | FeelTime | FeelDateTime | DaysDuration | MonthsDuration;

export const isTemporal = (value: unknown): value is Temporal =>
  value instanceof FeelDate ||
  value instanceof FeelTime ||
  value instanceof FeelDateTime ||
  value instanceof DaysDuration ||
  value instanceof MonthsDuration;

export function temporalText(value: Temporal): string {
  if (value instanceof FeelDate) return dateText(value);
  if (value instanceof FeelTime) return `${timeOfDay(value)}${value.zone?.text ?? ''}`;
  if (value instanceof FeelDateTime) return `${dateText(value.date)}T${temporalText(value.time)}`;
  return value instanceof MonthsDuration ? monthsText(value) : daysText(value);
}

function dateText({ year, month, day }: FeelDate): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Without its zone. */
export const timeOfDay = (time: FeelTime): string =>
  `${two(time.hour)}:${two(time.minute)}:${two(time.second)}${fractionText(time.nanos % 1_000_000_000)}`;

function monthsText({ months }: MonthsDuration): string {
  if (months === 0) return 'P0M';
  const [years, rest] = [Math.floor(Math.abs(months) / 12), Math.abs(months) % 12];
  return `${months < 0 ? '-' : ''}P${years > 0 ? `${years}Y` : ''}${rest > 0 ? `${rest}M` : ''}`;
}

function daysText({ nanos }: DaysDuration): string {
  if (nanos === 0n) return 'PT0S';
  const size = nanos < 0n ? -nanos : nanos;
  const days = floorDivide(size, DAY);
  const seconds = Number((size % DAY) / SECOND);
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const fraction = fractionText(Number(size % SECOND));
  const time = `${h > 0 ? `${h}H` : ''}${m > 0 ? `${m}M` : ''}${s > 0 || fraction ? `${s}${fraction}S` : ''}`;
  return `${nanos < 0n ? '-' : ''}P${days > 0n ? `${days}D` : ''}${time ? `T${time}` : ''}`;
}

const fractionText = (nanos: number): string => (nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`);
const two = (value: number): string => String(value).padStart(2, '0');
