/** Allen's relations of ranges and points (DMN 1.5, table 80), and `range`. Undefined: the ends cannot be compared. */
import { compareValues } from '../compare.ts';
import { parseNumber } from '../number.ts';
import { FeelRange } from '../range.ts';
import { isList, type Value } from '../value.ts';
import { type Form, form, RANGE, type Reader, TEXT, take } from './define.ts';
import { temporalOf } from './temporals.ts';

type Relation = (a: FeelRange, b: FeelRange) => boolean | undefined;

/** A point is the range from itself to itself. */
const POINT: Reader<FeelRange> = (value) => {
  const point = isList(value) && value.length === 1 ? (value[0] ?? null) : value;
  return compareValues(point, point) === null ? undefined : new FeelRange({ from: point, to: point, isFromIn: true, isToIn: true });
};

const pointPoint = (relation: Relation): Form => form([take('point1', POINT), take('point2', POINT)], ([a, b]) => relation(a, b));
const pointRange = (relation: Relation): Form => form([take('point', POINT), take('range', RANGE)], ([a, b]) => relation(a, b));
const rangePoint = (relation: Relation): Form => form([take('range', RANGE), take('point', POINT)], ([a, b]) => relation(a, b));
const rangeRange = (relation: Relation): Form => form([take('range1', RANGE), take('range2', RANGE)], ([a, b]) => relation(a, b));
const swapped =
  (relation: Relation): Relation =>
  (a, b) =>
    relation(b, a);

/** The order of two ends; an open one is beyond every other. Undefined where they cannot be compared. */
function order(a: Value, b: Value, open: { readonly a: 1 | -1; readonly b: 1 | -1 }): number | undefined {
  if (a === null || b === null) return a === b && open.a === open.b ? 0 : a === null ? open.a : -open.b;
  return compareValues(a, b) ?? undefined;
}
const starts = (a: FeelRange, b: FeelRange) => order(a.from, b.from, { a: -1, b: -1 });
const ends = (a: FeelRange, b: FeelRange) => order(a.to, b.to, { a: 1, b: 1 });
const endToStart = (a: FeelRange, b: FeelRange) => order(a.to, b.from, { a: 1, b: -1 });

const isBefore: Relation = (a, b) => {
  const gap = endToStart(a, b);
  return gap === undefined ? undefined : gap < 0 || (gap === 0 && !(a.isToIn && b.isFromIn));
};
const meets: Relation = (a, b) => {
  const gap = endToStart(a, b);
  return gap === undefined ? undefined : gap === 0 && a.isToIn && b.isFromIn;
};
const overlaps: Relation = (a, b) => {
  const [before, after] = [isBefore(a, b), isBefore(b, a)];
  return before === undefined || after === undefined ? undefined : !before && !after;
};
const overlapsBefore: Relation = (a, b) => {
  const [start, end, before] = [starts(a, b), ends(a, b), isBefore(a, b)];
  if (start === undefined || end === undefined || before === undefined) return undefined;
  return (start < 0 || (start === 0 && a.isFromIn && !b.isFromIn)) && !before && (end < 0 || (end === 0 && (!a.isToIn || b.isToIn)));
};
const overlapsAfter: Relation = (a, b) => {
  const [start, end, before] = [starts(b, a), ends(b, a), isBefore(b, a)];
  if (start === undefined || end === undefined || before === undefined) return undefined;
  return (start < 0 || (start === 0 && b.isFromIn && !a.isFromIn)) && !before && (end < 0 || (end === 0 && (!b.isToIn || a.isToIn)));
};
const includes: Relation = (a, b) => {
  const [start, end] = [starts(a, b), ends(a, b)];
  if (start === undefined || end === undefined) return undefined;
  return (start < 0 || (start === 0 && (a.isFromIn || !b.isFromIn))) && (end > 0 || (end === 0 && (a.isToIn || !b.isToIn)));
};
const finishes: Relation = (a, b) => {
  const [start, end] = [starts(a, b), ends(a, b)];
  if (start === undefined || end === undefined) return undefined;
  return end === 0 && a.isToIn === b.isToIn && (start > 0 || (start === 0 && (!a.isFromIn || b.isFromIn)));
};
const begins: Relation = (a, b) => {
  const [start, end] = [starts(a, b), ends(a, b)];
  if (start === undefined || end === undefined) return undefined;
  return start === 0 && a.isFromIn === b.isFromIn && (end < 0 || (end === 0 && (!a.isToIn || b.isToIn)));
};
const coincides: Relation = (a, b) => {
  const [start, end] = [starts(a, b), ends(a, b)];
  if (start === undefined || end === undefined) return undefined;
  return start === 0 && end === 0 && a.isFromIn === b.isFromIn && a.isToIn === b.isToIn;
};

const everyForm = (relation: Relation): readonly Form[] => [
  pointPoint(relation),
  pointRange(relation),
  rangePoint(relation),
  rangeRange(relation),
];

export const ranges: Readonly<Record<string, readonly Form[]>> = {
  before: everyForm(isBefore),
  after: everyForm(swapped(isBefore)),
  meets: [rangeRange(meets)],
  'met by': [rangeRange(swapped(meets))],
  overlaps: [rangeRange(overlaps)],
  'overlaps before': [rangeRange(overlapsBefore)],
  'overlaps after': [rangeRange(overlapsAfter)],
  finishes: [pointRange(finishes), rangeRange(finishes)],
  'finished by': [rangePoint(swapped(finishes)), rangeRange(swapped(finishes))],
  includes: [rangePoint(includes), rangeRange(includes)],
  during: [pointRange(swapped(includes)), rangeRange(swapped(includes))],
  starts: [pointRange(begins), rangeRange(begins)],
  'started by': [rangePoint(swapped(begins)), rangeRange(swapped(begins))],
  coincides: [pointPoint(coincides), rangeRange(coincides)],
  range: [form([take('from', TEXT)], ([from]) => parseRange(from) ?? undefined)],
};

const END = String.raw`(\S(?:.*\S)?|)`;
const RANGE_TEXT = new RegExp(String.raw`^\s*([[\](])\s*${END}\s*\.\.\s*${END}\s*([\])[])\s*$`, 's');

/** Of literals alone; an end that is left out is open. */
function parseRange(text: string): FeelRange | null {
  const [, open, from = '', to = '', close] = RANGE_TEXT.exec(text) ?? [];
  if (open === undefined) return null;
  const [first, last] = [literalOf(from), literalOf(to)];
  if (first === undefined || last === undefined || (first === null && last === null)) return null;
  const [isFromIn, isToIn] = [open === '[', close === ']'];
  // What is open cannot be reached.
  if ((first === null && isFromIn) || (last === null && isToIn)) return null;
  if (first !== null && last !== null && (compareValues(first, last) ?? 1) > 0) return null;
  return new FeelRange({ from: first, to: last, isFromIn, isToIn, isComparison: first === null || last === null });
}

/** Null for nothing; undefined for what is not a literal that has an order. */
function literalOf(text: string): Value | undefined {
  if (text === '') return null;
  const quoted = /^(?:@|(date and time|date|time|duration)\s*\(\s*)?"((?:[^"\\]|\\.)*)"(\s*\))?$/s.exec(text);
  if (!quoted) return parseNumber(text) ?? undefined;
  const [whole, maker, inner = '', bracket] = quoted;
  if ((maker !== undefined) !== (bracket !== undefined)) return undefined;
  if (!whole.startsWith('@') && maker === undefined) return inner.replace(/\\(.)/g, '$1');
  return temporalOf(inner) ?? undefined;
}
