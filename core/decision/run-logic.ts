/** Boxed expressions as functions (DMN 1.5, 7.3 and 10.2). */
import type { Code } from '#core/feel/code.ts';
import { functionOf, satisfiesIn } from '#core/feel/compile.ts';
import { callNamed } from '#core/feel/compile-call.ts';
import { filterList, forEachOf, itemsOf, quantify } from '#core/feel/compile-iteration.ts';
import { Scope } from '#core/feel/scope.ts';
import { coerce, type FeelType } from '#core/feel/type.ts';
import { FeelFunction, kindOf, type Value } from '#core/feel/value.ts';
import type { BoxedContext, BoxedFunction, BoxedInvocation, BoxedIteration, BoxedRelation, Logic } from './compiled.ts';
import { failing, type Place, readExpression, withName } from './read-text.ts';
import { readTable } from './run-table.ts';

export function readLogic(logic: Logic, place: Place): Code {
  const code = readKind(logic, place);
  // The type of a function is that of its results, which `readFunction` looks after.
  return logic.kind === 'function' ? code : fitting(code, logic.type, place.ownerId);
}

/** Null, and a warning, for a value that is not of the type. */
export function fitting(code: Code, type: FeelType | undefined, name: string): Code {
  if (!type || type.kind === 'any') return code;
  return (scope, run) => {
    const value = code(scope, run);
    const fit = coerce(value, type, satisfiesIn(run));
    return fit === undefined ? run.warn('INVALID_TYPE', `"${name}" does not take this ${kindOf(value)}.`) : fit;
  };
}

function readKind(logic: Logic, place: Place): Code {
  switch (logic.kind) {
    case 'literal':
      return logic.expression === '' ? failing(place, 'There is no expression.') : readExpression(logic.expression, place);
    case 'table':
      return readTable(logic, place);
    case 'context':
      return readContext(logic, place);
    case 'list': {
      const items = logic.items.map((item) => readLogic(item, place));
      return (scope, run) => items.map((item) => item(scope, run));
    }
    case 'relation':
      return readRelation(logic, place);
    case 'function':
      return readFunction(logic, place);
    case 'invocation':
      return readInvocation(logic, place);
    case 'conditional': {
      const [condition, yes, no] = [logic.condition, logic.yes, logic.no].map((part) => readLogic(part, place));
      return (scope, run) => {
        const holds = condition?.(scope, run) ?? null;
        if (holds !== null && typeof holds !== 'boolean')
          return run.warn('INVALID_TYPE', `A condition of "${place.ownerId}" is a ${kindOf(holds)}.`);
        return (holds === true ? yes : no)?.(scope, run) ?? null;
      };
    }
    case 'filter': {
      const [list, match] = [readLogic(logic.list, place), readLogic(logic.match, withName(place, 'item'))];
      return (scope, run) => {
        const value = list(scope, run);
        return value === null ? null : filterList(value, { filter: match, isCondition: false }, scope, run);
      };
    }
    case 'for':
    case 'some':
    case 'every':
      return readIteration(logic, place);
    case 'service':
      throw new Error('A decision service is no expression.');
  }
}

/** An entry sees those before it. */
function readContext({ entries, result }: BoxedContext, place: Place): Code {
  let inside = place;
  const codes: { readonly name: string; readonly code: Code }[] = [];
  for (const { name, type, value } of entries) {
    codes.push({ name, code: fitting(readLogic(value, inside), type, name) });
    inside = withName(inside, name, type);
  }
  const last = result && readLogic(result, inside);
  return (scope, run) => {
    const context: Record<string, Value> = {};
    const within = new Scope(context, scope);
    for (const { name, code } of codes) context[name] = code(within, run);
    return last ? last(within, run) : context;
  };
}

function readRelation({ columns, rows }: BoxedRelation, place: Place): Code {
  const codes = rows.map((row) =>
    row.map((cell, index) => fitting(readLogic(cell, place), columns[index]?.type, columns[index]?.name ?? '')),
  );
  return (scope, run) => codes.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]?.(scope, run) ?? null])));
}

export function readFunction({ parameters, body, type }: BoxedFunction, place: Place, declared?: FeelType): Code {
  const inside = parameters.reduce((inner, { name, type: own }) => withName(inner, name, own), place);
  const code = readLogic(body, inside);
  // What is declared of a function is its own type, or, as earlier versions had it, that of its results.
  const [result] = [type, declared].flatMap((one) => (one === undefined ? [] : one.kind === 'function' ? (one.result ?? []) : [one]));
  return (scope) => functionOf(parameters, scope, code, result);
}

function readInvocation({ called, bindings }: BoxedInvocation, place: Place): Code {
  const target = readLogic(called, place);
  const values = bindings.map(({ name, value }) => ({ name, code: readLogic(value, place) }));
  return (scope, run) => {
    const function_ = target(scope, run);
    if (!(function_ instanceof FeelFunction)) return run.warn('NO_FUNCTION_FOUND', `"${place.ownerId}" invokes a ${kindOf(function_)}.`);
    return callNamed(function_, Object.fromEntries(values.map(({ name, code }) => [name, code(scope, run)])), run);
  };
}

function readIteration({ kind, variable, list, body }: BoxedIteration, place: Place): Code {
  const over = readLogic(list, place);
  const inside = readLogic(body, withName(withName(place, variable), 'partial'));
  const iterators = [{ name: variable, values: (scope: Scope, run: Parameters<Code>[1]) => itemsOf(over(scope, run), run) }];
  if (kind === 'for') return (scope, run) => forEachOf(iterators, inside, scope, run);
  return (scope, run) => quantify({ iterators, condition: inside, isSome: kind === 'some' }, scope, run);
}
