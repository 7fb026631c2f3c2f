/** `value[x]`: which one an answer holds, which ones an item type takes, and how two of them compare. */
import type { AnswerValue, Quantity, QuestionType, Reference } from './questionnaire.ts';

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
  if (valueReference) return `reference:${referredBy(valueReference)}`;
  if (valueAttachment) return `attachment:${valueAttachment.url ?? valueAttachment.title ?? ''}`;
  if (valueQuantity) return `quantity:${valueQuantity.value} ${valueQuantity.code ?? valueQuantity.unit ?? ''}`;
  const kind = valueKindOf(value);
  return kind ? `${kind}:${String(value[kind])}` : '';
}

/** A reference may name its resource by an identifier, or in words only. */
const referredBy = ({ reference, identifier, display = '' }: Reference): string =>
  reference ?? (identifier?.value === undefined ? `"${display}"` : `${identifier.system ?? ''}|${identifier.value}`);

/** A coding without a system meets the same code of any system: many lists leave it out. */
export function isSameValue(a: AnswerValue, b: AnswerValue): boolean {
  if (a.valueCoding && b.valueCoding) {
    const { system, code, display } = a.valueCoding;
    // An option may be words alone.
    if (code === undefined && b.valueCoding.code === undefined) return display === b.valueCoding.display;
    return code === b.valueCoding.code && (!system || !b.valueCoding.system || system === b.valueCoding.system);
  }
  const order = compareValues(a, b);
  if (order === null && a.valueQuantity && b.valueQuantity) return false;
  return order === null ? valueKeyOf(a) === valueKeyOf(b) : order === 0;
}

/** More than for a condition: of one type, and a month is not one of its days. */
export function isSameAnswer(a: AnswerValue, b: AnswerValue): boolean {
  if (valueKindOf(a) !== valueKindOf(b)) return false;
  return precisionOf(a) === precisionOf(b) && isSameValue(a, b);
}

/** How much of a date is known: its year, its month, its day, or the time as well. */
const precisionOf = (value: AnswerValue): number => Math.min(momentOf(value)?.length ?? 0, 11);

/** Negative, zero or positive; null for values without an order between them. */
export function compareValues(a: AnswerValue, b: AnswerValue): number | null {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== null && right !== null) return isSameUnit(a.valueQuantity, b.valueQuantity) ? left - right : null;
  const [earlier, later] = [momentOf(a), momentOf(b)];
  if (earlier !== null && later !== null) return compareMoments(earlier, later);
  if (a.valueTime !== undefined && b.valueTime !== undefined) return compareTexts(timeText(a.valueTime), timeText(b.valueTime));
  const [text, other] = [wordsOf(a), wordsOf(b)];
  if (text !== null && other !== null) return compareTexts(text, other);
  return null;
}

const numberOf = ({ valueInteger, valueDecimal, valueQuantity }: AnswerValue): number | null =>
  valueInteger ?? valueDecimal ?? valueQuantity?.value ?? null;

/** By code where both have one, else by their words; many leave one of the two out. */
function isSameUnit(a: Quantity = {}, b: Quantity = {}): boolean {
  if (a.code !== undefined && b.code !== undefined) return a.code === b.code && (!a.system || !b.system || a.system === b.system);
  const names = [b.unit, b.code].filter((name) => name !== undefined);
  const named = [a.unit, a.code].filter((name) => name !== undefined);
  return named.length + names.length === 0 || named.some((name) => names.includes(name));
}

const momentOf = ({ valueDate, valueDateTime }: AnswerValue): string | null => valueDate ?? valueDateTime ?? null;

/** A condition has no other word for an address than a string. */
const wordsOf = ({ valueString, valueUri }: AnswerValue): string | null => valueString ?? valueUri ?? null;

/** Zeros behind the second say nothing. */
const timeText = (time: string): string => time.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

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
