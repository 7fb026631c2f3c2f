import { describe, expect, it } from 'vitest';
import type { Json } from '#core/json.ts';
import { holds, predicateOf } from './predicate.ts';

describe('a condition taken apart', () => {
  it.each([
    ['review.outcome = "approve"', { 'review.outcome': ['approve'] }],
    ['n > 3 and not(n = 5)', { n: [3, 5] }],
    ['isLate', { isLate: [true, false] }],
    ['null != withdrawal', { withdrawal: [null] }],
    ['n between 2 and 4', { n: [2, 4] }],
    ['kind in ("a", "b")', { kind: ['a', 'b'] }],
    ['n in [1..5]', { n: [1, 5] }],
    ['a = -1', { a: [-1] }],
  ])('understands %s', (source, constants) => {
    expect(predicateOf(source)).toMatchObject({ constants, opaque: [] });
  });

  it.each([
    ['count(list) > 2', 'opaque_0'],
    ['team = proposal.team', 'opaque_0'],
    ['urgent = true and team = proposal.team', 'urgent = true and opaque_0'],
    ['not(contains(name, "x")) or n = 1', 'not(opaque_0) or n = 1'],
    ['a > b and c > d', 'opaque_0 and opaque_1'],
  ])('leaves open what it does not understand: %s', (source, rewritten) => {
    expect(predicateOf(source).source).toBe(rewritten);
  });

  it.each<[string, Record<string, Json>, boolean | null]>([
    ['n > 3', { n: 4 }, true],
    ['n > 3', { n: null }, null],
    ['a = "x" or b', { a: 'y', b: true }, true],
    ['w != null and w.code = "late"', { w: { given: true }, 'w.code': 'late' }, true],
    ['w != null', { w: null }, false],
    ['a.b = "x"', { 'a.b': null }, false],
    ['kind in ("a", "b")', { kind: 'b' }, true],
    ['count(list) > 2 and n = 1', { opaque_0: true, n: 1 }, true],
  ])('%s with %j', (source, values, expected) => {
    expect(holds(predicateOf(source), (name) => values[name] ?? null)).toBe(expected);
  });
});
