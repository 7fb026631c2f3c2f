/** The title of an instance in lists: words of its coded facts, joined; nothing that identifies a patient. */

import { settingsOf } from '#core/form/extensions.ts';
import { choicesOf, choiceText } from '#core/form/options.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { JsonObject } from '#core/json.ts';
import type { Locale, LocalizedText } from '#core/text.ts';
import type { ServiceDescriptor } from '#engine/descriptor.ts';

export function titleOf(descriptor: ServiceDescriptor, questionnaire: Questionnaire, facts: JsonObject): LocalizedText {
  const words = (locale: Locale) => descriptor.titleFacts.flatMap((fact) => wordOf(questionnaire, fact, facts[fact], locale)).join(' · ');
  return { 'zh-CN': words('zh-CN') || descriptor.name['zh-CN'], en: words('en') || (descriptor.name.en ?? descriptor.name['zh-CN']) };
}

function wordOf(questionnaire: Questionnaire, fact: string, value: unknown, locale: Locale): readonly string[] {
  const item = itemOfFact(questionnaire.item ?? [], fact);
  if (!item || typeof value !== 'string') return [];
  const choice = choicesOf(questionnaire, item)?.find((candidate) => candidate.value.valueCoding?.code === value);
  return choice ? [choiceText(choice.value, locale)] : [];
}

function itemOfFact(items: readonly QuestionnaireItem[], fact: string): QuestionnaireItem | null {
  for (const item of items) {
    if (settingsOf(item).fact === fact) return item;
    const inner = itemOfFact(item.item ?? [], fact);
    if (inner) return inner;
  }
  return null;
}
