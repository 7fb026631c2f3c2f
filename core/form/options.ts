/** The choices of an item, from its `answerOption` or a contained value set. */
import type { Locale } from '#core/text.ts';
import { EXTENSION, settingsOf } from './extensions.ts';
import { localized } from './localize.ts';
import type { AnswerValue, Coding, Questionnaire, QuestionnaireItem, ValueSet } from './questionnaire.ts';
import { valueKeyOf } from './value.ts';

export interface Choice {
  /** Stable text for comparison and for form controls. */
  readonly key: string;
  readonly value: AnswerValue;
  readonly isExclusive: boolean;
  /** `A.`, `1)`: what the form's author wants to stand before the words. */
  readonly prefix?: string;
}

/** Null when the list is not in the form: an external value set. */
export function choicesOf(questionnaire: Questionnaire, item: QuestionnaireItem): readonly Choice[] | null {
  if (item.answerOption) {
    return item.answerOption.map(({ initialSelected: _, extension, ...value }) => {
      const prefix = [...(extension ?? []), ...(value.valueCoding?.extension ?? [])].find(({ url }) => url === EXTENSION.optionPrefix);
      const isExclusive = extension?.some(({ url, valueBoolean }) => url === EXTENSION.optionExclusive && valueBoolean === true) ?? false;
      return choiceOf(item, value, { isExclusive, prefix: prefix?.valueString });
    });
  }
  if (item.answerValueSet === undefined) return [];
  const set = containedValueSet(questionnaire, item.answerValueSet);
  return set ? codingsOf(set).map((valueCoding) => choiceOf(item, { valueCoding }, { isExclusive: false, prefix: undefined })) : null;
}

/** A column with the code stands where a prefix would. */
function choiceOf(
  item: QuestionnaireItem,
  value: AnswerValue,
  { isExclusive, prefix }: { readonly isExclusive: boolean; readonly prefix: string | undefined },
): Choice {
  const shown = prefix ?? (settingsOf(item).choiceColumns.includes('code') ? value.valueCoding?.code : undefined);
  return { key: valueKeyOf(value), value, isExclusive, ...(shown ? { prefix: shown } : {}) };
}

export function containedValueSet(questionnaire: Questionnaire, canonical: string): ValueSet | null {
  if (!canonical.startsWith('#')) return null;
  return questionnaire.contained?.find((resource) => resource.resourceType === 'ValueSet' && resource.id === canonical.slice(1)) ?? null;
}

function codingsOf(set: ValueSet): readonly Coding[] {
  if (set.expansion) return (set.expansion.contains ?? []).map((concept) => codingOf(concept.system, concept));
  return (set.compose?.include ?? []).flatMap(({ system, concept }) => (concept ?? []).map((entry) => codingOf(system, entry)));
}

type Concept = NonNullable<NonNullable<NonNullable<ValueSet['compose']>['include']>[number]['concept']>[number];

/** Designations of a value set are what `translation` is on a coding. */
function codingOf(system: string | undefined, { code, display, _display, designation }: Concept): Coding {
  const translations = (designation ?? []).flatMap(({ language, value }) =>
    language
      ? {
          url: EXTENSION.translation,
          extension: [
            { url: 'lang', valueCode: language },
            { url: 'content', valueString: value },
          ],
        }
      : [],
  );
  const extension = [...(_display?.extension ?? []), ...translations];
  return { ...(system ? { system } : {}), code, display: display ?? code, ...(extension.length > 0 ? { _display: { extension } } : {}) };
}

/** The words of a choice. */
export function choiceText(value: AnswerValue, locale: Locale): string {
  const { valueCoding, valueString, valueInteger, valueDate, valueTime, valueReference } = value;
  if (valueCoding) return localized(valueCoding.display ?? valueCoding.code, valueCoding._display, locale);
  return String(valueString ?? valueInteger ?? valueDate ?? valueTime ?? valueReference?.display ?? valueReference?.reference ?? '');
}

/** The words of a choice as they are offered. */
export const optionText = ({ prefix, value }: Choice, locale: Locale): string =>
  [prefix, choiceText(value, locale)].filter(Boolean).join(' ');

/** What is stored for a choice: codes and their display in the form's own language, without translations. */
export function answerOf(choice: Choice): AnswerValue {
  const { valueCoding } = choice.value;
  if (!valueCoding) return choice.value;
  const { system, code, display } = valueCoding;
  return { valueCoding: { ...(system ? { system } : {}), ...(code ? { code } : {}), ...(display ? { display } : {}) } };
}
