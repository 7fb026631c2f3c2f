import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compress, decompress } from './compression.ts';

it('gives back every text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decompress(compress(text))).toBe(text);
    }),
  );
});

it('still reads what a released dictionary wrote: neither text may ever change', () => {
  expect(decompress(Buffer.from('ASOmHob2b2sB', 'base64'))).toBe('{"type":"task.claimed","elementId":"review"}');
});

it('makes a step of a journal smaller than without the common words', () => {
  const step = '{"type":"element.completed","elementId":"review","key":8,"elementType":"userTask"}';
  expect(compress(step).length).toBeLessThan(Buffer.byteLength(step) / 3);
});
