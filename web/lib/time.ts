/** Points in time and spans of time in words. Pure: the present is an argument, the zone is the network's. */
import type { Locale } from '#core/text.ts';
import { TIME_ZONE } from './preferences.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', { timeZone: TIME_ZONE, ...options });
  formatters.set(key, known);
  return known;
}

/** 2026-11-21 10:32, in both languages: nobody has to guess which number is the month. */
export const dateTime = (iso: string): string => `${day(iso)} ${clock(iso)}`;

export const day = (iso: string): string =>
  formatter('en', { year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(new Date(iso))
    .filter(({ type }) => type !== 'literal')
    .map(({ value }) => value)
    .reverse()
    .join('-');

export const clock = (iso: string): string => formatter('en', { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(iso));

export const clockWithSeconds = (iso: string): string =>
  formatter('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(new Date(iso));

/** 11-21 10:32 within the year, for dense places. */
export const shortDateTime = (iso: string, now: Date): string =>
  day(iso) === day(now.toISOString())
    ? clock(iso)
    : day(iso).slice(0, 4) === day(now.toISOString()).slice(0, 4)
      ? `${day(iso).slice(5)} ${clock(iso)}`
      : day(iso);

export interface Span {
  readonly unit: 'minute' | 'hour' | 'day';
  readonly major: number;
  /** The next smaller unit: minutes beside hours, hours beside days. */
  readonly minor: number;
}

/** At most two units: 2 days 4 hours, 3 hours 20 minutes, 12 minutes. */
export function spanOf(milliseconds: number): Span {
  const span = Math.max(0, milliseconds);
  if (span >= DAY) return { unit: 'day', major: Math.floor(span / DAY), minor: Math.floor((span % DAY) / HOUR) };
  if (span >= HOUR) return { unit: 'hour', major: Math.floor(span / HOUR), minor: Math.floor((span % HOUR) / MINUTE) };
  return { unit: 'minute', major: Math.floor(span / MINUTE), minor: 0 };
}

export const between = (fromIso: string, to: Date): number => to.getTime() - new Date(fromIso).getTime();
