/** Functions of lists (DMN 1.5, table 76) and `sort`. */

import { calculate } from '../arithmetic.ts';
import { compareValues, isEqual } from '../compare.ts';
import {
  add,
  compareNumbers,
  decimalOf,
  divide,
  type FeelNumber,
  isNumber,
  multiply,
  numberOf,
  placeOf,
  squareRoot,
  subtract,
} from '../number.ts';
import type { Run } from '../run.ts';
import { type FeelFunction, isDuration, isList, type Value } from '../value.ts';
import { weigh } from '../weight.ts';
import { ANY, type Form, FUNCTION, form, LIST, mayTake, NUMBER, take, takeAll } from './define.ts';

/** A list, or its items one by one. */
const ofList = (give: (list: readonly Value[], run: Run) => Value | undefined): readonly Form[] => [
  form([take('list', LIST)], ([list], run) => give(list, run)),
  form([takeAll('list', ANY)], ([list], run) => (list.length > 1 ? give(list, run) : undefined)),
];

const ofNumbers = (give: (numbers: readonly FeelNumber[]) => Value | undefined): readonly Form[] =>
  ofList((list) => (list.every(isNumber) ? give(list) : undefined));

export const lists: Readonly<Record<string, readonly Form[]>> = {
  'list contains': [
    form([take('list', LIST), take('element', ANY)], ([list, element]) => list.some((item) => isEqual(item, element) === true)),
  ],
  count: [form([take('list', LIST)], ([list]) => list.length)],
  min: ofList((list) => extreme(list, -1)),
  max: ofList((list) => extreme(list, 1)),
  sum: ofList((list) => (list.length === 0 ? null : sumOf(list))),
  mean: ofList((list) => {
    const total = list.length === 0 ? undefined : sumOf(list);
    return total === undefined || total === null ? undefined : calculate('/', total, list.length);
  }),
  all: ofList((list) => allOf(list, false)),
  any: ofList((list) => allOf(list, true)),
  sublist: [
    form([take('list', LIST), take('start position', NUMBER), mayTake('length', NUMBER)], ([list, start, length]) => {
      const [from, count] = [placeOf(start), length === undefined ? list.length : placeOf(length)];
      if (!from || count === null || Math.abs(from) > list.length || count < (length === undefined ? 0 : 1)) return undefined;
      const begin = from > 0 ? from - 1 : list.length + from;
      if (length !== undefined && begin + count > list.length) return undefined;
      return list.slice(begin, begin + count);
    }),
  ],
  append: [form([take('list', LIST), takeAll('item', ANY)], ([list, items]) => [...list, ...items])],
  concatenate: [form([takeAll('list', LIST)], ([all]) => all.flat())],
  'insert before': [
    form([take('list', LIST), take('position', NUMBER), take('newItem', ANY)], ([list, position, item]) => {
      const at = placeIn(list, position);
      return at === null ? undefined : [...list.slice(0, at), item, ...list.slice(at)];
    }),
  ],
  remove: [
    form([take('list', LIST), take('position', NUMBER)], ([list, position]) => {
      const at = placeIn(list, position);
      return at === null ? undefined : list.filter((_, index) => index !== at);
    }),
  ],
  'list replace': [
    form([take('list', LIST), take('position', NUMBER), take('newItem', ANY)], ([list, position, item]) => {
      const at = placeIn(list, position);
      return at === null ? undefined : list.map((old, index) => (index === at ? item : old));
    }),
    form([take('list', LIST), take('match', FUNCTION), take('newItem', ANY)], ([list, match, item], run) =>
      replaced(list, match, { item, run }),
    ),
  ],
  reverse: [form([take('list', LIST)], ([list]) => [...list].reverse())],
  'index of': [
    form([take('list', LIST), take('match', ANY)], ([list, match]) =>
      list.flatMap((item, index) => (isEqual(item, match) === true ? [index + 1] : [])),
    ),
  ],
  union: [form([takeAll('list', LIST)], ([all], run) => distinct(all.flat(), run))],
  'distinct values': [form([take('list', LIST)], ([list], run) => distinct(list, run))],
  flatten: [
    form([take('list', LIST)], ([list], run) => {
      weigh(list, run);
      return flattened(list);
    }),
  ],
  product: ofNumbers((all) => (all.length === 0 ? null : all.reduce((total: FeelNumber | null, n) => total && multiply(total, n), 1))),
  median: ofNumbers((all) => {
    if (all.length === 0) return null;
    const sorted = [...all].sort(compareNumbers);
    const middle = Math.floor(sorted.length / 2);
    const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
    return sorted.length % 2 === 1 ? high : half(add(low, high));
  }),
  stddev: ofNumbers((all) => (all.length < 2 ? undefined : (deviation(all) ?? undefined))),
  mode: ofNumbers((all) => modeOf(all)),
  sort: [form([take('list', LIST), mayTake('precedes', FUNCTION)], ([list, precedes], run) => sorted(list, precedes, run))],
};

