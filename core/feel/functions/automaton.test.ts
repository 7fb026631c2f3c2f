import fc from 'fast-check';
import { expect, it } from 'vitest';
import { automatonOf } from './automaton.ts';

const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\p{L}', '[[a-c]--[b]]');
/** What repeats holds a character: of rounds with none in them the two think differently. */
const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  pattern: fc.oneof(
    fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    fc.tuple(tie('part'), tie('part')).map(([a, b]) => `${a}|${b}`),
  ),
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    atom,
    fc.tuple(atom, fc.constantFrom('*', '+', '?', '*?', '+?', '{2}', '{1,2}', '{2,}?')).map(([one, times]) => one + times),
    fc.tuple(tie('pattern'), fc.constantFrom('', '+', '{1,2}')).map(([inner, times]) => `(a(?:${inner}))${times}`),
    fc.tuple(tie('pattern'), fc.constantFrom('', '?')).map(([inner, times]) => `(?:(?:${inner})[bx])${times}`),
  ),
}));

it('an automaton finds what JavaScript finds, one match after the other', () => {
  fc.assert(
    fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'x', '😀'), maxLength: 9 }), (source, text) => {
      const found = Array.from(automatonOf(source, '')(text), ({ from, to }) => [from, to]);
      expect(found).toEqual(Array.from(text.matchAll(new RegExp(source, 'gv')), (match) => [match.index, match.index + match[0].length]));
    }),
    { numRuns: 2_000 },
  );
});
