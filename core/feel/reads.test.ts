import { describe, expect, it } from 'vitest';
import { readsOf } from './reads.ts';

/** `x` is read, `x?` may be missing. */
const reads = (source: string): readonly string[] =>
  readsOf(source).map(({ path, isTolerant }) => `${path.join('.')}${isTolerant ? '?' : ''}`);

describe('what an expression reads', () => {
  it.each([
    ['a + b.c', ['a', 'b.c']],
    ['a > 3', ['a']],
    ['a = "x"', ['a?']],
    ['a != null and a.b > 2', ['a?', 'a.b?']],
    ['if review = null then null else review.by', ['review?', 'review.by?']],
    ['if r.outcome = "yes" then r.team else p.team', ['r.outcome?', 'r.team?', 'p.team']],
    ['is defined(a) or b', ['a?', 'b']],
    ['count(list) > n', ['list', 'n']],
    ['for i in list return i.x + z', ['list', 'z']],
    ['some v in vs satisfies v.ok = q', ['vs', 'q?']],
    ['{a: 1, b: a + c}.b', ['c']],
    ['list[price > limit]', ['list']],
    ['(function(x) x + w)(3)', ['w']],
    ['date and time(plan.at) - duration("PT1H")', ['plan.at']],
    ['room no + 1', ['room no']],
    ['"role:manager@" + platform', ['platform']],
    ['a instance of string', ['a?']],
    ['42', []],
  ])('%s', (source, expected) => {
    expect(reads(source)).toEqual(expected);
  });
});
