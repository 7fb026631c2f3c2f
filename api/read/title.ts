/**
 * The title of an instance in lists: words of its coded facts, joined; nothing that identifies a patient. Lists are the same for everybody, so that
 * nothing is in them that a form keeps from anybody.
 */
import { guardedItems } from '#core/form/access/check.ts';
import { settingsOf } from '#core/form/extensions.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { inLocale, type Locale, type LocalizedText } from '#core/text.ts';
import type { ServiceDescriptor } from '#engine/descriptor.ts';
import { choiceWords, findItem } from './words.ts';

export function titleOf(descriptor: ServiceDescriptor, questionnaire: Questionnaire, facts: JsonObject): LocalizedText {
  const words = descriptor.titleFacts.flatMap((fact) => factWords(questionnaire, fact, facts[fact]) ?? []);
  const titleIn = (locale: Locale): string => words.map((word) => inLocale(word, locale)).join(' · ') || inLocale(descriptor.name, locale);
  return { 'zh-CN': titleIn('zh-CN'), en: titleIn('en') };
}

function factWords(questionnaire: Questionnaire, fact: string, value: Json | undefined): LocalizedText | null {
  const item = findItem(questionnaire.item ?? [], (candidate) => settingsOf(candidate).fact === fact);
  if (!item || guardedItems(questionnaire).has(item.linkId)) return null;
  return typeof value === 'string' ? choiceWords(questionnaire, item, value) : null;
}
