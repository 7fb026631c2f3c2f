/** What a process does by itself: the middle it varies about and the natural limits of its variation, by points in time order. */

/** Expected moving range of two points of a normal process, in standard deviations (d₂ for n = 2, three decimals as tables have it). */
const D2 = 1.128;
/** Points that make a baseline; limits of fewer are on trial. */
export const BASELINE_POINTS = 12;
/** Natural limits lie so many standard deviations from the middle. */
export const LIMIT_SIGMAS = 3;

/** A count out of a count: 17 of 20 urgent consults in time. */
export interface Proportion {
  readonly numerator: number;
  /** More than zero. */
  readonly denominator: number;
}

export interface Limits {
  readonly center: number;
  readonly lower: number;
  readonly upper: number;
}

/** Limits at each point; those of counts follow the denominator. */
export type LimitsAt = (index: number) => Limits;

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation of a process by the mean of its moving ranges: a shift inflates it less than it would the ordinary one. */
export function sigmaOfRanges(values: readonly number[]): number {
  const ranges = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
  return ranges.length === 0 ? 0 : mean(ranges) / D2;
}

/** XmR, individuals: measurements, one a period. */
export function individualLimits(baseline: readonly number[]): LimitsAt {
  const limits = around(mean(baseline), sigmaOfRanges(baseline));
  return () => limits;
}

/** p-chart: proportions whose only variation is that of counting. */
export function proportionLimits(baseline: readonly Proportion[], points: readonly Proportion[]): LimitsAt {
  const center = pooled(baseline);
  return (index) => within(around(center, binomialSigma(center, points[index])));
}

/** p′-chart (Laney): large denominators make counting exact, and the process varies beside it; its limits are wider by how much more it does. */
export function laneyLimits(baseline: readonly Proportion[], points: readonly Proportion[]): LimitsAt {
  const center = pooled(baseline);
  const scores = baseline.map((point) => {
    const sigma = binomialSigma(center, point);
    return sigma === 0 ? 0 : (shareOf(point) - center) / sigma;
  });
  // With one point nothing is known beside counting.
  const between = scores.length < 2 ? 1 : sigmaOfRanges(scores);
  return (index) => within(around(center, binomialSigma(center, points[index]) * between));
}

export const shareOf = ({ numerator, denominator }: Proportion): number => numerator / denominator;

/** The share of all together: each hospital and month counts by its size. */
export const pooled = (points: readonly Proportion[]): number =>
  points.reduce((sum, { numerator }) => sum + numerator, 0) / points.reduce((sum, { denominator }) => sum + denominator, 0);

const binomialSigma = (share: number, point: Proportion | undefined): number =>
  point ? Math.sqrt((share * (1 - share)) / point.denominator) : 0;

const around = (center: number, sigma: number): Limits => ({
  center,
  lower: center - LIMIT_SIGMAS * sigma,
  upper: center + LIMIT_SIGMAS * sigma,
});

/** A share below nothing or above all does not exist. */
const within = ({ center, lower, upper }: Limits): Limits => ({ center, lower: Math.max(0, lower), upper: Math.min(1, upper) });
