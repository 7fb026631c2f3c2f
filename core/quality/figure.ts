/** What a hospital counts for an indicator, and the value that it comes to. Missing is not zero: who counted nothing said nothing. */
import type { IndicatorDefinition } from './indicator.ts';

export interface Figure {
  /** Code of the indicator. */
  readonly code: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

export type FigureValue =
  | { readonly kind: 'value'; readonly value: number }
  /** Numerator or denominator was not given. */
  | { readonly kind: 'missing' }
  /** Nothing there to be counted: no case in the period. */
  | { readonly kind: 'no-cases' };

/** Before the multiplier. */
export function figureValue({ numerator, denominator }: Pick<Figure, 'numerator' | 'denominator'>): FigureValue {
  if (numerator === null || denominator === null) return { kind: 'missing' };
  return denominator === 0 ? { kind: 'no-cases' } : { kind: 'value', value: numerator / denominator };
}

/** As people read it: 0.85 of a percentage is 85. */
export const shownValue = (value: number, { multiplier }: Pick<IndicatorDefinition, 'multiplier'>): number => value * multiplier;

export type FigurePart = 'numerator' | 'denominator';

const SUFFIXES = { numerator: 'Numerator', denominator: 'Denominator', explained: 'Explained' } as const;

/** Name of a fact of the report's form and of a variable in rules: `urgent-consult` → `urgentConsultNumerator`. `explained`: whether there is a word about it. */
export const factName = (code: string, part: FigurePart | 'explained'): string =>
  code.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) + SUFFIXES[part];

/** Of a report's facts those that the set asks for; what is no number was not answered. */
export const figuresOf = (codes: readonly string[], facts: Readonly<Record<string, unknown>>): readonly Figure[] =>
  codes.map((code) => ({
    code,
    numerator: numberIn(facts, factName(code, 'numerator')),
    denominator: numberIn(facts, factName(code, 'denominator')),
  }));

const numberIn = (facts: Readonly<Record<string, unknown>>, name: string): number | null => {
  const value = facts[name];
  return typeof value === 'number' ? value : null;
};

/** The other way round: what rules read. A figure that is missing is a name without a value. */
export const variablesOf = (figures: readonly Figure[]): Readonly<Record<string, number | null>> =>
  Object.fromEntries(
    figures.flatMap(({ code, numerator, denominator }) => [
      [factName(code, 'numerator'), numerator],
      [factName(code, 'denominator'), denominator],
    ]),
  );