const half = (n: FeelNumber | null): FeelNumber | null => n && divide(n, 2);

/** Of a position from 1, or from the end by -1, its index; null where there is none. */
function placeIn(list: readonly Value[], position: FeelNumber): number | null {
  const at = placeOf(position);
  if (!at || Math.abs(at) > list.length) return null;
  return at > 0 ? at - 1 : list.length + at;
}

function extreme(list: readonly Value[], sign: 1 | -1): Value | undefined {
  const [first, ...rest] = list;
  if (first === undefined) return null;
  let best = first;
  // What cannot be compared with itself cannot be the least of anything.
  if (compareValues(first, first) === null) return undefined;
  for (const item of rest) {
    const order = compareValues(item, best);
    if (order === null) return undefined;
    if (order * sign > 0) best = item;
  }
  return best;
}

/** Of numbers, or of durations of one kind. */
function sumOf(list: readonly Value[]): Value | undefined {
  const [first, ...rest] = list;
  if (first === undefined || (!isNumber(first) && !isDuration(first))) return undefined;
  let total: Value = first;
  for (const item of rest) {
    const next: Value | undefined = isNumber(item) || isDuration(item) ? calculate('+', total, item) : undefined;
    if (next === undefined || next === null) return undefined;
    total = next;
  }
  return total;
}

/** `any` finds true, `all` finds false; else a value that is neither makes it unknown. */
function allOf(list: readonly Value[], wanted: boolean): boolean | null | undefined {
  if (list.includes(wanted)) return wanted;
  return list.every((item) => item === !wanted)
    ? !wanted
    : list.every((item) => item === null || typeof item === 'boolean')
      ? null
      : undefined;
}

function replaced(
  list: readonly Value[],
  match: FeelFunction,
  { item, run }: { readonly item: Value; readonly run: Run },
): Value | undefined {
  if (match.parameters.length !== 2) return undefined;
  const found: Value[] = [];
  for (const old of list) {
    run.iterate();
    const isMatch = match.call([old, item], run);
    if (typeof isMatch !== 'boolean') return undefined;
    found.push(isMatch ? item : old);
  }
  return found;
}

function distinct(list: readonly Value[], run: Run): readonly Value[] {
  const kept: Value[] = [];
  for (const item of list) {
    run.iterate(kept.length + 1);
    if (!kept.some((other) => isEqual(other, item) === true)) kept.push(item);
  }
  return kept;
}

const flattened = (list: readonly Value[]): readonly Value[] => list.flatMap((item) => (isList(item) ? flattened(item) : [item]));

/** Of a sample. */
function deviation(all: readonly FeelNumber[]): FeelNumber | null {
  const total = sumOf(all);
  const mean = isNumber(total ?? null) ? divide(total as FeelNumber, all.length) : null;
  if (mean === null) return null;
  let squares = decimalOf(0);
  for (const n of all) squares = squares.plus(decimalOf(subtract(n, mean) ?? 0).pow(2));
  const variance = numberOf(squares.div(all.length - 1));
  return variance && squareRoot(variance);
}

function modeOf(all: readonly FeelNumber[]): readonly FeelNumber[] {
  const counted: { readonly n: FeelNumber; readonly times: number }[] = [];
  for (const n of [...all].sort(compareNumbers)) {
    const last = counted.at(-1);
    if (last && compareNumbers(last.n, n) === 0) counted[counted.length - 1] = { n, times: last.times + 1 };
    else counted.push({ n, times: 1 });
  }
  const most = Math.max(0, ...counted.map(({ times }) => times));
  return counted.filter(({ times }) => times === most).map(({ n }) => n);
}

/** Merges, so that a function that contradicts itself still comes to an end. */
function sorted(list: readonly Value[], precedes: FeelFunction | undefined, run: Run): readonly Value[] | undefined {
  if (list.length < 2) return list;
  const middle = Math.floor(list.length / 2);
  const left = sorted(list.slice(0, middle), precedes, run);
  const right = sorted(list.slice(middle), precedes, run);
  if (!left || !right) return undefined;
  const merged: Value[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    run.iterate();
    const comesFirst = isBefore(right[r] ?? null, left[l] ?? null, { precedes, run });
    if (comesFirst === null) return undefined;
    merged.push((comesFirst ? right[r++] : left[l++]) ?? null);
  }
  return [...merged, ...left.slice(l), ...right.slice(r)];
}

function isBefore(
  a: Value,
  b: Value,
  { precedes, run }: { readonly precedes: FeelFunction | undefined; readonly run: Run },
): boolean | null {
  if (precedes) {
    const holds = precedes.call([a, b], run);
    return typeof holds === 'boolean' ? holds : null;
  }
  const order = compareValues(a, b);
  return order === null ? null : order < 0;
}
