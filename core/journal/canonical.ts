/**
 * Canonical JSON after RFC 8785: one text for one value, so that hashes of it can be compared across machines and releases.
 * Strict: what JSON cannot carry is a mistake of ours and throws, because a hash over a silently dropped value would prove nothing.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export function canonicalJson(value: unknown): string {
  return write(value, '$');
}

/** Hex SHA-256 of the canonical JSON of a value. */
export const canonicalHash = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeString(value, path);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`${path} is ${value}, which JSON cannot carry.`);
    // ECMAScript's shortest round-trip form is the number form of RFC 8785, 3.2.2.3; -0 is written as 0.
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`)).join(',')}]`;
  if (typeof value === 'object') return writeObject(value, path);
  throw new Error(`${path} is ${typeof value}, which JSON cannot carry.`);
}

function writeObject(value: object, path: string): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new Error(`${path} is an instance of ${value.constructor?.name ?? 'a class'}, not plain JSON.`);
  }
  // The default sort compares UTF-16 code units, as RFC 8785, 3.2.3 asks.
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([key, member]) => `${writeString(key, path)}:${write(member, `${path}.${key}`)}`).join(',')}}`;
}

/** With the `u` flag a surrogate that is half of a pair does not match. */
const HALF_SURROGATE = /\p{Surrogate}/u;

function writeString(value: string, path: string): string {
  if (HALF_SURROGATE.test(value)) throw new Error(`${path} holds half of a surrogate pair, which has no UTF-8 form.`);
  return JSON.stringify(value);
}
