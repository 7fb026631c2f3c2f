/**
 * The tests that tables hold most, without the interpreter: literals, comparisons of numbers and intervals, alone or in a list. Like plain
 * FEEL (`core/feel/plain.ts`): exactly what the interpreter says, or `undecided`. A property test holds the two together.
 */
import { undecided } from '#core/feel/plain.ts';
import { Remembered } from '#core/remembered.ts';

type PlainTest = (input: unknown) => boolean | typeof undecided;

const known = new Remembered<PlainTest | null>(5_000);

/** Null where the source is beyond plain tests. */
export const plainTestOf = (source: string): PlainTest | null => known.get(source, readTests);

const NUMBER = String.raw`\d{1,15}(?:\.\d{1,15})?`;
const TEST = new RegExp(
  String.raw`\s*(?:("[^"\\]*")|(true|false)|(<=|>=|<|>)?\s*(${NUMBER})(?![\w.])|([[(])\s*(${NUMBER})\s*\.\.\s*(${NUMBER})\s*([)\]]))\s*(,|$)`,
  'y',
);

function readTests(source: string): PlainTest | null {
  const tests: PlainTest[] = [];
  TEST.lastIndex = 0;
  for (;;) {
    const [, text, truth, operator, number, open, from, to, close, end] = TEST.exec(source) ?? [];
    // An interval that ends before it begins has a meaning of its own.
    if (end === undefined || Number(from) > Number(to)) return null;
    if (text !== undefined) tests.push(equals(text.slice(1, -1)));
    else if (truth !== undefined) tests.push(equals(truth === 'true'));
    else if (number !== undefined) tests.push(operator === undefined ? equals(Number(number)) : compares(operator, Number(number)));
    else tests.push(isBetween({ from: Number(from), to: Number(to), isFromIn: open === '[', isToIn: close === ']' }));
    if (end === '') return anyOf(tests);
  }
}

const anyOf =
  (tests: readonly PlainTest[]): PlainTest =>
  (input) => {
    for (const test of tests) {
      const holds = test(input);
      if (holds !== false) return holds;
    }
    return false;
  };

const equals =
  (literal: string | number | boolean): PlainTest =>
  (input) =>
    input === null || typeof input !== 'object' ? input === literal : undecided;

/** What is no number may be coerced. */
const ofNumber =
  (holds: (input: number) => boolean): PlainTest =>
  (input) =>
    typeof input === 'number' ? holds(input) : undecided;

function compares(operator: string, limit: number): PlainTest {
  if (operator === '<') return ofNumber((input) => input < limit);
  if (operator === '<=') return ofNumber((input) => input <= limit);
  return operator === '>' ? ofNumber((input) => input > limit) : ofNumber((input) => input >= limit);
}

interface Interval {
  readonly from: number;
  readonly to: number;
  readonly isFromIn: boolean;
  readonly isToIn: boolean;
}

const isBetween = ({ from, to, isFromIn, isToIn }: Interval): PlainTest =>
  ofNumber((input) => (isFromIn ? input >= from : input > from) && (isToIn ? input <= to : input < to));
