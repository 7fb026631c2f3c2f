/** Made-up answers that fit their questions: what an author tries a form with. */
import { settingsOf } from '#core/form/extensions.ts';
import { choicesOf } from '#core/form/options.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';

const SAMPLE_PHONE = '13900000000';

/** Null where only a person can answer: files, references, and choices without options. `today` is a date. */
export function sampleAnswer(questionnaire: Questionnaire, item: QuestionnaireItem, today: string): AnswerValue | null {
  const { minValue, minQuantity, unit, regex, minLength = 0 } = settingsOf(item);
  const [initial] = item.initial ?? [];
  if (initial) return initial;
  switch (item.type) {
    case 'boolean':
      return { valueBoolean: true };
    case 'integer':
      return { valueInteger: minValue?.valueInteger ?? 1 };
    case 'decimal':
      return { valueDecimal: minValue?.valueDecimal ?? 1 };
    case 'quantity':
      return minQuantity
        ? { valueQuantity: minQuantity }
        : { valueQuantity: { value: 1, ...(unit && { unit: unit.display, code: unit.code, system: unit.system }) } };
    case 'date':
      return { valueDate: minValue?.valueDate ?? today };
    case 'dateTime':
      return { valueDateTime: minValue?.valueDateTime ?? `${today}T10:00:00+08:00` };
    case 'time':
      return { valueTime: '10:00:00' };
    case 'url':
      return { valueUri: 'https://meeting.example/1' };
    case 'choice':
    case 'open-choice':
      return choicesOf(questionnaire, item)?.[0]?.value ?? null;
    case 'string':
    case 'text':
      return { valueString: regex && new RegExp(regex).test(SAMPLE_PHONE) ? SAMPLE_PHONE : '测试内容'.padEnd(minLength, '。') };
    default:
      return null;
  }
}

/** Every question answered once, each repeating group with one row; what such answers disable is left out. */
export function sampleResponse(questionnaire: Questionnaire, today: string): QuestionnaireResponse {
  const fill = (items: readonly QuestionnaireItem[]): readonly ResponseItem[] =>
    items.flatMap((item): readonly ResponseItem[] => {
      if (item.type === 'display') return [];
      const nested = fill(item.item ?? []);
      if (item.type === 'group') return nested.length > 0 ? [{ linkId: item.linkId, item: nested }] : [];
      const answer = sampleAnswer(questionnaire, item, today);
      return answer ? [{ linkId: item.linkId, answer: [nested.length > 0 ? { ...answer, item: nested } : answer] }] : [];
    });
  return pruneResponse(questionnaire, {
    resourceType: 'QuestionnaireResponse',
    status: 'in-progress',
    item: fill(questionnaire.item ?? []),
  });
}
