/** `for`, `some`, `every` and filters. Every round counts towards the budget of the run. */
import type { Code, Inner } from './code.ts';
import { compareValues } from './compare.ts';
import { wholeOf } from './number.ts';
import { FeelRange } from './range.ts';
import type { Run } from './run.ts';
import { Scope } from './scope.ts';
import { dateAt, FeelDate } from './temporal.ts';
import { type FeelNode, nameOf } from './tree.ts';
import { isContext, isList, kindOf, type Value } from './value.ts';

interface Iterator {
  readonly name: string;
  /** Null where there is nothing that could be gone through. */
  readonly values: (scope: Scope, run: Run) => Iterable<Value> | null;
}

export function readFor(node: FeelNode, inner: Inner): Code {
  const iterators = readIterators(node, inner);
  const body = inner(lastOf(node));
  return (scope, run) => forEachOf(iterators, body, scope, run);
}

/** `partial` is what there is so far. */
export function forEachOf(iterators: readonly Iterator[], body: Code, scope: Scope, run: Run): Value {
  const results: Value[] = [];
  const soFar = {
    get partial() {
      run.iterate(results.length);
      return [...results];
    },
  };
  const isDone = everyCombination(iterators, new Scope(soFar, scope), run, (inside) => {
    results.push(body(inside, run));
    return true;
  });
  return isDone === null ? null : results;
}

export function readQuantified(node: FeelNode, inner: Inner): Code {
  const isSome = node.children[0]?.name === 'some';
  const iterators = readIterators(node, inner);
  const condition = inner(lastOf(node));
  return (scope, run) => quantify({ iterators, condition, isSome }, scope, run);
}

export interface Quantified {
  readonly iterators: readonly Iterator[];
  readonly condition: Code;
  readonly isSome: boolean;
}

/** `some` is found by true, `every` is refuted by false; what is neither leaves it unknown. */
export function quantify({ iterators, condition, isSome }: Quantified, scope: Scope, run: Run): boolean | null {
  let isUnknown = false;
  let isDecided = false;
  let isWrong = false;
  const isDone = everyCombination(iterators, scope, run, (inside) => {
    const holds = condition(inside, run);
    if (holds !== null && typeof holds !== 'boolean') {
      isWrong = true;
      run.warn('INVALID_TYPE', `A condition is a ${kindOf(holds)}.`);
    }
    isDecided ||= holds === isSome;
    isUnknown ||= holds === null;
    return !isDecided && !isWrong;
  });
  if (isDone === null || isWrong) return null;
  if (isDecided) return isSome;
  return isUnknown ? null : !isSome;
}

/** The first iterator is the slowest. False: stopped; null: something cannot be gone through. */
function everyCombination(iterators: readonly Iterator[], scope: Scope, run: Run, visit: (scope: Scope) => boolean): boolean | null {
  const [first, ...rest] = iterators;
  if (!first) return visit(scope);
  const values = first.values(scope, run);
  if (!values) return null;
  for (const value of values) {
    run.iterate();
    const isDone = everyCombination(rest, new Scope({ [first.name]: value }, scope), run, visit);
    if (isDone !== true) return isDone;
  }
  return true;
}

const lastOf = (node: FeelNode): FeelNode => {
  const last = node.children.at(-1);
  if (!last) throw new Error(`"${node.text}" has no body.`);
  return last;
};

function readIterators(node: FeelNode, inner: Inner): readonly Iterator[] {
  const expressions = node.children.filter(({ name }) => name === 'InExpressions').flatMap(({ children }) => children);
  return expressions.map((expression) => {
    const [name, , over] = expression.children;
    if (!name || !over) throw new Error(`"${expression.text}" goes through nothing.`);
    const dots = over.children.findIndex((child) => child.name === '..');
    const [from, to] = [over.children[dots - 1], over.children[dots + 1]];
    if (over.name === 'IterationContext' && dots > 0 && from && to) return { name: nameOf(name), values: readSpan(inner(from), inner(to)) };
    const list = inner(over.name === 'IterationContext' ? (over.children[0] ?? over) : over);
    return { name: nameOf(name), values: (scope, run) => itemsOf(list(scope, run), run) };
  });
}

