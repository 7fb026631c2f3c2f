/** A form as one outcome asks for it: what that outcome cannot be without must be answered too (`requires` in `bihuan:outcomes`). */
import type { Questionnaire, QuestionnaireItem } from './questionnaire.ts';

export function requiring(questionnaire: Questionnaire, linkIds: readonly string[]): Questionnaire {
  if (linkIds.length === 0) return questionnaire;
  const asked = new Set(linkIds);
  const demand = (item: QuestionnaireItem): QuestionnaireItem => ({
    ...item,
    ...(asked.has(item.linkId) ? { required: true } : {}),
    ...(item.item ? { item: item.item.map(demand) } : {}),
  });
  return { ...questionnaire, ...(questionnaire.item ? { item: questionnaire.item.map(demand) } : {}) };
}
