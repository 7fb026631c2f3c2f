/** An answer, or what an expression came to, as a value of an element's type; undefined where it is none. */
import type { AnswerValue, Coding, Quantity } from '../questionnaire.ts';
import { type ValueKey, valueKindOf } from '../value.ts';
import type { Element, ElementModel } from './element-model.ts';

type Convert = (answer: AnswerValue, unit: Coding | undefined) => unknown;

/** For each kind of answer the types that it may become, the nearest first: that decides where an element has a choice of types. */
const TYPES: Readonly<Record<ValueKey, readonly (readonly [type: string, convert: Convert])[]>> = {
  valueBoolean: [['boolean', ({ valueBoolean }) => valueBoolean]],
  valueInteger: [
    ['positiveInt', ({ valueInteger = 0 }) => (valueInteger > 0 ? valueInteger : undefined)],
    ['unsignedInt', ({ valueInteger = -1 }) => (valueInteger >= 0 ? valueInteger : undefined)],
    ['integer', ({ valueInteger }) => valueInteger],
    ['decimal', ({ valueInteger }) => valueInteger],
    ['Quantity', ({ valueInteger }, unit) => quantityOf(valueInteger, unit)],
  ],
  valueDecimal: [
    ['decimal', ({ valueDecimal }) => valueDecimal],
    ['Quantity', ({ valueDecimal }, unit) => quantityOf(valueDecimal, unit)],
  ],
  valueQuantity: [
    ['Quantity', ({ valueQuantity }) => valueQuantity],
    ['decimal', ({ valueQuantity }) => valueQuantity?.value],
  ],
  valueDate: [
    ['date', ({ valueDate }) => valueDate],
    ['dateTime', ({ valueDate }) => valueDate],
  ],
  valueDateTime: [
    ['dateTime', ({ valueDateTime }) => valueDateTime],
    // An instant is known to the second.
    ['instant', ({ valueDateTime = '' }) => (valueDateTime.length > 10 ? valueDateTime : undefined)],
    ['date', ({ valueDateTime }) => valueDateTime?.slice(0, 10)],
  ],
  valueTime: [['time', ({ valueTime }) => valueTime]],
  valueString: [
    ['code', ({ valueString = '' }) => (/^\S+( \S+)*$/.test(valueString) ? valueString : undefined)],
    ['string', ({ valueString }) => valueString],
    ['CodeableConcept', ({ valueString }) => ({ text: valueString })],
  ],
  valueUri: [['uri', ({ valueUri }) => valueUri]],
  valueCoding: [
    ['CodeableConcept', ({ valueCoding }) => ({ coding: [bareCoding(valueCoding)] })],
    ['Coding', ({ valueCoding }) => bareCoding(valueCoding)],
    ['code', ({ valueCoding }) => valueCoding?.code],
    ['string', ({ valueCoding }) => valueCoding?.display ?? valueCoding?.code],
  ],
  valueReference: [['Reference', ({ valueReference }) => valueReference]],
  valueAttachment: [['Attachment', ({ valueAttachment }) => valueAttachment]],
};

export interface Valued {
  readonly element: Element;
  readonly value: unknown;
}

/** Of the elements that a name may mean, the one that the answer fits best. */
export function fromAnswer(model: ElementModel, elements: readonly Element[], answer: AnswerValue, unit?: Coding): Valued | null {
  const kind = valueKindOf(answer);
  for (const [type, convert] of kind ? TYPES[kind] : []) {
    for (const element of elements) {
      const value = isType(model, element.type, type) ? convert(answer, unit) : undefined;
      if (value !== undefined) return { element, value };
    }
  }
  return null;
}

const PRIMITIVES: Readonly<Record<string, 'boolean' | 'number'>> = { boolean: 'boolean', integer: 'number', decimal: 'number' };

/** A result of an expression, or a fixed value: it has a type by its form alone. */
export function fromResult(model: ElementModel, elements: readonly Element[], result: unknown): Valued | null {
  if (isCoding(result)) return fromAnswer(model, elements, { valueCoding: result });
  // Dates of the engine are objects that print as they are written.
  const value = isDated(result) ? String(result) : result;
  const element = elements.find(({ type }) => {
    const known = Object.keys(PRIMITIVES).find((name) => isType(model, type, name));
    if (known) return typeof value === PRIMITIVES[known];
    return /^[a-z]/.test(type) ? typeof value === 'string' : typeof value === 'object' && value !== null;
  });
  return element ? { element, value } : null;
}

/** A code with its system; quantities have codes too, beside their value. */
const isCoding = (value: unknown): value is Coding =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && !('value' in value);

const isDated = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && value.toString !== Object.prototype.toString;

const isType = (model: ElementModel, type: string | undefined, wanted: string): boolean =>
  type !== undefined && (type === wanted || isType(model, model.parentOf(type), wanted));

const bareCoding = ({ system, code, display }: Coding = {}): Coding => ({
  ...(system ? { system } : {}),
  ...(code ? { code } : {}),
  ...(display ? { display } : {}),
});

const quantityOf = (value: number | undefined, unit: Coding | undefined): Quantity => ({
  ...(value === undefined ? {} : { value }),
  ...((unit?.display ?? unit?.code) ? { unit: unit?.display ?? unit?.code ?? '' } : {}),
  ...(unit?.system ? { system: unit.system } : {}),
  ...(unit?.code ? { code: unit.code } : {}),
});