/** One value is a list of it. */
export function itemsOf(value: Value, run: Run): Iterable<Value> | null {
  if (value instanceof FeelRange) return itemsOfRange(value, run);
  if (value === null) return run.warn('INVALID_TYPE', 'Null cannot be iterated over.');
  return isList(value) ? value : [value];
}

const readSpan =
  (from: Code, to: Code) =>
  (scope: Scope, run: Run): Iterable<Value> | null =>
    span(from(scope, run), to(scope, run)) ?? run.warn('ITERATION_BOUNDS', 'Iterations go from one whole number or date to another.');

function itemsOfRange(range: FeelRange, run: Run): Iterable<Value> | null {
  const isBackward = (compareValues(range.from, range.to) ?? 0) > 0;
  const values = isBackward ? null : span(range.from, range.to);
  if (!values) return run.warn('INVALID_TYPE', 'Only a range of whole numbers or dates can be iterated over.');
  return within(values, range);
}

function* within(values: Iterable<Value>, range: FeelRange): Iterable<Value> {
  for (const value of values) {
    const isFirst = compareValues(value, range.from) === 0;
    const isLast = compareValues(value, range.to) === 0;
    if ((!isFirst || range.isFromIn) && (!isLast || range.isToIn)) yield value;
  }
}

/** Up or down. */
function span(from: Value, to: Value): Iterable<Value> | null {
  if (from instanceof FeelDate && to instanceof FeelDate) return days(from.dayNumber, to.dayNumber);
  const [first, last] = [typeof from === 'number' ? wholeOf(from) : null, typeof to === 'number' ? wholeOf(to) : null];
  return first === null || last === null ? null : wholes(first, last);
}

function* wholes(first: number, last: number): Iterable<number> {
  const step = first <= last ? 1 : -1;
  for (let value = first; step > 0 ? value <= last : value >= last; value += step) yield value;
}

function* days(first: number, last: number): Iterable<Value> {
  for (const day of wholes(first, last)) yield dateAt(day);
}

export function readFilter(node: FeelNode, inner: Inner): Code {
  const [target, , condition] = node.children;
  if (!target || !condition) throw new Error(`"${node.text}" filters nothing.`);
  const [list, filter] = [inner(target), inner(condition)];
  const isCondition = /^(Comparison|Conjunction|Disjunction|QuantifiedExpression|InstanceOfExpression|BooleanLiteral)$/.test(
    condition.name,
  );
  return (scope, run) => filterList(list(scope, run), { filter, isCondition }, scope, run);
}

export interface Filter {
  readonly filter: Code;
  /** It cannot be a number, which would be a position. */
  readonly isCondition: boolean;
}

export function filterList(target: Value, { filter, isCondition }: Filter, scope: Scope, run: Run): Value {
  const list = isList(target) ? target : target === null ? [] : [target];
  if (!isCondition) {
    const position = run.quietly(() => filter(scope, run));
    if (typeof position === 'number') return itemAt(list, position, run);
    if (position !== null && typeof position !== 'boolean' && list.length === 0) filter(scope, run);
  }
  const kept: Value[] = [];
  for (const item of list) {
    run.iterate();
    const holds = filter(scopeOf(item, scope), run);
    if (holds === true) kept.push(item);
    else if (holds !== null && typeof holds !== 'boolean')
      return run.warn('INVALID_TYPE', `A filter is a condition or a position, not a ${kindOf(holds)}.`);
  }
  return kept;
}

/** `item`, unless it has a member of that name, and its members. */
const scopeOf = (item: Value, scope: Scope): Scope => {
  const named = new Scope({ item }, scope);
  return isContext(item) ? new Scope(item, named) : named;
};

function itemAt(list: readonly Value[], position: number, run: Run): Value {
  const at = position > 0 ? position - 1 : list.length + position;
  if (!Number.isInteger(position)) return run.warn('INVALID_ARGUMENTS', `A list has no item ${position}: a position is a whole number.`);
  const item = position === 0 ? undefined : list[at];
  return item === undefined ? run.warn('NO_ITEM_FOUND', `The list has no item ${position}.`) : item;
}
