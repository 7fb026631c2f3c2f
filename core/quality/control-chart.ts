/**
 * A control chart: one hospital's indicator over time, with what its process does by itself and what it does not (R-QLT-02). Limits are on trial until twelve
 * points are there, then they stand still: a process that drifts must not move its own limits. They begin anew only where somebody decided so and said why.
 */
import {
  BASELINE_POINTS,
  individualLimits,
  type Limits,
  type LimitsAt,
  laneyLimits,
  type Proportion,
  proportionLimits,
  shareOf,
} from './process-limits.ts';
import { type Signal, signalsOf } from './signals.ts';

/** Which way an indicator gets better; `neither` where a change is only to be looked at. */
export type Improvement = 'higher' | 'lower' | 'neither';

export type ChartSeries =
  /** XmR: measurements, one a period. */
  | { readonly kind: 'individuals'; readonly points: readonly number[] }
  /** p: shares whose denominators are small. */
  | { readonly kind: 'proportions'; readonly points: readonly Proportion[] }
  /** p′: shares whose denominators are large (Laney). */
  | { readonly kind: 'laney'; readonly points: readonly Proportion[] };

export interface ChartOptions {
  readonly improvement: Improvement;
  /** Positions at which limits begin anew, ascending. */
  readonly rebasedAt?: readonly number[];
  /** On the scale of the values. */
  readonly target?: number;
}

export interface ChartPoint {
  readonly value: number;
  readonly limits: Limits;
  /** From 0: goes up where the limits begin anew. */
  readonly phase: number;
  /** Fewer than twelve points stand behind the limits. */
  readonly isTrial: boolean;
  readonly signals: readonly Signal[];
  /** What it says of the process: nothing, better, worse, or merely another. */
  readonly variation: Variation;
}

export type Variation = 'common-cause' | 'improvement' | 'concern' | 'change';

/** Will the process as it is reach its target? `unsure`: sometimes. */
export type Assurance = 'passes' | 'fails' | 'unsure';

export interface ControlChart {
  readonly points: readonly ChartPoint[];
  /** By the last limits; null without a target or a direction. */
  readonly assurance: Assurance | null;
}

/** Throws a RangeError for a denominator that is not more than zero. */
export function controlChart(series: ChartSeries, options: ChartOptions): ControlChart {
  const points = segmentsOf(series, options.rebasedAt ?? []).flatMap((segment, phase) =>
    drawn(segment, { phase, improvement: options.improvement }),
  );
  return { points, assurance: assuranceOf(points.at(-1)?.limits, options) };
}

/** An enquiry is worth a hospital's time when it is worse outside of the limits twice in a row: once is one in some hundred by chance. */
export const callsForEnquiry = ({ points }: ControlChart): boolean =>
  points.length >= 2 && points.slice(-2).every(({ signals, variation }) => variation === 'concern' && signals.includes('outside'));

function segmentsOf(series: ChartSeries, rebasedAt: readonly number[]): readonly ChartSeries[] {
  const starts = [0, ...rebasedAt.filter((at) => at > 0 && at < series.points.length)];
  return starts.map((from, index) => ({ ...series, points: series.points.slice(from, starts[index + 1]) }) as ChartSeries);
}

function drawn(
  series: ChartSeries,
  { phase, improvement }: Pick<ChartPoint, 'phase'> & { readonly improvement: Improvement },
): readonly ChartPoint[] {
  const limitsAt = limitsOf(series);
  const values = series.kind === 'individuals' ? series.points : series.points.map(shareOf);
  const placed = values.map((value, index) => ({ value, limits: limitsAt(index) }));
  const signals = signalsOf(placed);
  return placed.map(({ value, limits }, index) => ({
    value,
    limits,
    phase,
    isTrial: values.length < BASELINE_POINTS,
    signals: signals[index] ?? [],
    variation: variationOf(Math.sign(value - limits.center), signals[index] ?? [], improvement),
  }));
}

function limitsOf(series: ChartSeries): LimitsAt {
  if (series.kind === 'individuals') return individualLimits(series.points.slice(0, BASELINE_POINTS));
  const wrong = series.points.find(({ denominator }) => !(denominator > 0));
  if (wrong) throw new RangeError(`A denominator is ${wrong.denominator}.`);
  const baseline = series.points.slice(0, BASELINE_POINTS);
  return series.kind === 'laney' ? laneyLimits(baseline, series.points) : proportionLimits(baseline, series.points);
}

function variationOf(side: number, signals: readonly Signal[], improvement: Improvement): Variation {
  if (signals.length === 0) return 'common-cause';
  if (improvement === 'neither' || side === 0) return 'change';
  return side > 0 === (improvement === 'higher') ? 'improvement' : 'concern';
}

function assuranceOf(limits: Limits | undefined, { improvement, target }: ChartOptions): Assurance | null {
  if (!limits || target === undefined || improvement === 'neither') return null;
  if (target > limits.upper) return improvement === 'higher' ? 'fails' : 'passes';
  if (target < limits.lower) return improvement === 'higher' ? 'passes' : 'fails';
  return 'unsure';
}
