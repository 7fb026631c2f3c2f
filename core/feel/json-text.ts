/** JSON as text, with its numbers as FEEL has them: JSON sets no limit to the digits of a number, and `JSON.parse` drops what no double holds. */
import { parse, stringify } from 'lossless-json';
import { exactNumber, type FeelNumber, isNumber, numberText } from './number.ts';

export type NumberedJson =
  | null
  | boolean
  | string
  | FeelNumber
  | UnheldNumber
  | readonly NumberedJson[]
  | { readonly [name: string]: NumberedJson };

/** More digits than FEEL has, or out of its range. Whoever reads typed JSON refuses it, and says where it stands. */
export class UnheldNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Throws a `SyntaxError`, also for a name twice in one object: one of the two values would be lost. */
export function parseJsonText(text: string): NumberedJson {
  const json = parse(text, null, { parseNumber: (number) => exactNumber(number) ?? new UnheldNumber(number) }) as NumberedJson;
  // The reader takes a name twice where the value is the same.
  if (colonsIn(text) > namesIn(json)) throw new SyntaxError('The same name stands twice in an object.');
  return json;
}

const colonsIn = (text: string): number => text.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;

function namesIn(json: NumberedJson): number {
  if (!isObject(json)) return 0;
  const members = Object.values(json);
  return members.reduce<number>((sum, member) => sum + namesIn(member), Array.isArray(json) ? 0 : members.length);
}

const isObject = (json: NumberedJson): json is readonly NumberedJson[] | { readonly [name: string]: NumberedJson } =>
  typeof json === 'object' && json !== null && !isNumber(json) && !(json instanceof UnheldNumber);

/** With every digit of its numbers. */
export const jsonText = (json: NumberedJson, indent = 0): string =>
  stringify(json, null, indent, [{ test: isDecimal, stringify: (number) => numberText(number as FeelNumber) }]) ?? 'null';

const isDecimal = (value: unknown): boolean => typeof value === 'object' && isNumber(value);
