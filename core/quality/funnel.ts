/**
 * A funnel plot: all hospitals of one period side by side, each with limits as wide as its size makes them (Spiegelhalter 2005). Hospitals differ by more
 * than chance for reasons that are nobody's fault; by how much is estimated from the middle of them (overdispersion) and widens the limits, or one in ten
 * of a thousand hospitals would be called an outlier each month.
 */
import { mean, type Proportion, pooled, shareOf } from './process-limits.ts';

export type FunnelKind =
  /** Counts out of counts: variance stabilised by the arc sine of the root. */
  | 'proportion'
  /** Observed to expected: by the root; the middle is 1. */
  | 'ratio';

export interface FunnelUnit extends Proportion {
  readonly id: string;
}

export interface FunnelPoint {
  readonly id: string;
  readonly value: number;
  /** How many standard deviations from the middle, what hospitals differ by anyway included. */
  readonly score: number;
  readonly warning: Band;
  readonly alarm: Band;
  readonly verdict: 'within' | 'warning' | 'alarm';
  readonly side: 'above' | 'below' | 'middle';
}

export interface Band {
  readonly lower: number;
  readonly upper: number;
}

export interface Funnel {
  readonly center: number;
  /** Mean square of the scores: about 1 where hospitals differ by chance alone. */
  readonly dispersion: number;
  /** Variance between hospitals on the transformed scale; 0 where chance explains all. */
  readonly between: number;
  readonly points: readonly FunnelPoint[];
}

/** Two-sided 95 % and 99.8 % of the normal distribution. */
const WARNING_SIGMAS = 1.959964;
const ALARM_SIGMAS = 3.090232;
/** Of the scores at either end, which are drawn in before the dispersion is estimated: outliers must not hide themselves. */
const WINSORISED = 0.1;

interface Scale {
  readonly center: number;
  transform(value: number): number;
  back(transformed: number): number;
}

/** Throws a RangeError for a unit with a denominator that is not more than zero, or more cases than there are. */
export function funnelOf(kind: FunnelKind, units: readonly FunnelUnit[]): Funnel {
  const wrong = units.find(
    ({ numerator, denominator }) => !(denominator > 0) || numerator < 0 || (kind === 'proportion' && numerator > denominator),
  );
  if (wrong) throw new RangeError(`"${wrong.id}" counts ${wrong.numerator} of ${wrong.denominator}.`);
  if (units.length === 0) return { center: kind === 'ratio' ? 1 : 0, dispersion: 0, between: 0, points: [] };
  const { center, transform, back } = SCALES[kind](units);
  const middle = transform(center);
  const variances = units.map(({ denominator }) => 1 / (4 * denominator));
  const scores = units.map((unit, index) => (transform(shareOf(unit)) - middle) / Math.sqrt(variances[index] ?? 1));
  const dispersion = mean(winsorised(scores).map((score) => score ** 2));
  const between = betweenVariance(dispersion, variances);
  const points = units.map((unit, index): FunnelPoint => {
    const sigma = Math.sqrt((variances[index] ?? 0) + between);
    const value = shareOf(unit);
    const score = (transform(value) - middle) / sigma;
    const band = (sigmas: number): Band => ({ lower: back(middle - sigmas * sigma), upper: back(middle + sigmas * sigma) });
    return {
      id: unit.id,
      value,
      score,
      warning: band(WARNING_SIGMAS),
      alarm: band(ALARM_SIGMAS),
      verdict: Math.abs(score) > ALARM_SIGMAS ? 'alarm' : Math.abs(score) > WARNING_SIGMAS ? 'warning' : 'within',
      side: value > center ? 'above' : value < center ? 'below' : 'middle',
    };
  });
  return { center, dispersion, between, points };
}

const SCALES: Readonly<Record<FunnelKind, (units: readonly FunnelUnit[]) => Scale>> = {
  proportion: (units) => ({
    center: pooled(units),
    transform: (share) => Math.asin(Math.sqrt(share)),
    back: (angle) => Math.sin(Math.min(Math.max(angle, 0), Math.PI / 2)) ** 2,
  }),
  ratio: () => ({ center: 1, transform: Math.sqrt, back: (root) => Math.max(root, 0) ** 2 }),
};

/** DerSimonian and Laird, from the dispersion of winsorised scores. */
function betweenVariance(dispersion: number, variances: readonly number[]): number {
  const count = variances.length;
  const weights = variances.map((variance) => 1 / variance);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight ** 2, 0);
  const room = sum - squares / sum;
  return room > 0 ? Math.max(0, (count * dispersion - (count - 1)) / room) : 0;
}

function winsorised(scores: readonly number[]): readonly number[] {
  const [lower, upper] = [quantile(scores, WINSORISED), quantile(scores, 1 - WINSORISED)];
  return scores.map((score) => Math.min(Math.max(score, lower), upper));
}

/** By linear interpolation between order statistics (type 7 of Hyndman and Fan). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (at - Math.floor(at)) * (above - below);
}
