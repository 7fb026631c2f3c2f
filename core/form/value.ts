/** `value[x]`: which one an answer holds, which ones an item type takes, and how two of them compare. */
import type { AnswerValue, QuestionType } from './questionnaire.ts';

export type ValueKey = keyof AnswerValue;

export const VALUE_KEYS = [
  'valueBoolean',
  'valueDecimal',
  'valueInteger',
  'valueDate',
  'valueDateTime',
  'valueTime',
  'valueString',
  'valueUri',
  'valueCoding',
  'valueAttachment',
  'valueReference',
  'valueQuantity',
] as const satisfies readonly ValueKey[];

/** The values that an answer to each type may have. A choice takes what its options are. */
export const VALUES_OF = {
  boolean: ['valueBoolean'],
  decimal: ['valueDecimal'],
  integer: ['valueInteger'],
  date: ['valueDate'],
  dateTime: ['valueDateTime'],
  time: ['valueTime'],
  string: ['valueString'],
  text: ['valueString'],
  url: ['valueUri'],
  choice: ['valueCoding', 'valueInteger', 'valueString', 'valueDate', 'valueTime', 'valueReference'],
  'open-choice': ['valueCoding', 'valueInteger', 'valueString', 'valueDate', 'valueTime', 'valueReference'],
  attachment: ['valueAttachment'],
  reference: ['valueReference'],
  quantity: ['valueQuantity'],
} as const satisfies Record<QuestionType, readonly ValueKey[]>;

/** The value present, or null when there is none (an answer that only holds extensions). */
export function valueKindOf(value: AnswerValue): ValueKey | null {
  return VALUE_KEYS.find((key) => value[key] !== undefined) ?? null;
}

/** Only the `value[x]` of something that also has an id, items or flags. */
export function bareValue(value: AnswerValue): AnswerValue {
  const kind = valueKindOf(value);
  return kind ? { [kind]: value[kind] } : {};
}

/** One text for one value: two options or answers with the same key are the same choice. */
export function valueKeyOf(value: AnswerValue): string {
  const { valueCoding, valueReference, valueAttachment, valueQuantity } = value;
  if (valueCoding) return `coding:${valueCoding.system ?? ''}|${valueCoding.code ?? `"${valueCoding.display ?? ''}"`}`;
  if (valueReference) return `reference:${valueReference.reference ?? ''}`;
  if (valueAttachment) return `attachment:${valueAttachment.url ?? valueAttachment.title ?? ''}`;
  if (valueQuantity) return `quantity:${valueQuantity.value} ${valueQuantity.code ?? valueQuantity.unit ?? ''}`;
  const kind = valueKindOf(value);
  return kind ? `${kind}:${String(value[kind])}` : '';
}

/** A coding without a system meets the same code of any system: many lists leave it out. */
export function isSameValue(a: AnswerValue, b: AnswerValue): boolean {
  if (a.valueCoding && b.valueCoding) {
    const { system, code, display } = a.valueCoding;
    // An option may be words alone.
    if (code === undefined && b.valueCoding.code === undefined) return display === b.valueCoding.display;
    return code === b.valueCoding.code && (!system || !b.valueCoding.system || system === b.valueCoding.system);
  }
  const order = compareValues(a, b);
  return order === null ? valueKeyOf(a) === valueKeyOf(b) : order === 0;
}

/** Negative, zero or positive; null for values without an order between them. */
export function compareValues(a: AnswerValue, b: AnswerValue): number | null {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== null && right !== null) return unitOf(a) === unitOf(b) ? left - right : null;
  const [earlier, later] = [momentOf(a), momentOf(b)];
  if (earlier !== null && later !== null) return compareMoments(earlier, later);
  if (a.valueTime !== undefined && b.valueTime !== undefined) return compareTexts(a.valueTime, b.valueTime);
  if (a.valueString !== undefined && b.valueString !== undefined) return compareTexts(a.valueString, b.valueString);
  return null;
}

const numberOf = ({ valueInteger, valueDecimal, valueQuantity }: AnswerValue): number | null =>
  valueInteger ?? valueDecimal ?? valueQuantity?.value ?? null;

const unitOf = ({ valueQuantity }: AnswerValue): string => valueQuantity?.code ?? valueQuantity?.unit ?? '';

const momentOf = ({ valueDate, valueDateTime }: AnswerValue): string | null => valueDate ?? valueDateTime ?? null;

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Partial dates compare as far as both are known: 2026 and 2026-05 are equal. */
function compareMoments(a: string, b: string): number {
  if (a.length > 10 && b.length > 10) return Date.parse(a) - Date.parse(b);
  const length = Math.min(a.length, b.length, 10);
  return compareTexts(a.slice(0, length), b.slice(0, length));
}

/** Decimal text without exponent, so that `1e-7` reads as people write it. */
export function decimalText(value: number): string {
  const text = String(value);
  if (!/e/i.test(text)) return text;
  return value.toFixed(20).replace(/\.?0+$/, '');
}
