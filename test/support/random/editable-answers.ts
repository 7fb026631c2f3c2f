/** Random answers to any form: right in shape, whatever the form's limits are. */
import fc from 'fast-check';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';

/** Numbers from which the answers to whatever form there is follow. */
export const answerSeed = fc.array(fc.nat(1000), { minLength: 30, maxLength: 60 });

/** Every answer is told from every other by its value or by what is written into its id. */
export function answersFrom(questionnaire: Questionnaire, seed: readonly number[]): QuestionnaireResponse {
  let at = 0;
  const next = (): number => {
    at += 1;
    return seed[at % seed.length] ?? 0;
  };
  const items = (list: readonly QuestionnaireItem[]): readonly ResponseItem[] => list.flatMap(itemsFor);
  const itemsFor = (item: QuestionnaireItem): readonly ResponseItem[] => {
    const { linkId, type, repeats = false } = item;
    const number = next();
    if (type === 'display') return [];
    const count = repeats ? number % 4 : number % 5 === 0 ? 0 : 1;
    if (type === 'group') {
      return Array.from({ length: count }, () => items(item.item ?? [])).flatMap((below): readonly ResponseItem[] =>
        below.length > 0 ? [{ linkId, item: below }] : repeats ? [{ linkId }] : [],
      );
    }
    if (count === 0) return [];
    const answer = Array.from({ length: count }, () => {
      const below = items(item.item ?? []);
      return { id: `a${at}`, ...valueFor(item, next()), ...(below.length > 0 ? { item: below } : {}) };
    });
    return [{ linkId, answer }];
  };
  const item = items(questionnaire.item ?? []);
  return { resourceType: 'QuestionnaireResponse', status: 'in-progress', ...(item.length > 0 ? { item } : {}) };
}

function valueFor(item: QuestionnaireItem, number: number): AnswerValue {
  switch (item.type) {
    case 'boolean':
      return { valueBoolean: number % 2 === 0 };
    case 'integer':
      return { valueInteger: number };
    case 'decimal':
      return { valueDecimal: number / 2 };
    case 'date':
      return { valueDate: `2026-01-${String((number % 28) + 1).padStart(2, '0')}` };
    case 'dateTime':
      return { valueDateTime: `2026-01-${String((number % 28) + 1).padStart(2, '0')}T08:00:00+08:00` };
    case 'time':
      return { valueTime: `08:${String(number % 60).padStart(2, '0')}:00` };
    case 'url':
      return { valueUri: `https://example.org/${number}` };
    case 'choice':
    case 'open-choice': {
      const { valueCoding } = item.answerOption?.[number % (item.answerOption.length || 1)] ?? {};
      const isOther = item.type === 'open-choice' && number % 3 === 0;
      return valueCoding && !isOther ? { valueCoding: { code: valueCoding.code ?? '' } } : { valueString: `其他 ${number}` };
    }
    case 'attachment':
      return { valueAttachment: { url: `file:${number}` } };
    case 'reference':
      return { valueReference: { reference: `Practitioner/p${number}` } };
    case 'quantity':
      return { valueQuantity: { value: number, unit: 'kg' } };
    default:
      return { valueString: number % 7 === 0 ? String(number) : `文字 ${number}` };
  }
}
