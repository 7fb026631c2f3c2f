/**
 * Values that stand out of others: of a hospital's own past, or of its peers. A hint for whoever looks at the report, never an error: z-scores are wrong for
 * what is skewed or seasonal, the modified ones (Iglewicz and Hoaglin 1993) bear outliers among what they compare with, stored bounds bear everything.
 */
import { mean } from './process-limits.ts';

export type OutlierMethod =
  | { readonly kind: 'z-score'; readonly threshold: number }
  | { readonly kind: 'modified-z-score'; readonly threshold: number }
  /** Bounds that somebody set or that were drawn from a past period. */
  | { readonly kind: 'min-max'; readonly min: number; readonly max: number };

export interface OutlierVerdict {
  readonly isOutlier: boolean;
  /** In standard deviations; null for stored bounds, and where all others are the same. */
  readonly score: number | null;
  readonly lower: number;
  readonly upper: number;
}

/** So that the median absolute deviation of a normal distribution is its standard deviation. */
const MAD_SCALE = 0.6745;
/** Fewer say nothing about how values spread. */
export const REFERENCES_MIN = 3;

/** Against `references`, which do not hold the value itself; null where they are too few. */
export function outlierVerdict(method: OutlierMethod, value: number, references: readonly number[]): OutlierVerdict | null {
  if (method.kind === 'min-max') return within(value, method.min, method.max, null);
  if (references.length < REFERENCES_MIN) return null;
  const { center, spread } = method.kind === 'z-score' ? normal(references) : robust(references);
  const reach = method.threshold * spread;
  return within(value, center - reach, center + reach, spread === 0 ? null : (value - center) / spread);
}

/** Bounds as they are stored: the mean and so many standard deviations of what was reported before. */
export function storedBounds(references: readonly number[], factor = 2): { readonly min: number; readonly max: number } | null {
  if (references.length < REFERENCES_MIN) return null;
  const { center, spread } = normal(references);
  return { min: center - factor * spread, max: center + factor * spread };
}

const within = (value: number, lower: number, upper: number, score: number | null): OutlierVerdict => ({
  isOutlier: value < lower || value > upper,
  score,
  lower,
  upper,
});

/** Standard deviation of a sample. */
function normal(values: readonly number[]): { readonly center: number; readonly spread: number } {
  const center = mean(values);
  return { center, spread: Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1)) };
}

function robust(values: readonly number[]): { readonly center: number; readonly spread: number } {
  const center = median(values);
  return { center, spread: median(values.map((value) => Math.abs(value - center))) / MAD_SCALE };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
