/**
 * What a hospital hears of its figures: its value, where it stands among those that count alike, how its own process runs, and whether something has to get
 * better. One period by itself calls for nothing: a plan is asked for where the hospital stands far off among its peers, or was worse twice in a row.
 */
import { type ControlChart, callsForEnquiry, controlChart } from './control-chart.ts';
import { type Figure, figureValue } from './figure.ts';
import { type Funnel, type FunnelPoint, funnelOf } from './funnel.ts';
import { definitionKey, type IndicatorDefinition } from './indicator.ts';
import type { Proportion } from './process-limits.ts';
import { rebasedAt } from './rebase.ts';

export interface PeerFigure extends Figure {
  readonly organisationId: string;
  readonly definition: string;
}

export interface PeriodFigure extends Figure {
  readonly period: string;
  readonly definition: string;
}

export interface IndicatorFeedback {
  readonly code: string;
  /** How the hospital counts; `local` where it is compared with nobody but itself. */
  readonly regime: 'national' | 'local';
  /** Null: missing, or no cases. */
  readonly value: number | null;
  readonly target: number | null;
  /** Null where it is compared with nobody. */
  readonly peers: { readonly center: number; readonly count: number; readonly point: FunnelPoint } | null;
  readonly isConcern: boolean;
  readonly callsForEnquiry: boolean;
}

/** From so large a denominator on, counting alone no longer says how much shares vary (p′). */
const LANEY_DENOMINATOR = 500;

export function feedbackOn(
  definition: IndicatorDefinition,
  {
    organisationId,
    peers,
    series,
    rebasedFrom,
  }: {
    readonly organisationId: string;
    readonly peers: readonly PeerFigure[];
    readonly series: readonly PeriodFigure[];
    /** Periods from which the limits of the hospital's chart begin anew. */
    readonly rebasedFrom?: readonly string[];
  },
): IndicatorFeedback {
  const own = peers.find((peer) => peer.organisationId === organisationId && peer.code === definition.code);
  const value = own ? figureValue(own) : null;
  const funnel = definition.regime.kind === 'national' ? funnelOfPeers(definition, peers) : null;
  const point = funnel?.points.find(({ id }) => id === organisationId) ?? null;
  const isConcern = point !== null && point.verdict === 'alarm' && isWorse(definition, point.side);
  const chart = chartOfSeries(definition, series, rebasedFrom);
  return {
    code: definition.code,
    regime: definition.regime.kind,
    value: value?.kind === 'value' ? value.value : null,
    target: definition.target ?? null,
    peers: funnel && point && { center: funnel.center, count: funnel.points.length, point },
    isConcern,
    callsForEnquiry: callsForEnquiry(chart),
  };
}

const isWorse = ({ improvement }: IndicatorDefinition, side: FunnelPoint['side']): boolean =>
  (improvement === 'higher' && side === 'below') || (improvement === 'lower' && side === 'above');

/** All hospitals that count by this definition and had cases. */
export const funnelOfPeers = (definition: IndicatorDefinition, peers: readonly PeerFigure[]): Funnel =>
  funnelOf(
    definition.kind,
    peers
      .filter((peer) => peer.code === definition.code && peer.definition === definitionKey(definition))
      .flatMap((peer) => countedOf(peer).map((counted) => ({ id: peer.organisationId, ...counted }))),
  );

/** A hospital's own series, in the order of its periods: only what was counted by this definition. Its limits begin anew from the periods named. */
export function chartOfSeries(
  definition: IndicatorDefinition,
  series: readonly PeriodFigure[],
  rebasedFrom: readonly string[] = [],
): ControlChart {
  const counted = countedSeries(definition, series);
  const points = counted.map(({ numerator, denominator }) => ({ numerator, denominator }));
  const { improvement, target } = definition;
  const anew = rebasedAt(
    counted.map(({ period }) => period),
    rebasedFrom,
  );
  const options = { improvement, rebasedAt: anew, ...(target === undefined ? {} : { target }) };
  if (definition.kind === 'ratio')
    return controlChart({ kind: 'individuals', points: points.map(({ numerator, denominator }) => numerator / denominator) }, options);
  const isLarge = points.length > 0 && points.every(({ denominator }) => denominator >= LANEY_DENOMINATOR);
  return controlChart({ kind: isLarge ? 'laney' : 'proportions', points }, options);
}

export const countedSeries = (
  definition: IndicatorDefinition,
  series: readonly PeriodFigure[],
): readonly (Proportion & { readonly period: string })[] =>
  series
    .filter((figure) => figure.code === definition.code && figure.definition === definitionKey(definition))
    .flatMap((figure) => countedOf(figure).map((counted) => ({ period: figure.period, ...counted })))
    .sort((a, b) => a.period.localeCompare(b.period));

/** One or none: what is missing or counted nothing has no place in a comparison. */
function countedOf({ numerator, denominator }: Figure): readonly Proportion[] {
  return numerator === null || denominator === null || denominator === 0 ? [] : [{ numerator, denominator }];
}
