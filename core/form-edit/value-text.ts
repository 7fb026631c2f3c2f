/** A value as one writes it into a cell, and back as a value of the item's type: `3`, `3 kg`, `2026-01-02`, a code of an option. */
import { choicesOf } from '#core/form/options.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { isDate, isDateTime, isTime } from '#core/form/validate-answer.ts';
import { decimalText } from '#core/form/value.ts';
import { optionWith } from './convert-answer.ts';

export function valueText(value: AnswerValue): string {
  const { valueCoding, valueQuantity, valueReference, valueDecimal, valueAttachment } = value;
  if (valueCoding) return valueCoding.code ?? valueCoding.display ?? '';
  if (valueQuantity) return [decimalText(valueQuantity.value ?? 0), valueQuantity.code ?? valueQuantity.unit].filter(Boolean).join(' ');
  if (valueReference) return valueReference.reference ?? valueReference.display ?? '';
  if (valueAttachment) return valueAttachment.url ?? '';
  return valueDecimal === undefined ? String(Object.values(value)[0] ?? '') : decimalText(valueDecimal);
}

/** Null where the item takes no such value. */
export function valueFrom(text: string, questionnaire: Questionnaire, item: QuestionnaireItem): AnswerValue | null {
  switch (item.type) {
    case 'boolean':
      return text === 'true' || text === 'false' ? { valueBoolean: text === 'true' } : null;
    case 'integer':
      return /^-?\d+$/.test(text) ? { valueInteger: Number(text) } : null;
    case 'decimal':
      return isNumber(text) ? { valueDecimal: Number(text) } : null;
    case 'quantity':
      return quantityFrom(text);
    case 'date':
      return isDate(text) ? { valueDate: text } : null;
    case 'dateTime':
      return isDateTime(text) ? { valueDateTime: text } : null;
    case 'time':
      return isTime(text) ? { valueTime: text } : null;
    case 'string':
    case 'text':
      return { valueString: text };
    case 'url':
      return { valueUri: text };
    case 'choice':
    case 'open-choice':
      return optionWith(text, { questionnaire, item }) ?? unlisted(text, questionnaire, item);
    case 'reference':
      return { valueReference: { reference: text } };
    default:
      return null;
  }
}

/** What lists outside of the form, or people's own words, may hold. */
function unlisted(text: string, questionnaire: Questionnaire, item: QuestionnaireItem): AnswerValue | null {
  if (item.type === 'open-choice') return { valueString: text };
  return (choicesOf(questionnaire, item) ?? []).length === 0 ? { valueCoding: { code: text } } : null;
}

const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text);

function quantityFrom(text: string): AnswerValue | null {
  const [, number = '', unit = ''] = /^(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(text) ?? [];
  if (number === '') return null;
  return { valueQuantity: { value: Number(number), ...(unit === '' ? {} : { unit, code: unit }) } };
}
