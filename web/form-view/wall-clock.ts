/**
 * Date-times are typed and read in the zone of the product's people, not in that of the machine: what a colleague reads beside the form
 * is what was typed into it.
 */
import { instantOf, localDateTimeOf, offsetDateTimeOf } from '#core/calendar/zone.ts';

/** `2026-03-03T01:30:00Z` → `2026-03-03T09:30` as the clock in the zone shows it; null when it is no date-time. */
export function wallClockOf(dateTime: string, zone: string): string | null {
  const instant = Date.parse(dateTime);
  return Number.isNaN(instant) ? null : localDateTimeOf(instant, zone).slice(0, 16);
}

/** `2026-03-03T09:30` → `2026-03-03T09:30:00+08:00`: FHIR wants the offset with a time. */
export const dateTimeFrom = (wallClock: string, zone: string): string =>
  offsetDateTimeOf(instantOf(wallClock.slice(0, 10), wallClock.slice(11, 16), zone), zone);
