/** What a report is told before anybody looks at it: what is missing, which rules it breaks, what stands out of the hospital's own past. */
import type { Moment } from '#core/feel/moment.ts';
import { type Figure, figureValue, variablesOf } from './figure.ts';
import type { IndicatorDefinition } from './indicator.ts';
import type { IndicatorSet } from './indicator-set.ts';
import { type OutlierMethod, outlierVerdict, storedBounds } from './outliers.ts';
import { type Violation, violationsOf } from './validation.ts';

export interface ReportCheck {
  readonly verdict: 'valid' | 'warned' | 'invalid';
  readonly violations: readonly Violation[];
  /** Codes of indicators of which a figure is missing. */
  readonly missing: readonly string[];
  /** Codes of proportions with more cases than there are, or with less than nothing. */
  readonly impossible: readonly string[];
  readonly outliers: readonly string[];
}

export interface CheckedReport {
  readonly set: Pick<IndicatorSet, 'rules' | 'outliers'>;
  /** Of the indicators of the set, as this hospital counts. */
  readonly definitions: readonly IndicatorDefinition[];
  readonly figures: readonly Figure[];
  /** Figures of the period before, null where none were reported. */
  readonly previous: readonly Figure[] | null;
  /** Values of earlier periods by indicator, counted by the same definition. */
  readonly past: Readonly<Record<string, readonly number[]>>;
}

export function checkReport({ set, definitions, figures, previous, past }: CheckedReport, moment: Moment): ReportCheck {
  const violations = violationsOf(set.rules, { current: variablesOf(figures), previous: previous && variablesOf(previous) }, moment);
  const missing = figures.filter((figure) => figureValue(figure).kind === 'missing').map(({ code }) => code);
  const impossible = figures.filter((figure) => isImpossible(figure, definitions)).map(({ code }) => code);
  const outliers = figures.filter((figure) => standsOut(figure, set.outliers, past[figure.code] ?? [])).map(({ code }) => code);
  const isInvalid = impossible.length > 0 || violations.some(({ severity }) => severity === 'error');
  const isWarned = violations.length > 0 || missing.length > 0 || outliers.length > 0;
  return { verdict: isInvalid ? 'invalid' : isWarned ? 'warned' : 'valid', violations, missing, impossible, outliers };
}

function isImpossible({ code, numerator, denominator }: Figure, definitions: readonly IndicatorDefinition[]): boolean {
  if ((numerator ?? 0) < 0 || (denominator ?? 0) < 0) return true;
  const kind = definitions.find((definition) => definition.code === code)?.kind;
  return kind === 'proportion' && numerator !== null && denominator !== null && numerator > denominator;
}

function standsOut(figure: Figure, method: IndicatorSet['outliers'], references: readonly number[]): boolean {
  const counted = figureValue(figure);
  if (counted.kind !== 'value') return false;
  const bounds = method.kind === 'min-max' ? storedBounds(references, method.factor) : null;
  const asked: OutlierMethod | null = method.kind === 'min-max' ? bounds && { kind: 'min-max', ...bounds } : method;
  return asked !== null && (outlierVerdict(asked, counted.value, references)?.isOutlier ?? false);
}
