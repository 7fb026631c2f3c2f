/**
 * Values as JSON that loses nothing: where JSON has no type, `{"type": "xsd:date", "value": "2026-03-01"}`, by the types of XML Schema.
 * An object that does not say such a type is a context.
 */
import { rangeText } from './functions/conversions.ts';
import { type NumberedJson, UnheldNumber } from './json-text.ts';
import { exactNumber, isNumber, numberText, parseNumber } from './number.ts';
import { FeelRange } from './range.ts';
import { DaysDuration, MonthsDuration } from './temporal.ts';
import { isTemporal, parseDate, parseDateTime, parseDuration, parseTime, temporalText } from './temporal-text.ts';
import { isContext, isList, kindOf, type Value } from './value.ts';

export class TypedJsonError extends Error {}

const READERS: Readonly<Record<string, (text: string) => Value | undefined>> = {
  'xsd:string': (text) => text,
  'xsd:boolean': (text) => (text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined),
  'xsd:decimal': (text) => exactNumber(text) ?? undefined,
  'xsd:double': (text) => parseNumber(text) ?? undefined,
  'xsd:integer': (text) => (/^-?\d+$/.test(text) ? (exactNumber(text) ?? undefined) : undefined),
  'xsd:date': (text) => parseDate(text) ?? undefined,
  'xsd:time': (text) => parseTime(text) ?? undefined,
  'xsd:dateTime': (text) => parseDateTime(text) ?? undefined,
  'xsd:duration': (text) => parseDuration(text) ?? undefined,
  'xsd:dayTimeDuration': (text) => durationIn(text, DaysDuration),
  'xsd:yearMonthDuration': (text) => durationIn(text, MonthsDuration),
};

function durationIn(text: string, kind: typeof DaysDuration | typeof MonthsDuration): Value | undefined {
  const duration = parseDuration(text);
  return duration instanceof kind ? duration : undefined;
}

interface Members {
  readonly [name: string]: NumberedJson;
}

const isTyped = (value: Members): value is { readonly type: string; readonly value: NumberedJson } =>
  typeof value.type === 'string' && value.type.startsWith('xsd:') && 'value' in value;

/** Throws `TypedJsonError` with the path of what cannot be read. */
export function fromTypedJson(json: NumberedJson, path = 'input'): Value {
  if (json instanceof UnheldNumber) throw new TypedJsonError(`${path}: ${json.text} is no number of FEEL: ${NUMBERS}.`);
  if (json === null || typeof json !== 'object' || isNumber(json)) return json;
  if (Array.isArray(json)) return json.map((item: NumberedJson, index) => fromTypedJson(item, `${path}[${index}]`));
  const object = json as Members;
  if (isTyped(object)) return typedValue(object, path);
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, fromTypedJson(member, `${path}.${name}`)]));
}

const NUMBERS = 'they have at most 34 digits, and exponents from -6143 to 6144';

function typedValue(object: { readonly type: string; readonly value: NumberedJson }, path: string): Value {
  const { type, value, ...more } = object;
  const [extra] = Object.keys(more);
  if (extra !== undefined) throw new TypedJsonError(`${path}: beside type and value there is "${extra}".`);
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (!read) throw new TypedJsonError(`${path}: there is no type ${type}; there are ${Object.keys(READERS).join(', ')}.`);
  if (value === null) return null;
  const text = textOf(value);
  const found = text === undefined ? undefined : read(text);
  if (found !== undefined) return found;
  const why = text !== undefined && /^xsd:(decimal|integer|double)$/.test(type) ? ` of FEEL: ${NUMBERS}` : '';
  throw new TypedJsonError(`${path}: ${text === undefined ? 'a list or an object' : JSON.stringify(text)} is no ${type}${why}.`);
}

function textOf(value: NumberedJson): string | undefined {
  if (value instanceof UnheldNumber) return value.text;
  if (isNumber(value)) return numberText(value);
  return typeof value === 'object' ? undefined : String(value);
}

/** Undefined for a function, which is no data. */
export function toTypedJson(value: Value): NumberedJson | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (isNumber(value)) return value === 0 ? 0 : value;
  if (isTemporal(value)) return { type: xsdTypeOf(value), value: temporalText(value) };
  if (value instanceof FeelRange) return { type: 'range', value: rangeText(value) };
  if (isList(value)) {
    const items = value.map(toTypedJson);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isContext(value)) return undefined;
  const members = Object.entries(value).map(([name, member]) => [name, toTypedJson(member)] as const);
  return members.every(([, member]) => member !== undefined) ? (Object.fromEntries(members) as Members) : undefined;
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
