/**
 * The calendar of an ordinary Chinese hospital office. Holidays and the weekend days worked in exchange (调休) follow the State
 * Council's notice on the holidays of 2026, made public on 2025-11-04; announced up to the end of 2026. Dates after that follow the week
 * alone until the next notice is entered.
 */
import type { WorkingCalendar, WorkingHours } from './calendar.ts';

export const STANDARD_HOURS: WorkingHours = [
  ['08:00', '12:00'],
  ['13:30', '17:30'],
];

/** First and last day of each holiday. */
const HOLIDAYS_2026 = [
  ['2026-01-01', '2026-01-03'], // 元旦 New Year
  ['2026-02-15', '2026-02-23'], // 春节 Spring Festival
  ['2026-04-04', '2026-04-06'], // 清明节 Tomb-Sweeping Day
  ['2026-05-01', '2026-05-05'], // 劳动节 Labour Day
  ['2026-06-19', '2026-06-21'], // 端午节 Dragon Boat Festival
  ['2026-09-25', '2026-09-27'], // 中秋节 Mid-Autumn Festival
  ['2026-10-01', '2026-10-07'], // 国庆节 National Day
] as const;

/** Saturdays and Sundays that are worked in exchange. */
const MAKE_UP_WORKDAYS_2026 = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'] as const;

export const CHINA_2026: WorkingCalendar = {
  zone: 'Asia/Shanghai',
  week: { 1: STANDARD_HOURS, 2: STANDARD_HOURS, 3: STANDARD_HOURS, 4: STANDARD_HOURS, 5: STANDARD_HOURS },
  exceptions: {
    ...Object.fromEntries(HOLIDAYS_2026.flatMap(([first, last]) => datesBetween(first, last).map((date) => [date, [] as WorkingHours]))),
    ...Object.fromEntries(MAKE_UP_WORKDAYS_2026.map((date) => [date, STANDARD_HOURS])),
  },
  announcedUpTo: '2026-12-31',
};

function datesBetween(first: string, last: string): readonly string[] {
  const dates: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}
