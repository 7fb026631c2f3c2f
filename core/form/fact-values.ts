/** Which values the facts of a form can have, where the form enumerates them: for the checker, which has no answers yet. */
import type { Json } from '#core/json.ts';
import { type FactDefinition, factsOf } from './facts.ts';
import { choicesOf } from './options.ts';
import type { Questionnaire } from './questionnaire.ts';

/** Fact → its values; null where any value of its type may come, or none at all. */
export const factValues = (questionnaire: Questionnaire): Readonly<Record<string, readonly Json[] | null>> =>
  Object.fromEntries(factsOf(questionnaire).map((fact) => [fact.name, valuesOf(questionnaire, fact)]));

function valuesOf(questionnaire: Questionnaire, { item, isList }: FactDefinition): readonly Json[] | null {
  // What need not be answered, or is not always asked, may also be null.
  if (isList || item.required !== true || item.enableWhen !== undefined) return null;
  if (item.type === 'boolean') return [true, false];
  if (item.type !== 'choice') return null;
  const codes = choicesOf(questionnaire, item)?.map(({ value }) => value.valueCoding?.code);
  return codes && codes.length > 0 && codes.every((code) => code !== undefined) ? codes : null;
}
