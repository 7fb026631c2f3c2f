/**
 * Canonical JSON after RFC 8785: one text for one value, so that hashes of it can be compared across machines and releases.
 * Strict: what JSON cannot carry is a mistake of ours and throws, because a hash over a silently dropped value would prove nothing.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export function canonicalJson(value: unknown): string {
  try {
    return write(value);
  } catch (error) {
    if (error !== NOT_JSON) throw error;
    throw new Error(problemOf(value, '$') ?? 'A value changed while it was written.');
  }
}

/** Hex SHA-256 of the canonical JSON of a value. */
export const canonicalHash = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));

/** Thrown without a place: every step writes its whole state, and only a failure needs to know where. */
const NOT_JSON = new Error('not JSON');

function write(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (SIMPLE_TEXT.test(value)) return `"${value}"`;
      if (HALF_SURROGATE.test(value)) throw NOT_JSON;
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw NOT_JSON;
      // ECMAScript's shortest round-trip form is the number form of RFC 8785, 3.2.2.3; -0 is written as 0.
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value) : writeObject(value as Readonly<Record<string, unknown>>);
    default:
      throw NOT_JSON;
  }
}

function writeArray(items: readonly unknown[]): string {
  let text = '[';
  // By index, so that a hole is found.
  for (let index = 0; index < items.length; index += 1) text += index === 0 ? write(items[index]) : `,${write(items[index])}`;
  return `${text}]`;
}

function writeObject(value: Readonly<Record<string, unknown>>): string {
  if (!isPlain(value)) throw NOT_JSON;
  let text = '{';
  // The default sort compares UTF-16 code units, as RFC 8785, 3.2.3 asks.
  for (const key of Object.keys(value).sort()) text += `${text.length === 1 ? '' : ','}${write(key)}:${write(value[key])}`;
  return `${text}}`;
}

/** Also a plain object of another realm: a workflow's sandbox has its own `Object`. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Nothing to escape and no surrogate: nearly every text, written without asking `JSON.stringify`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped.
const SIMPLE_TEXT = /^[^\u0000-\u001f"\\\ud800-\udfff]*$/;

/** With the `u` flag a surrogate that is half of a pair does not match. */
const HALF_SURROGATE = /\p{Surrogate}/u;

/** The first thing that JSON cannot carry, with its place; null when there is none. */
function problemOf(value: unknown, path: string): string | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'string')
    return HALF_SURROGATE.test(value) ? `${path} holds half of a surrogate pair, which has no UTF-8 form.` : null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : `${path} is ${value}, which JSON cannot carry.`;
  if (typeof value !== 'object') return `${path} is ${typeof value}, which JSON cannot carry.`;
  if (Array.isArray(value)) return firstOf(Array.from(value, (item, index) => problemOf(item, `${path}[${index}]`)));
  if (!isPlain(value)) return `${path} is an instance of ${value.constructor?.name ?? 'a class'}, not plain JSON.`;
  return firstOf(Object.entries(value).map(([key, member]) => problemOf(key, path) ?? problemOf(member, `${path}.${key}`)));
}

const firstOf = (problems: readonly (string | null)[]): string | null => problems.find((problem) => problem !== null) ?? null;
