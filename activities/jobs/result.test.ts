import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#core/json.ts';
import { VALUES_BYTES_MAX } from '#core/process/sizes.ts';
import { problemOf } from './result.ts';

const nested = (depth: number): Json => (depth === 0 ? 'x' : [nested(depth - 1)]);

describe('the result of a job', () => {
  it('is taken where it is JSON of bounded size', () => {
    expect(problemOf({ 名字: '王小明 😀', n: 1.5, list: [null, true, { a: [] }], deep: nested(60) })).toBeNull();
  });

  it.each([
    ['half a character', { a: ['\ud83d'] }, /half a character/],
    ['half a character in a name', { '\udc00': 1 }, /half a character/],
    ['no end of a number', { a: Number.NaN }, /number without an end/],
    ['something that is no JSON', { a: undefined } as unknown as JsonObject, /undefined/],
    ['too much depth', { a: nested(70) }, /nested more than 64 deep/],
    ['too many bytes', { a: 'x'.repeat(VALUES_BYTES_MAX) }, new RegExp(`more than ${VALUES_BYTES_MAX} bytes`)],
  ] as const)('with %s is refused in words', (_name, result, words) => {
    expect(problemOf(result)).toMatch(words);
  });
});
