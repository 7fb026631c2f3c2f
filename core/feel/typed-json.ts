/**
 * Values as JSON that loses nothing: where JSON has no type, `{"type": "xsd:date", "value": "2026-03-01"}`, by the types of XML Schema.
 * An object that does not say such a type is a context.
 */
import type { Json, JsonObject } from '#core/json.ts';
import { rangeText } from './functions/conversions.ts';
import { isNumber, numberText, parseNumber } from './number.ts';
import { FeelRange } from './range.ts';
import { isTemporal, parseDate, parseDateTime, parseDuration, parseTime, temporalText } from './temporal-text.ts';
import { isContext, isList, kindOf, type Value } from './value.ts';

export class TypedJsonError extends Error {}

const READERS: Readonly<Record<string, (text: string) => Value | undefined>> = {
  'xsd:string': (text) => text,
  'xsd:boolean': (text) => (text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined),
  'xsd:decimal': (text) => parseNumber(text) ?? undefined,
  'xsd:double': (text) => parseNumber(text) ?? undefined,
  'xsd:integer': (text) => (/^-?\d+$/.test(text) ? (parseNumber(text) ?? undefined) : undefined),
  'xsd:date': (text) => parseDate(text) ?? undefined,
  'xsd:time': (text) => parseTime(text) ?? undefined,
  'xsd:dateTime': (text) => parseDateTime(text) ?? undefined,
  'xsd:duration': (text) => parseDuration(text) ?? undefined,
};

const isTyped = (value: JsonObject): value is { readonly type: string; readonly value: Json } =>
  typeof value.type === 'string' && value.type.startsWith('xsd:') && 'value' in value && Object.keys(value).length === 2;

/** Throws `TypedJsonError` with the path of what cannot be read. */
export function fromTypedJson(json: Json, path = 'input'): Value {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map((item: Json, index) => fromTypedJson(item, `${path}[${index}]`));
  const object = json as JsonObject;
  if (!isTyped(object)) {
    return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, fromTypedJson(member ?? null, `${path}.${name}`)]));
  }
  const { type, value } = object;
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (!read) throw new TypedJsonError(`${path}: there is no type ${type}; there are ${Object.keys(READERS).join(', ')}.`);
  if (value === null) return null;
  const found = typeof value === 'object' ? undefined : read(String(value));
  if (found === undefined) throw new TypedJsonError(`${path}: ${JSON.stringify(value)} is no ${type}.`);
  return found;
}

/** Undefined for a function, which is no data. */
export function toTypedJson(value: Value): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // A number that a double does not hold is written as text.
  if (isNumber(value)) return typeof value === 'number' ? (value === 0 ? 0 : value) : { type: 'xsd:decimal', value: numberText(value) };
  if (isTemporal(value)) return { type: xsdTypeOf(value), value: temporalText(value) };
  if (value instanceof FeelRange) return { type: 'range', value: rangeText(value) };
  if (isList(value)) {
    const items = value.map(toTypedJson);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isContext(value)) return undefined;
  const members = Object.entries(value).map(([name, member]) => [name, toTypedJson(member)] as const);
  return members.every(([, member]) => member !== undefined) ? (Object.fromEntries(members) as JsonObject) : undefined;
}

function xsdTypeOf(value: Value): string {
  switch (kindOf(value)) {
    case 'date':
      return 'xsd:date';
    case 'time':
      return 'xsd:time';
    case 'date and time':
      return 'xsd:dateTime';
    default:
      return 'xsd:duration';
  }
}
