/**
 * How long a record is kept after its seal: whole years, months and days of the calendar in the zone of its organisation. The day of the seal does
 * not count, the last day is the one that corresponds to it or else the last of its month, and it is kept to that day's end, as 民法典 201–203
 * counts terms. Which records have to be kept how long is the flow's to say.
 */
import { instantOf, localDateOf, nextDate } from '#core/calendar/zone.ts';

export interface Retention {
  readonly months: number;
  readonly days: number;
}

/**
 * A term counts only so many days after the version that says it became the current one: operators see beforehand what it will erase, and a slip
 * of whoever publishes erases nothing.
 */
export const NOTICE_DAYS = 30;

const RETENTION = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/** An ISO 8601 duration of at least one whole day, such as `P30Y`; null for any other text. */
export function readRetention(text: string): Retention | null {
  const match = RETENTION.exec(text);
  if (!match) return null;
  const [years = 0, months = 0, weeks = 0, days = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const retention = { months: years * 12 + months, days: weeks * 7 + days };
  return retention.months + retention.days > 0 ? retention : null;
}

/** The moment from which it is kept no longer. */
export const keptUntil = (sealedAt: string, retention: Retention, zone: string): string =>
  startOf(nextDate(lastDayOf(localDateOf(Date.parse(sealedAt), zone), retention)), zone);

/** What was sealed before the answer, and nothing else, is kept no longer at `at`: one comparison for all records of a zone. */
export function sealedBefore(at: string, retention: Retention, zone: string): string {
  const today = localDateOf(Date.parse(at), zone);
  let date = addMonths(addDays(today, -retention.days), -retention.months);
  // Months differ in length, so that adding does not undo subtracting: a few days to and fro.
  while (lastDayOf(date, retention) >= today) date = addDays(date, -1);
  while (lastDayOf(nextDate(date), retention) < today) date = nextDate(date);
  return startOf(nextDate(date), zone);
}

const startOf = (date: string, zone: string): string => new Date(instantOf(date, '00:00', zone)).toISOString();

const lastDayOf = (date: string, { months, days }: Retention): string => addDays(addMonths(date, months), days);

const addDays = (date: string, days: number): string => isoDate(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000);

function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return isoDate(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth)));
}

const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
