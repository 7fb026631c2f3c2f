/** The level of a sentinel hospital before a period: what the threshold rule compares with. Zero reports count as zero; what was not reported does not count. */

export interface SentinelLevel {
  /** Periods that were reported. */
  readonly count: number;
  /** Of cases; null without a period. Rounded to two decimals, so that every reader of the rule sees the same. */
  readonly mean: number | null;
  /** Of the sample; null with fewer than two periods. */
  readonly deviation: number | null;
}

export interface SentinelPoint {
  readonly period: string;
  readonly cases: number;
}

/** The last so many before the period, whose codes sort as they follow each other. */
export function levelBefore(points: readonly SentinelPoint[], period: string, periods: number): SentinelLevel {
  const before = points
    .filter((point) => point.period < period)
    .sort((a, b) => (a.period < b.period ? -1 : 1))
    .slice(-periods)
    .map(({ cases }) => cases);
  const count = before.length;
  if (count === 0) return { count, mean: null, deviation: null };
  const mean = before.reduce((sum, cases) => sum + cases, 0) / count;
  const squares = before.reduce((sum, cases) => sum + (cases - mean) ** 2, 0);
  return { count, mean: rounded(mean), deviation: count < 2 ? null : rounded(Math.sqrt(squares / (count - 1))) };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
