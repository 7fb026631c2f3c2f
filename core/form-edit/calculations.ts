/**
 * Calculations by picking: the sum, the mean, the number of answers or the total score of chosen questions, written as FHIRPath and recognised
 * again when it was written here. Whatever else an author writes is an expression like any other.
 */
import type { ItemType, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { LocalizedText } from '#core/text.ts';
import { linkIdsAskedIn, quoted } from './expression-tokens.ts';
import { placedItems } from './placed-items.ts';
import { labelTextOf } from './said-conditions.ts';

export const CALCULATIONS = ['sum', 'mean', 'count', 'score'] as const;
export type CalculationKind = (typeof CALCULATIONS)[number];

export interface Calculation {
  readonly kind: CalculationKind;
  /** Of the questions; their answers in all rows count. */
  readonly linkIds: readonly string[];
}

const NUMBERS: readonly ItemType[] = ['integer', 'decimal', 'quantity'];
const CHOICES: readonly ItemType[] = ['choice', 'open-choice'];

const TAKEN: { readonly [Kind in CalculationKind]: (item: QuestionnaireItem) => boolean } = {
  sum: ({ type }) => NUMBERS.includes(type),
  mean: ({ type }) => NUMBERS.includes(type),
  count: ({ type }) => type !== 'group' && type !== 'display',
  score: ({ type }) => CHOICES.includes(type),
};

/** What a calculation of this kind may take for the value of an item; itself it cannot take. */
export function calculable(
  questionnaire: Questionnaire,
  linkId: string,
  kind: CalculationKind,
): readonly { readonly linkId: string; readonly text: LocalizedText }[] {
  return [...placedItems(questionnaire).values()].flatMap(({ item }) =>
    item.linkId !== linkId && TAKEN[kind](item) ? [{ linkId: item.linkId, text: labelTextOf(item) }] : [],
  );
}

/** Nothing picked is no expression. Each question is a path of its own, which is looked up and not walked to (`expression/rewrite.ts`). */
export function calculationText(questionnaire: Questionnaire, { kind, linkIds }: Calculation): string {
  const items = placedItems(questionnaire);
  const [first, ...others] = linkIds.map((linkId) => {
    const path = items.get(linkId)?.item.type === 'quantity' ? QUANTITY_PATHS[kind] : PATHS[kind];
    return `%resource.descendants().where(linkId=${quoted(linkId)})${path}`;
  });
  if (first === undefined) return '';
  return `${first}${others.map((other) => `.combine(${other})`).join('')}${ENDS[kind]}`;
}

const PATHS: Readonly<Record<CalculationKind, string>> = {
  sum: '.answer.value',
  mean: '.answer.value',
  count: '.answer',
  score: '.answer.value.ordinal()',
};
const QUANTITY_PATHS: Readonly<Record<CalculationKind, string>> = { ...PATHS, sum: '.answer.value.value', mean: '.answer.value.value' };
const ENDS: Readonly<Record<CalculationKind, string>> = { sum: '.sum()', mean: '.avg()', count: '.count()', score: '.sum()' };

/** Null where somebody else wrote it. */
export function calculationIn(questionnaire: Questionnaire, expression: string): Calculation | null {
  const linkIds = [...new Set(linkIdsAskedIn(expression).map(({ linkId }) => linkId))];
  const kind = CALCULATIONS.find((each) => calculationText(questionnaire, { kind: each, linkIds }) === expression.trim());
  return kind && linkIds.length > 0 ? { kind, linkIds } : null;
}
