/** Words of coded answers, from the form that coded them. */
import { choicesOf, choiceText } from '#core/form/options.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { LocalizedText } from '#core/text.ts';

export function findItem(items: readonly QuestionnaireItem[], isWanted: (item: QuestionnaireItem) => boolean): QuestionnaireItem | null {
  for (const item of items) {
    const found = isWanted(item) ? item : findItem(item.item ?? [], isWanted);
    if (found) return found;
  }
  return null;
}

/** The code itself where the form has no choice for it. */
export function wordsOf(questionnaire: Questionnaire, linkId: string, code: string): LocalizedText {
  const item = findItem(questionnaire.item ?? [], (candidate) => candidate.linkId === linkId);
  return (item && choiceWords(questionnaire, item, code)) ?? { 'zh-CN': code };
}

export function choiceWords(questionnaire: Questionnaire, item: QuestionnaireItem, code: string): LocalizedText | null {
  const choice = choicesOf(questionnaire, item)?.find((candidate) => candidate.value.valueCoding?.code === code);
  return choice ? { 'zh-CN': choiceText(choice.value, 'zh-CN'), en: choiceText(choice.value, 'en') } : null;
}
