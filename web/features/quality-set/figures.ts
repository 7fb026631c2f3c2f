/** Indicators and rules as people read them. */

import { factName } from '#core/quality/figure.ts';
import type { IndicatorMeaning } from '#core/quality/indicator.ts';
import type { SetContents } from '#core/quality/set-draft.ts';

export type Rule = SetContents['rules'][number];

/** The sign of the unit, where there is one. */
export const unitOf = ({ multiplier }: Pick<IndicatorMeaning, 'multiplier'>): 'percent' | 'mille' | 'times' =>
  multiplier === 100 ? 'percent' : multiplier === 1_000 ? 'mille' : 'times';

/** Without what calculating in binary adds: 0.95 × 100 is 95. */
export const rounded = (value: number): number => Number(value.toPrecision(12));

/** The figures that a set asks for, by the names that rules read. */
export const namesOf = ({ indicators }: Pick<SetContents, 'indicators'>): readonly string[] =>
  indicators.flatMap(({ code }) => [factName(code, 'numerator'), factName(code, 'denominator')]);

/** Rules that read a figure of this indicator. */
export function rulesReading(rules: readonly Rule[], code: string): readonly Rule[] {
  const names = [factName(code, 'numerator'), factName(code, 'denominator')];
  return rules.filter(({ left, right }) =>
    [left, right].some(({ expression }) => names.some((name) => new RegExp(`\\b${name}\\b`).test(expression))),
  );
}
