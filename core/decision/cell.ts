/**
 * One FEEL cell of a decision: an expression that gives a value, or a unary test of an input. The clock and the zone come from the
 * caller, never from the machine, because a workflow must come to the same result on every replay (P1).
 */
import { evaluate, parseDate, parseDateTime, unaryTest } from 'feelin';
import type { Json } from '#core/json.ts';

export interface Moment {
  /** ISO 8601 instant in UTC. */
  readonly at: string;
  /** IANA zone of the organisation. */
  readonly zone: string;
}

/** FEEL values by name, as far as an evaluation has come: process variables and the results of required decisions. */
export type Scope = Readonly<Record<string, unknown>>;

export type CellResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export function evaluateCell(source: string, scope: Scope, moment: Moment): CellResult<unknown> {
  return guarded(source, () => evaluate(source, { ...scope, ...clockOf(moment) }).value);
}

/** Does `input` satisfy the test? An empty cell and `-` are satisfied by everything. */
export function testCell(source: string, input: unknown, scope: Scope, moment: Moment): CellResult<boolean> {
  if (isAny(source)) return { ok: true, value: true };
  return guarded(source, () => unaryTest(source, { ...scope, ...clockOf(moment), '?': input ?? null }).value === true);
}

export const isAny = (source: string): boolean => source.trim() === '' || source.trim() === '-';

/** The syntax error of a cell, or null. */
export function syntaxErrorOf(source: string, kind: 'expression' | 'test'): string | null {
  if (kind === 'test' && isAny(source)) return null;
  const moment: Moment = { at: '2026-01-01T00:00:00.000Z', zone: 'UTC' };
  const result = kind === 'expression' ? evaluateCell(source, {}, moment) : testCell(source, null, {}, moment);
  return result.ok ? null : result.message;
}

/** FEEL's temporal values become their ISO text; what JSON cannot carry (functions, ranges, NaN) becomes null. */
export function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object') return null;
  if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry)]));
  }
  return 'iso' in value && typeof value.iso === 'string' ? value.iso : null;
}

function guarded<T>(source: string, run: () => T): CellResult<T> {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    // Anything feelin throws is about the text of the cell: it parses on every evaluation.
    return { ok: false, message: `${error instanceof Error ? error.message : String(error)} in "${source}"` };
  }
}

/** Context entries hide built-in functions of the same name. */
function clockOf({ at, zone }: Moment): Scope {
  const local = localDateTime(at, zone);
  return { now: () => parseDateTime(`${local}@${zone}`), today: () => parseDate(local.slice(0, 10)) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localDateTime(at: string, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    // The Swedish locale writes ISO dates; Intl is the only source of zone rules that is the same in browser, server and sandbox.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(zone, format);
  }
  return format.format(new Date(at)).replace(' ', 'T');
}
