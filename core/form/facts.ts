/**
 * The facts that a submission gives to its process: typed values of the items that name one, for conditions and decisions. Never free
 * text and never a file: facts travel further than answers do. An unanswered fact is null (an empty list where it repeats), so that
 * expressions always find their names.
 */
import type { Json, JsonObject } from '#core/json.ts';
import { bindResponse, itemsIn } from './bind.ts';
import { createEnablement } from './enablement.ts';
import { settingsOf } from './extensions.ts';
import type { AnswerValue, ItemType, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import { idOfReference } from './references.ts';
import type { QuestionnaireResponse } from './response.ts';
import { decimalText } from './value.ts';

/** Types whose answers may become facts; the form checker refuses the others. */
export const FACT_TYPES: readonly ItemType[] = [
  'boolean',
  'integer',
  'decimal',
  'date',
  'dateTime',
  'time',
  'choice',
  'reference',
  'quantity',
];

export function extractFacts(questionnaire: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>): JsonObject {
  const isEnabled = createEnablement();
  const facts: Record<string, Json> = {};
  for (const { name, isList } of factsOf(questionnaire)) facts[name] = isList ? [] : null;
  for (const bound of itemsIn(bindResponse(questionnaire, response))) {
    const name = settingsOf(bound.item).fact;
    if (name === undefined || !isEnabled(bound)) continue;
    const values = bound.answers.map(({ answer }) => factOf(answer));
    const known = facts[name];
    if (Array.isArray(known)) facts[name] = [...known, ...values];
    else facts[name] = values[0] ?? null;
  }
  return facts;
}

export interface FactDefinition {
  readonly name: string;
  readonly item: QuestionnaireItem;
  /** The item, or a group around it, repeats. */
  readonly isList: boolean;
}

/** Every fact that a form can give: what the checker of a flow may expect to be defined. */
export function factsOf(questionnaire: Questionnaire): readonly FactDefinition[] {
  const collect = (items: readonly QuestionnaireItem[], inRepeat: boolean): readonly FactDefinition[] =>
    items.flatMap((item) => {
      const isList = inRepeat || item.repeats === true;
      const name = settingsOf(item).fact;
      return [...(name === undefined ? [] : [{ name, item, isList }]), ...collect(item.item ?? [], isList)];
    });
  return collect(questionnaire.item ?? [], false);
}

function factOf(answer: AnswerValue): Json {
  const { valueCoding, valueReference, valueQuantity } = answer;
  if (valueCoding) return valueCoding.code ?? null;
  if (valueReference) return valueReference.reference ? idOfReference(valueReference.reference) : null;
  if (valueQuantity) {
    const { value, code, unit } = valueQuantity;
    return { value: value === undefined ? null : decimalText(value), unit: code ?? unit ?? null };
  }
  // Binary numbers would change a dose on its way through hashes and languages.
  if (answer.valueDecimal !== undefined) return decimalText(answer.valueDecimal);
  return answer.valueBoolean ?? answer.valueInteger ?? answer.valueDate ?? answer.valueDateTime ?? answer.valueTime ?? null;
}
