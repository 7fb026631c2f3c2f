import fc from 'fast-check';
import { unaryTest } from 'feelin';
import { expect, it } from 'vitest';
import { undecided } from '#core/feel/plain.ts';
import { plainTestOf } from './plain-test.ts';

const numbers = fc.constantFrom('0', '1', '2.5', '10', '-1');
const one = fc.oneof(
  fc.constantFrom('"a"', '"b c"', '"1"', '""', 'true', 'false', 'null', 'a', '-', 'not("a")', '? > 1'),
  numbers,
  fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), numbers).map(([operator, number]) => `${operator} ${number}`),
  fc
    .tuple(fc.constantFrom('[', '(', ']'), numbers, numbers, fc.constantFrom(']', ')', '['))
    .map(([open, from, to, close]) => `${open}${from}..${to}${close}`),
);
const tests = fc.array(one, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(', '));
const inputs = fc.constantFrom<unknown>('a', 'b c', '1', '', 0, 1, 2, 2.5, 10, -1, true, false, null, ['a'], [1, 2], { a: 1 });

it('says of a test in a table what the interpreter says, or leaves it to the interpreter', () => {
  fc.assert(
    fc.property(tests, inputs, (source, input) => {
      const plain = plainTestOf(source)?.(input);
      fc.pre(plain !== undefined && plain !== undecided);
      expect({ source, input, holds: plain }).toEqual({ source, input, holds: unaryTest(source, { '?': input }).value === true });
    }),
    { numRuns: 2_000 },
  );
});

it.each(['"a"', '"a","b"', '1', '< 5', '[1..5)', 'true'])('decides %s by itself', (source) => {
  expect(plainTestOf(source)?.(1)).not.toBe(undecided);
  expect(plainTestOf(source)).not.toBeNull();
});
