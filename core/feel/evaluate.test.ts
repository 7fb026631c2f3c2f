import fc from 'fast-check';
import { evaluate } from 'feelin';
import { describe, expect, it } from 'vitest';
import type { Json } from '#core/json.ts';
import { evaluateFeel } from './evaluate.ts';
import { plainOf, undecided } from './plain.ts';
import { feelSyntaxError } from './syntax.ts';

const moment = { at: '2026-01-01T23:30:00.123Z', zone: 'Asia/Shanghai' };
const context = { review: { outcome: 'approve', late: false }, platform: 'o1', n: 3, list: ['x'], nothing: null, 'room no': 7 };
const value = (source: string): Json => {
  const result = evaluateFeel(source, context, moment);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

const names = fc.constantFrom('a', 'b', 'o.x', 'o.y', 'o.z', 'l', 'missing', 'missing.x', 'count', 'room');
const literals = fc.constantFrom('"a"', '"bc"', '0', '1', '2.5', 'true', 'false', 'null');
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    names,
    literals,
    fc
      .tuple(tie('expression'), fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '+', 'and', 'or', '-', ' '), tie('expression'))
      .map((parts) => parts.join(' ')),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([c, a, b]) => `if ${c} then ${a} else ${b}`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `not(${inner})`),
    fc.tuple(tie('expression'), tie('expression')).map(([list, filter]) => `${list}[${filter}]`),
  ),
}));
const values = fc.constantFrom<Json>('a', 'bc', 0, 1, 2.5, true, false, null);
const contexts = fc.record({
  a: values,
  b: values,
  o: fc.oneof(fc.record({ x: values, y: values }), fc.constant(null)),
  l: fc.array(values, { maxLength: 2 }),
});

describe('FEEL in processes', () => {
  it('means the same by the short way and by the interpreter, whatever the expression', () => {
    fc.assert(
      fc.property(expression, contexts, (source, given) => {
        const plain = plainOf(source)?.(given) ?? undecided;
        fc.pre(plain !== undecided || plainOf(source)?.(given) === null);
        const long = evaluate(source, given).value ?? null;
        expect({ source, value: plainOf(source)?.(given) }).toEqual({ source, value: long });
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, Json]>([
    ['now()', '2026-01-02T07:30:00.123+08:00'],
    ['today()', '2026-01-02'],
    ['day of week(today())', 'Friday'],
    ['date(now()) + duration("P1D")', '2026-01-03'],
    ['duration("PT90M")', 'PT1H30M'],
    ['date and time("2026-01-01T00:00:00Z")', '2026-01-01T00:00:00Z'],
    ['missing.member', null],
    ['1 / 0', null],
    ['{ a: [1, date("2026-01-01")] }', { a: [1, '2026-01-01'] }],
    ['room no + n', 10],
    ['for i in 1..n return i * 2', [2, 4, 6]],
  ])('%s is %j', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  it.each([
    '"text"',
    'review.outcome',
    'review.outcome = "approve"',
    'review.outcome != "approve"',
    'review.late = false',
    'nothing = "x"',
    'list = "x"',
    'n = "3"',
    'unknown = "x"',
    '"role:manager@" + platform',
    'platform + n',
    '["a", platform]',
    '[unknown]',
    'true',
    '42',
    'review',
  ])('%s means the same by the short way and by the interpreter', (source) => {
    const long = (() => {
      try {
        return evaluate(source, context).value ?? null;
      } catch {
        return 'failed';
      }
    })();
    const short = evaluateFeel(source, context, moment);
    expect(short.ok ? short.value : 'failed').toEqual(long);
  });

  it('does not let a variable stand in for the clock', () => {
    const result = evaluateFeel('today()', { today: 'x' }, moment);
    expect(result).toMatchObject({ ok: true, value: '2026-01-02' });
  });

  it.each([
    ['syntax', 'a +'],
    ['not-json', 'function(x) x'],
    ['not-json', '[1..3]'],
    ['budget', 'for i in 1..1000000000 return i'],
    ['budget', 'some i in [1..2000], j in [1..2000] satisfies i = j'],
    ['budget', 'for i in [1000000000] return count(for j in 1..i return j)'],
  ])('fails by %s: %s', (code, source) => {
    expect(evaluateFeel(source, context, moment)).toMatchObject({ ok: false, code });
  });

  it('tells what is missing as a warning', () => {
    expect(evaluateFeel('missing > 3', {}, moment)).toMatchObject({ ok: true, value: null, warnings: [{ code: 'NO_VARIABLE_FOUND' }] });
  });

  it('finds syntax errors without values', () => {
    expect(feelSyntaxError('a = "x" and count(b) > 2')).toBeNull();
    expect(feelSyntaxError('a = ')).toContain('ends too early');
    expect(feelSyntaxError('#{a}')).toContain('cannot be read');
    expect(feelSyntaxError(' ')).toContain('empty');
  });
});
