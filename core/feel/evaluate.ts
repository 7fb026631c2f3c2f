/**
 * The one way to evaluate FEEL in processes. The moment and the zone are arguments (P1): `now()` and `today()` never read the machine's
 * clock, and what comes back is plain JSON, so that no FEEL object gets into a state. A missing variable is null with a warning where the interpreter finds it, as
 * the standard has it; a syntax error or an expression beyond its budget is a failure.
 */
import { evaluate, FeelDate, FeelDateTime, parseDateTime } from 'feelin';
import type { Json, JsonObject } from '#core/json.ts';
import { overBudget } from './budget.ts';
import type { Moment } from './moment.ts';
import { plainOf, undecided } from './plain.ts';
import { notJson, toJson } from './to-json.ts';

export interface FeelWarning {
  readonly code: string;
  readonly message: string;
}

export type FeelResult =
  | { readonly ok: true; readonly value: Json; readonly warnings: readonly FeelWarning[] }
  | { readonly ok: false; readonly code: 'syntax' | 'budget' | 'not-json' | 'failed'; readonly message: string };

export function evaluateFeel(source: string, context: JsonObject, moment: Moment): FeelResult {
  // Most of what processes ask needs no parser; that a name was missing is then told by null alone.
  const plain = plainOf(source)?.(context, moment);
  if (plain !== undefined && plain !== undecided) return { ok: true, value: plain, warnings: [] };
  try {
    const scope = scopeOf(source, context, moment);
    const excess = overBudget(source, scope);
    if (excess) return { ok: false, code: 'budget', message: excess };
    const { value, warnings } = evaluate(source, scope);
    const json = toJson(value);
    if (json === notJson) return { ok: false, code: 'not-json', message: `"${source}" gives a function or a range, which is not data.` };
    return { ok: true, value: json, warnings: warnings.map((warning) => ({ code: warning.type, message: warning.message })) };
  } catch (error) {
    return failureOf(source, error);
  }
}

/** Only what the source can name: the interpreter copies its whole context on every call. Names that are not plain stay. */
function scopeOf(source: string, context: JsonObject, moment: Moment): Record<string, unknown> {
  const words = new Set(source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  const scope: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(context)) {
    if (words.has(name) || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) scope[name] = value;
  }
  if (words.has('now')) scope.now = () => nowOf(moment);
  if (words.has('today')) scope.today = () => new FeelDate(nowOf(moment).unwrap().toPlainDate());
  return scope;
}

function nowOf({ at, zone }: Moment): FeelDateTime {
  const instant = parseDateTime(at);
  if (!instant) throw new Error(`"${at}" is not an ISO 8601 instant.`);
  return new FeelDateTime(instant.unwrap().toZonedDateTime('UTC').withTimeZone(zone).toPlainDateTime(), zone);
}

function failureOf(source: string, error: unknown): FeelResult {
  const message = error instanceof Error ? error.message : String(error);
  const isSyntax = error instanceof Error && 'position' in error;
  if (isSyntax) return { ok: false, code: 'syntax', message: `"${source}" is not FEEL: ${message}.` };
  if (error instanceof RangeError) return { ok: false, code: 'budget', message: `"${source}" nests or recurs too deeply.` };
  return { ok: false, code: 'failed', message: `"${source}" failed: ${message}.` };
}
