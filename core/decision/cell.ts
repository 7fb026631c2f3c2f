/**
 * One cell of a decision table. Results go through `evaluateFeel` and are JSON; inputs stay FEEL values until they have been tested, because
 * a date must be compared as a date. The clock and the zone come from the caller, never from the machine (P1).
 */
import { evaluate, FeelDate, FeelDateTime, parseDateTime, parseUnaryTests, unaryTest } from 'feelin';
import { overBudget } from '#core/feel/budget.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { Moment } from '#core/feel/moment.ts';
import { plainOf, undecided } from '#core/feel/plain.ts';
import { feelSyntaxError } from '#core/feel/syntax.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { plainTestOf } from './plain-test.ts';

export type CellResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export const evaluateResult = (source: string, context: JsonObject, moment: Moment): CellResult<Json> =>
  source === '' ? { ok: true, value: null } : evaluateFeel(source, context, moment);

export function evaluateInput(source: string, context: JsonObject, moment: Moment): CellResult<unknown> {
  const plain = plainOf(source)?.(context, moment);
  if (plain !== undefined && plain !== undecided) return { ok: true, value: plain };
  return guarded(source, context, moment, (scope) => evaluate(source, scope).value);
}

/** Does `input` satisfy the test? An empty cell and `-` are satisfied by everything. */
export function testInput(source: string, input: unknown, context: JsonObject, moment: Moment): CellResult<boolean> {
  if (isAny(source)) return { ok: true, value: true };
  const plain = plainTestOf(source)?.(input ?? null);
  if (plain !== undefined && plain !== undecided) return { ok: true, value: plain };
  return guarded(source, context, moment, (scope) => unaryTest(source, { ...scope, '?': input ?? null }).value === true);
}

const isAny = (source: string): boolean => source === '' || source === '-';

/** The syntax error of a cell, or null. */
export function syntaxErrorOf(source: string, kind: 'expression' | 'test'): string | null {
  if (kind === 'expression') return feelSyntaxError(source);
  if (isAny(source)) return null;
  let fault: string | null = null;
  parseUnaryTests(source, {}, undefined).iterate({
    enter(node) {
      if (node.type.isError) fault ??= `"${source}" is not a unary test.`;
    },
  });
  return fault;
}

function guarded<T>(source: string, context: JsonObject, moment: Moment, run: (scope: Record<string, unknown>) => T): CellResult<T> {
  try {
    // Entries of the context hide built-in functions of the same name.
    const scope = { ...context, now: () => nowOf(moment), today: () => new FeelDate(nowOf(moment).unwrap().toPlainDate()) };
    const excess = overBudget(source, scope);
    return excess ? { ok: false, message: excess } : { ok: true, value: run(scope) };
  } catch (error) {
    // Whatever feelin throws is about the text of the cell: it parses on every evaluation.
    return { ok: false, message: `"${source}" failed: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

function nowOf({ at, zone }: Moment): FeelDateTime {
  const instant = parseDateTime(at);
  if (!instant) throw new Error(`"${at}" is not an ISO 8601 instant.`);
  return new FeelDateTime(instant.unwrap().toZonedDateTime('UTC').withTimeZone(zone).toPlainDateTime(), zone);
}
