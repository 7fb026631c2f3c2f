/** One answer as an answer of another type. A conversion says the same thing in another way, or it is none. */
import { settingsOf } from '#core/form/extensions.ts';
import { answerOf, choicesOf, choiceText } from '#core/form/options.ts';
import type { AnswerValue, ItemType, Questionnaire, QuestionnaireItem, QuestionType } from '#core/form/questionnaire.ts';
import { isDate } from '#core/form/validate-answer.ts';
import { decimalText } from '#core/form/value.ts';
import type { ConvertStep } from './migration-step.ts';

/** The item in the new form. */
export interface ConversionTarget {
  readonly questionnaire: Questionnaire;
  readonly item: QuestionnaireItem;
}

type Conversion = (value: AnswerValue, to: ConversionTarget, step: ConvertStep) => AnswerValue | null;

export const isConvertible = (from: ItemType, to: ItemType): boolean => from === to || conversionOf(from, to) !== undefined;

/** Null where the value cannot be said as the other type. */
export function convertAnswer(value: AnswerValue, step: ConvertStep, target: ConversionTarget): AnswerValue | null {
  if (step.from === step.to) return value;
  return conversionOf(step.from, step.to)?.(value, target, step) ?? null;
}

const conversionOf = (from: ItemType, to: ItemType): Conversion | undefined =>
  from === 'group' || from === 'display' || to === 'group' || to === 'display' ? undefined : CONVERSIONS[from][to];

const same: Conversion = (value) => value;

const toText: Conversion = (value) => {
  const text = textOf(value);
  return text === '' ? null : { valueString: text };
};

const toDecimal: Conversion = ({ valueInteger, valueString, valueDecimal }) => {
  const number = valueInteger ?? valueDecimal ?? numberIn(valueString);
  return number === null || number === undefined ? null : { valueDecimal: number };
};

const toInteger: Conversion = (value, ...rest) => {
  const number = toDecimal(value, ...rest)?.valueDecimal;
  return number !== undefined && Number.isSafeInteger(number) ? { valueInteger: number } : null;
};

/** In the unit that the new question names. */
const toQuantity: Conversion = (value, target, step) => {
  const number = toDecimal(value, target, step)?.valueDecimal;
  const { unit, unitOptions } = settingsOf(target.item);
  const named = unit ?? unitOptions[0];
  if (number === undefined || !named) return null;
  const { code, display, system } = named;
  return { valueQuantity: { value: number, unit: display ?? code ?? '', ...(system ? { system } : {}), ...(code ? { code } : {}) } };
};

/** Only an amount that is in the unit of the new question. */
const fromQuantity =
  (convert: Conversion): Conversion =>
  ({ valueQuantity }, target, step) => {
    const { unit } = settingsOf(target.item);
    const isSameUnit = unit ? valueQuantity?.code === unit.code || valueQuantity?.unit === unit.display : !valueQuantity?.unit;
    return isSameUnit ? convert({ valueDecimal: valueQuantity?.value }, target, step) : null;
  };

/** FHIR's dateTime may be a date alone. */
const toDateTime: Conversion = ({ valueDate }) => (valueDate === undefined ? null : { valueDateTime: valueDate });

/** A time of day would be lost. */
const toDate: Conversion = ({ valueDateTime }) => (isDate(valueDateTime) ? { valueDate: valueDateTime } : null);

const toUrl: Conversion = ({ valueString }) =>
  valueString !== undefined && /^https?:\/\//i.test(valueString) && URL.canParse(valueString) ? { valueUri: valueString } : null;

/** By code, or by the words of an option in any of its languages. */
const toChoice: Conversion = (value, { questionnaire, item }) => {
  const text = textOf(value);
  const choice = choicesOf(questionnaire, item)?.find(
    (each) => each.value.valueCoding?.code === text || [choiceText(each.value, 'zh-CN'), choiceText(each.value, 'en')].includes(text),
  );
  return choice ? answerOf(choice) : null;
};

/** What is none of the options is said in words. */
const toOpenChoice: Conversion = (value, target, step) => toChoice(value, target, step) ?? toText(value, target, step);

const truthToChoice: Conversion = ({ valueBoolean }, { questionnaire, item }, { codes }) => {
  const code = valueBoolean === undefined ? null : (codes?.[`${valueBoolean}`] ?? null);
  return code === null ? null : optionWith(code, { questionnaire, item });
};

const choiceToTruth: Conversion = (value, _, { codes }) => {
  const code = value.valueCoding?.code ?? textOf(value);
  if (codes?.true !== null && codes?.true === code) return { valueBoolean: true };
  return codes?.false !== null && codes?.false === code ? { valueBoolean: false } : null;
};

const texts = { string: toText, text: toText } as const;
const readable = { integer: toInteger, decimal: toDecimal, url: toUrl, choice: toChoice, 'open-choice': toOpenChoice } as const;

const CONVERSIONS: { readonly [From in QuestionType]: { readonly [To in QuestionType]?: Conversion } } = {
  boolean: { choice: truthToChoice, 'open-choice': truthToChoice },
  integer: { decimal: toDecimal, quantity: toQuantity, ...texts },
  decimal: { integer: toInteger, quantity: toQuantity, ...texts },
  quantity: { decimal: fromQuantity(toDecimal), integer: fromQuantity(toInteger), ...texts },
  date: { dateTime: toDateTime, ...texts },
  dateTime: { date: toDate, ...texts },
  time: texts,
  string: { ...texts, ...readable },
  text: { ...texts, ...readable },
  url: texts,
  choice: { 'open-choice': same, boolean: choiceToTruth, ...texts },
  'open-choice': {
    choice: (value, target, step) => (value.valueString === undefined ? value : toChoice(value, target, step)),
    boolean: choiceToTruth,
    ...texts,
  },
  attachment: {},
  reference: {},
};

/** The option with this code, or this text where it is no coding, as it is answered. */
export function optionWith(code: string, { questionnaire, item }: ConversionTarget): AnswerValue | null {
  const choice = choicesOf(questionnaire, item)?.find(
    ({ value }) => (value.valueCoding ? (value.valueCoding.code ?? value.valueCoding.display) : choiceText(value, 'zh-CN')) === code,
  );
  return choice ? answerOf(choice) : null;
}

function textOf(value: AnswerValue): string {
  const { valueQuantity, valueDecimal, valueInteger, valueDateTime, valueUri } = value;
  const number = valueDecimal ?? valueInteger;
  if (number !== undefined) return decimalText(number);
  if (valueQuantity?.value !== undefined) return [decimalText(valueQuantity.value), valueQuantity.unit].filter(Boolean).join(' ');
  return valueDateTime ?? valueUri ?? choiceText(value, 'zh-CN');
}

function numberIn(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  return /^-?\d+(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}
