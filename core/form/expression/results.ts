/** What expressions come to, as answers, texts and truth. */

import type { BoundItem } from '../bind.ts';
import { settingsOf } from '../extensions.ts';
import { answerOf, choicesOf } from '../options.ts';
import type { AnswerValue, Coding, Quantity, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { isDate, isDateTime, isTime } from '../validate-answer.ts';
import type { ExpressionFailure } from './engine.ts';

type Result = readonly unknown[];

/** A single true. FHIRPath takes any other single item for true as well, but no condition means that. */
export const isTrue = (result: Result): boolean => result.length === 1 && result[0] === true;

export const toText = (result: Result): string => result.map(textOf).join(', ');

/** As many as the item takes; what is no value for its type is left out. */
export function toAnswers(questionnaire: Questionnaire, item: QuestionnaireItem, result: Result): readonly AnswerValue[] {
  const values = toOptions(questionnaire, item, result);
  return item.repeats || values.length < 2 ? values : values.slice(0, 1);
}

/** Is there something in it that is no value for the item? Nothing and an empty text are no answer, and nothing is wrong with them. */
export const hasMisfit = (questionnaire: Questionnaire, item: QuestionnaireItem, result: Result): boolean =>
  result.some((value) => value !== '' && value !== null && value !== undefined && toAnswer(questionnaire, item, value) === null);

export const misfit = ({ item, path }: Pick<BoundItem, 'item' | 'path'>, expression: string): ExpressionFailure => ({
  linkId: item.linkId,
  path,
  expression,
  message: `The expression does not come to a value of the type ${item.type}.`,
  isMisfit: true,
});

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
      return dated(value, (text) => (isDate(text.slice(0, 10)) ? { valueDate: text.slice(0, 10) } : null));
    case 'dateTime':
      return dated(value, (valueDateTime) => (isDateTime(valueDateTime) ? { valueDateTime } : null));
    case 'time':
      return dated(value, (text) => timed(text.replace(/^T/, '')));
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

function dated(value: unknown, make: (text: string) => AnswerValue | null): AnswerValue | null {
  const text = textOf(value);
  return text === '' || typeof value === 'number' || typeof value === 'boolean' ? null : make(text);
}

/** FHIR's times have seconds; an expression may leave them out. */
function timed(text: string): AnswerValue | null {
  const valueTime = /^\d\d:\d\d$/.test(text) ? `${text}:00` : text;
  return isTime(valueTime) ? { valueTime } : null;
}

function quantityIn(item: QuestionnaireItem, value: unknown): AnswerValue | null {
  if (typeof value === 'number') {
    const { unit } = settingsOf(item);
    return { valueQuantity: { value, ...(unit ? unitOf(unit) : {}) } };
  }
  const amount = isObject(value) ? amountOf(value.value) : null;
  if (!isObject(value) || amount === null) return null;
  // A FHIR quantity, or one of FHIRPath's, whose unit stands in quotes, or is a word of the calendar.
  const { unit, code, system } = value as Quantity;
  if (code !== undefined || system !== undefined) {
    return {
      valueQuantity: {
        value: amount,
        ...(unit ? { unit } : {}),
        ...(system ? { system } : {}),
        ...((code ?? unit) ? { code: code ?? unit ?? '' } : {}),
      },
    };
  }
  const quoted = /^'(.*)'$/.exec(unit ?? '')?.[1];
  const ucum = quoted ?? CALENDAR[unit?.replace(/s$/, '') ?? ''];
  if (ucum !== undefined) return { valueQuantity: { value: amount, unit: ucum, system: UCUM, code: ucum } };
  return { valueQuantity: { value: amount, ...(unit ? { unit, code: unit } : {}) } };
}

/** The engine counts in decimals of its own, which print as numbers do. */
function amountOf(value: unknown): number | null {
  const amount = typeof value === 'number' || isObject(value) ? Number(String(value)) : Number.NaN;
  return Number.isFinite(amount) ? amount : null;
}

const UCUM = 'http://unitsofmeasure.org';

/** https://hl7.org/fhir/R4/fhirpath.html: words of the calendar are these units where they become quantities. */
const CALENDAR: Readonly<Record<string, string>> = {
  year: 'a',
  month: 'mo',
  week: 'wk',
  day: 'd',
  hour: 'h',
  minute: 'min',
  second: 's',
  millisecond: 'ms',
};

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
