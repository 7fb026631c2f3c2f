/** Periods that are reported on, by calendar days of the platform: `2026-11`, `2026-Q4`, `2026`, `2026-W48` (ISO weeks), `2026-11-30`. */

export const FREQUENCIES = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export interface Period {
  readonly code: string;
  /** ISO dates, both inclusive. */
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
const MONTHS_IN: Readonly<Record<'month' | 'quarter' | 'year', number>> = { month: 1, quarter: 3, year: 12 };

/** The period in which an ISO date lies. */
export function periodOn(frequency: Frequency, date: string): Period {
  if (frequency === 'day') return dayOn(isoDate(Date.parse(date)));
  if (frequency === 'week') return weekOn(date);
  const [year = 0, month = 1] = date.split('-').map(Number);
  const months = MONTHS_IN[frequency];
  const first = Math.floor((month - 1) / months) * months;
  const from = isoDate(Date.UTC(year, first, 1));
  const code = frequency === 'month' ? from.slice(0, 7) : frequency === 'quarter' ? `${year}-Q${first / 3 + 1}` : String(year);
  return { code, from, to: isoDate(Date.UTC(year, first + months, 0)) };
}

export const periodBefore = (frequency: Frequency, { from }: Period): Period => periodOn(frequency, dayBefore(from));

export const periodAfter = (frequency: Frequency, { to }: Period): Period => periodOn(frequency, dayAfter(to));

/** The latest period that was over on that day: what a cycle that opens then asks for. */
export const lastPeriodBefore = (frequency: Frequency, date: string): Period => periodBefore(frequency, periodOn(frequency, date));

/** From its code; null where it is none. */
export function readPeriod(code: string): (Period & { readonly frequency: Frequency }) | null {
  const frequency = FREQUENCIES.find((each) => SHAPES[each].test(code));
  if (!frequency) return null;
  const period = periodOn(frequency, dayIn(frequency, code));
  return period.code === code ? { ...period, frequency } : null;
}

const SHAPES: Readonly<Record<Frequency, RegExp>> = {
  day: /^\d{4}-\d{2}-\d{2}$/,
  week: /^\d{4}-W\d{2}$/,
  month: /^\d{4}-\d{2}$/,
  quarter: /^\d{4}-Q\d$/,
  year: /^\d{4}$/,
};

function dayIn(frequency: Frequency, code: string): string {
  const year = Number(code.slice(0, 4));
  const number = Number(code.slice(6));
  switch (frequency) {
    case 'day':
      return code;
    case 'week':
      return isoDate(mondayOf(Date.UTC(year, 0, 4)) + (number - 1) * 7 * DAY_MS);
    case 'month':
      return `${code}-01`;
    case 'quarter':
      return isoDate(Date.UTC(year, (number - 1) * 3, 1));
    case 'year':
      return `${code}-01-01`;
  }
}

const dayOn = (date: string): Period => ({ code: date, from: date, to: date });

/** ISO 8601: a week belongs to the year of its Thursday. */
function weekOn(date: string): Period {
  const monday = mondayOf(Date.parse(date));
  const year = new Date(monday + 3 * DAY_MS).getUTCFullYear();
  const number = Math.round((monday - mondayOf(Date.UTC(year, 0, 4))) / (7 * DAY_MS)) + 1;
  return { code: `${year}-W${String(number).padStart(2, '0')}`, from: isoDate(monday), to: isoDate(monday + 6 * DAY_MS) };
}

const mondayOf = (ms: number): number => ms - ((new Date(ms).getUTCDay() + 6) % 7) * DAY_MS;

export const dayAfter = (date: string, days = 1): string => isoDate(Date.parse(date) + days * DAY_MS);
export const dayBefore = (date: string): string => dayAfter(date, -1);

function isoDate(ms: number): string {
  if (Number.isNaN(ms)) return '';
  return new Date(ms).toISOString().slice(0, 10);
}
