/** The choices of an item, from its `answerOption` or the value set that it names. */
import type { Locale } from '#core/text.ts';
import { EXTENSION, type Media, SCORE_EXTENSIONS, settingsOf } from './extensions.ts';
import { localized } from './localize.ts';
import type { AnswerOption, AnswerValue, Coding, Questionnaire, QuestionnaireItem, Reference } from './questionnaire.ts';
import { placeOf } from './terminology/place.ts';
import { bareValue, isSameAnswer, valueKeyOf } from './value.ts';

/** A value with other languages' words for it. */
export type OptionValue = AnswerValue & Pick<AnswerOption, '_valueString'>;

export interface Choice {
  /** Stable text for comparison and for form controls. */
  readonly key: string;
  readonly value: OptionValue;
  readonly isExclusive: boolean;
  /** `A.`, `1)`: what the form's author wants to stand before the words. */
  readonly prefix?: string;
  /** A picture, sound or film beside the words. */
  readonly media?: Media;
  /** What it counts, where the form wants people to see that. */
  readonly score?: number;
}

/** Null when the list is not in the form: it is on a terminology server, or nowhere (`terminology/place.ts`). */
export function choicesOf(questionnaire: Questionnaire, item: QuestionnaireItem): readonly Choice[] | null {
  const showsScores = settingsOf(item).showsScores || formShowsScores(questionnaire);
  const scored = (option: AnswerOption): Pick<Choice, 'score'> => {
    const score = showsScores ? scoreOf(option) : undefined;
    return score === undefined ? {} : { score };
  };
  if (item.answerOption) {
    return item.answerOption.map((option) => {
      const { extension, _valueString } = option;
      const value: OptionValue = { ...bareValue(option), ...(_valueString && { _valueString }) };
      const prefix = [...(extension ?? []), ...(value.valueCoding?.extension ?? [])].find(({ url }) => url === EXTENSION.optionPrefix);
      const isExclusive = extension?.some(({ url, valueBoolean }) => url === EXTENSION.optionExclusive && valueBoolean === true) ?? false;
      const shown = prefix?.valueString ?? codeColumn(item, value);
      const media = optionMedia(option);
      return {
        key: valueKeyOf(value),
        value,
        isExclusive,
        ...(shown ? { prefix: shown } : {}),
        ...scored(option),
        ...(media ? { media } : {}),
      };
    });
  }
  if (item.answerValueSet === undefined) return [];
  const place = placeOf(questionnaire, item.answerValueSet);
  if (place.kind !== 'here') return null;
  const choices = choicesFrom(place.codings);
  if (!showsScores && !showsCodes(item)) return choices;
  return choices.map((choice) => ({
    ...choice,
    ...(showsCodes(item) ? { prefix: choice.value.valueCoding?.code ?? '' } : {}),
    ...scored(choice.value),
  }));
}

const formShowsScores = ({ extension = [] }: Questionnaire): boolean =>
  extension.some(({ url, valueBoolean }) => url === EXTENSION.scoresShown && valueBoolean === true);

/** What an option counts. */
export function scoreOf({ extension, valueCoding }: AnswerOption): number | undefined {
  const score = [...(extension ?? []), ...(valueCoding?.extension ?? [])].find(({ url }) => SCORE_EXTENSIONS.includes(url));
  return score?.valueDecimal ?? score?.valueInteger;
}

/** What an answer counts: it says so itself, or its option or the concept of its value set does. */
export function scoreOfAnswer(questionnaire: Questionnaire, item: QuestionnaireItem, answer: AnswerOption): number | undefined {
  const own = scoreOf(answer);
  if (own !== undefined || (item.type !== 'choice' && item.type !== 'open-choice')) return own;
  const scored = scoredChoices(questionnaire, item);
  return scored.find(({ value }) => isSameAnswer(value, answer))?.score;
}

interface ScoredChoice {
  readonly value: AnswerValue;
  readonly score: number;
}

const scoredOf = new WeakMap<Questionnaire, WeakMap<QuestionnaireItem, readonly ScoredChoice[]>>();

/** Questionnaires are immutable, and every answer asks. */
function scoredChoices(questionnaire: Questionnaire, item: QuestionnaireItem): readonly ScoredChoice[] {
  const items = scoredOf.get(questionnaire) ?? new WeakMap<QuestionnaireItem, readonly ScoredChoice[]>();
  scoredOf.set(questionnaire, items);
  const found = items.get(item) ?? findScored(questionnaire, item);
  items.set(item, found);
  return found;
}

function findScored(questionnaire: Questionnaire, item: QuestionnaireItem): readonly ScoredChoice[] {
  const options: readonly AnswerOption[] = item.answerOption ?? choicesOf(questionnaire, item)?.map(({ value }) => value) ?? [];
  return options.flatMap((value) => {
    const score = scoreOf(value);
    return score === undefined ? [] : [{ value, score }];
  });
}

export const optionMedia = ({ extension }: AnswerOption): Media | undefined =>
  extension?.find(({ url }) => url === EXTENSION.itemAnswerMedia)?.valueAttachment;

const showsCodes = (item: QuestionnaireItem): boolean => settingsOf(item).choiceColumns.includes('code');

/** A column with the code stands where a prefix would. */
const codeColumn = (item: QuestionnaireItem, { valueCoding }: AnswerValue): string | undefined =>
  showsCodes(item) ? valueCoding?.code : undefined;

/** The list of a value set stays the same object, and with it what is made of it. */
const known = new WeakMap<readonly Coding[], readonly Choice[]>();

function choicesFrom(codings: readonly Coding[]): readonly Choice[] {
  const choices = known.get(codings) ?? codings.map(choiceOf);
  known.set(codings, choices);
  return choices;
}

export const choiceOf = (valueCoding: Coding): Choice => ({ key: valueKeyOf({ valueCoding }), value: { valueCoding }, isExclusive: false });

/** The words of a choice. */
export function choiceText(value: OptionValue, locale: Locale): string {
  const { valueCoding, valueString, _valueString, valueInteger, valueDate, valueTime, valueReference } = value;
  if (valueCoding) return localized(valueCoding.display ?? valueCoding.code, valueCoding._display, locale);
  if (valueString !== undefined) return localized(valueString, _valueString, locale);
  if (valueReference) return referenceText(valueReference, locale);
  return String(valueInteger ?? valueDate ?? valueTime ?? '');
}

export const referenceText = ({ reference, display, _display }: Reference, locale: Locale): string =>
  localized(display ?? reference, _display, locale);

/** The words of a choice as they are offered. */
export const optionText = ({ prefix, value }: Choice, locale: Locale): string =>
  [prefix, choiceText(value, locale)].filter(Boolean).join(' ');

/** What is stored for a choice from a list that the form does not have: nobody finds other words for it later, so it keeps those that were shown. */
export function answerAsShown(choice: Choice, locale: Locale): AnswerValue {
  const { valueCoding } = answerOf(choice);
  return valueCoding ? { valueCoding: { ...valueCoding, display: choiceText(choice.value, locale) } } : bareValue(choice.value);
}

/** What is stored for a choice: codes and their display in the form's own language, without translations. */
export function answerOf(choice: Choice): AnswerValue {
  const { valueCoding } = choice.value;
  if (!valueCoding) return bareValue(choice.value);
  const { system, code, display } = valueCoding;
  return { valueCoding: { ...(system ? { system } : {}), ...(code ? { code } : {}), ...(display ? { display } : {}) } };
}
