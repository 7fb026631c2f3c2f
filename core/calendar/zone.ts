/** Local time ↔ instant for an IANA zone, through Intl: the only zone rules that browser, server and sandbox share. */

import { Remembered } from '#core/remembered.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  // Swedish writes ISO dates, so that the text needs no taking apart.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, format);
  return format;
}

export const isTimeZone = (zone: string): boolean => {
  try {
    return formatOf(zone) !== null;
  } catch {
    return false;
  }
};

/** `2026-03-01T20:15:30` as the clocks in the zone show it. */
export const localDateTimeOf = (instantMs: number, zone: string): string => formatOf(zone).format(instantMs).replace(' ', 'T');

export const localDateOf = (instantMs: number, zone: string): string => localDateTimeOf(instantMs, zone).slice(0, 10);

/** `2026-03-01T20:15:30+08:00`: with the offset that FHIR wants. */
export function offsetDateTimeOf(instantMs: number, zone: string): string {
  const minutes = Math.round(offsetAt(instantMs, zone) / 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const offset = `${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${localDateTimeOf(instantMs, zone)}${minutes < 0 ? '-' : '+'}${offset}`;
}

/** How far the clocks of the zone are ahead of UTC at an instant, in milliseconds. */
export const offsetAt = (instantMs: number, zone: string): number =>
  Date.parse(`${localDateTimeOf(instantMs, zone)}Z`) - Math.floor(instantMs / 1000) * 1000;

/**
 * The instant of a local date and `HH:MM` (`24:00` is the next midnight). A time that occurs twice means the first; one that a
 * clock change skips means as much later as the clocks were put forward.
 */
export function instantOf(date: string, time: string, zone: string): number {
  return instants.get(`${date} ${time} ${zone}`, () => findInstant(date, time, zone));
}

/** Deadlines ask for the opening hours of the same few weeks again and again, and Intl is slow to answer. */
const instants = new Remembered<number>(10_000);

function findInstant(date: string, time: string, zone: string): number {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minutesOf(time) * 60_000;
  const before = offsetAt(asUtc - 86_400_000, zone);
  const first = asUtc - before;
  if (offsetAt(first, zone) === before) return first;
  const second = asUtc - offsetAt(asUtc + 86_400_000, zone);
  return offsetAt(second, zone) === asUtc - second ? second : first;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

export function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
