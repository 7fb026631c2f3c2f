/**
 * When an organisation works: hours per weekday, and days that differ (holidays, and weekend days worked in exchange, 调休).
 * Pure data; the door reads it from the database and turns it into the intervals that commands carry.
 */
export interface WorkingCalendar {
  /** IANA zone in which dates and hours are meant. */
  readonly zone: string;
  /** Hours by ISO weekday, 1 = Monday … 7 = Sunday. A day that is not named is free. */
  readonly week: Readonly<Partial<Record<Weekday, WorkingHours>>>;
  /** Local date `YYYY-MM-DD` → the hours of that day instead of its weekday's; empty for a holiday. */
  readonly exceptions: Readonly<Record<string, WorkingHours>>;
  /** Last local date for which holidays have been announced. Later dates follow the week alone. */
  readonly announcedUpTo?: string;
}

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;
/** Half-open spans of local time `HH:MM`, ascending; `24:00` ends a day. */
export type WorkingHours = readonly (readonly [from: string, to: string])[];

/** Half-open span `[from, to)` of UTC instants in ISO 8601 with milliseconds. */
export type Interval = readonly [from: string, to: string];

const TIME = /^(?:([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with a calendar, as sentences that name the place; empty when it is sound. */
export function calendarProblems(calendar: WorkingCalendar): readonly string[] {
  const problems: string[] = [];
  const checkHours = (place: string, hours: WorkingHours) => {
    let last = '';
    for (const [from, to] of hours) {
      if (!TIME.test(from) || !TIME.test(to)) problems.push(`${place}: "${from}–${to}" is not a span of HH:MM.`);
      else if (from >= to) problems.push(`${place}: ${from}–${to} ends before it begins.`);
      else if (from < last) problems.push(`${place}: ${from}–${to} overlaps the span before it.`);
      last = to;
    }
  };
  for (const [weekday, hours] of Object.entries(calendar.week)) checkHours(`week.${weekday}`, hours);
  for (const [date, hours] of Object.entries(calendar.exceptions)) {
    if (!DATE.test(date)) problems.push(`exceptions: "${date}" is not a date.`);
    checkHours(`exceptions.${date}`, hours);
  }
  if (!Object.values(calendar.week).some((hours) => hours.length > 0)) problems.push('week: no weekday has working hours.');
  return problems;
}
