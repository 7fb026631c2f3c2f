/** What expressions come to, as answers, texts and truth. */

import { settingsOf } from '../extensions.ts';
import { answerOf, choicesOf } from '../options.ts';
import type { AnswerValue, Coding, Quantity, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';

type Result = readonly unknown[];

/** A single true. FHIRPath takes any other single item for true as well, but no condition means that. */
export const isTrue = (result: Result): boolean => result.length === 1 && result[0] === true;

export const toText = (result: Result): string => result.map(textOf).join(', ');

/** As many as the item takes; what is no value for its type is left out. */
export function toAnswers(questionnaire: Questionnaire, item: QuestionnaireItem, result: Result): readonly AnswerValue[] {
  const values = toOptions(questionnaire, item, result);
  return item.repeats || values.length < 2 ? values : values.slice(0, 1);
}

/** What may be chosen: of many even where one is chosen. */
export const toOptions = (questionnaire: Questionnaire, item: QuestionnaireItem, result: Result): readonly AnswerValue[] =>
  result.flatMap((value) => toAnswer(questionnaire, item, value) ?? []);

function toAnswer(questionnaire: Questionnaire, item: QuestionnaireItem, value: unknown): AnswerValue | null {
  switch (item.type) {
    case 'boolean':
      return typeof value === 'boolean' ? { valueBoolean: value } : null;
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) ? { valueInteger: value } : null;
    case 'decimal':
      return typeof value === 'number' && Number.isFinite(value) ? { valueDecimal: value } : null;
    case 'date':
      return dated(value, 10, (valueDate) => ({ valueDate }));
    case 'dateTime':
      return dated(value, undefined, (valueDateTime) => ({ valueDateTime }));
    case 'time':
      return dated(value, undefined, (valueTime) => ({ valueTime: valueTime.replace(/^T/, '') }));
    case 'string':
    case 'text':
      return textOf(value) === '' ? null : { valueString: textOf(value) };
    case 'url':
      return typeof value === 'string' ? { valueUri: value } : null;
    case 'quantity':
      return quantityIn(item, value);
    case 'choice':
    case 'open-choice':
      return choiceIn(questionnaire, item, value);
    case 'reference':
      return isObject(value) && typeof value.reference === 'string' ? { valueReference: value } : null;
    default:
      return null;
  }
}

function dated(value: unknown, length: number | undefined, make: (text: string) => AnswerValue): AnswerValue | null {
  const text = textOf(value);
  return text === '' || typeof value === 'number' || typeof value === 'boolean' ? null : make(text.slice(0, length));
}

function quantityIn(item: QuestionnaireItem, value: unknown): AnswerValue | null {
  if (typeof value === 'number') {
    const { unit } = settingsOf(item);
    return { valueQuantity: { value, ...(unit ? unitOf(unit) : {}) } };
  }
  if (!isObject(value) || typeof value.value !== 'number') return null;
  // A FHIR quantity, or one of FHIRPath's, whose unit stands in quotes.
  const { value: amount, unit, code, system } = value as Quantity;
  const text = unit?.replace(/^'(.*)'$/, '$1');
  return {
    valueQuantity: {
      value: amount,
      ...(text ? { unit: text } : {}),
      ...(system ? { system } : {}),
      ...((code ?? text) ? { code: code ?? text ?? '' } : {}),
    },
  };
}

const unitOf = ({ code, system, display }: Coding): Quantity => ({
  ...((display ?? code) ? { unit: display ?? code ?? '' } : {}),
  ...(system ? { system } : {}),
  ...(code ? { code } : {}),
});

function choiceIn(questionnaire: Questionnaire, item: QuestionnaireItem, value: unknown): AnswerValue | null {
  if (isObject(value) && typeof value.code === 'string') {
    const { system, code, display } = value as Coding;
    return { valueCoding: { ...(system ? { system } : {}), ...(code ? { code } : {}), ...(display ? { display } : {}) } };
  }
  if (isObject(value) && typeof value.reference === 'string') return { valueReference: value };
  const bare = isObject(value) ? textOf(value) : value;
  if ((typeof bare !== 'string' && typeof bare !== 'number') || bare === '') return null;
  const choice = choicesOf(questionnaire, item)?.find(
    (each) => each.value.valueCoding?.code === bare || Object.values(each.value)[0] === bare,
  );
  if (choice) return answerOf(choice);
  if (typeof bare === 'number') return { valueInteger: bare };
  // What is an object and no text is a day or a time.
  if (!isObject(value)) return { valueString: bare };
  return bare.includes(':') ? { valueTime: bare.replace(/^T/, '') } : { valueDate: bare };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Dates and quantities are objects that print as they are written. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (isObject(value) && typeof value.display === 'string') return value.display;
  if (isObject(value) && value.toString === Object.prototype.toString) return typeof value.code === 'string' ? value.code : '';
  return String(value);
}
