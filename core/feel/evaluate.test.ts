import fc from 'fast-check';
import { evaluate } from 'feelin';
import { describe, expect, it } from 'vitest';
import type { Json } from '#core/json.ts';
import { evaluateFeel } from './evaluate.ts';
import { feelSyntaxError } from './syntax.ts';

const moment = { at: '2026-01-01T23:30:00.123Z', zone: 'Asia/Shanghai' };
const context = { review: { outcome: 'approve', late: false }, platform: 'o1', n: 3, list: ['x'], nothing: null, 'room no': 7 };
const value = (source: string): Json => {
  const result = evaluateFeel(source, context, moment);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

const single = fc.constantFrom('a', 'b', 'd', 'o.x', 'o.y', 'o.z', 'missing', 'missing.x', 'count', 'room');
const names = fc.oneof(single, fc.constant('l'));
const times = fc.constantFrom(
  'd',
  'a',
  'date',
  '"2026-12-31T23:30:00+08:00"',
  '"2026-01-01T00:10:00-05:30"',
  '"2024-02-29T00:00:00Z"',
  '"2026-02-29T00:00:00Z"',
  '"2026-01-01T24:00:00Z"',
  '"2026-01-01T08:00:00"',
  '"2026-12-09T02:00:00.000Z"',
  '"2026-12-09T02:00:10.5+08:00"',
  '"2026-12-09T02:00:00.120Z"',
  '"2026-12-09T02:00:00.1234Z"',
);
const spans = fc.constantFrom('"PT24H"', '"P1D"', '"PT90M"', '"P1DT1H1M1S"', '"P1M"', '"-PT1H"', '"PT"', 'a');
const literals = fc.constantFrom('"a"', '"bc"', '0', '1', '2.5', 'true', 'false', 'null');
const { expression } = fc.letrec<{ expression: string; scalar: string }>((tie) => ({
  // feelin calls lists equal that are not.
  scalar: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    single,
    literals,
    fc
      .tuple(tie('scalar'), fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '+', 'and', 'or', '-', ' '), tie('scalar'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
  ),
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    names,
    tie('scalar'),
    // Between moments of different offsets feelin counts wall clocks: nothing is subtracted here.
    fc.tuple(tie('expression'), fc.constantFrom('<', '<=', '>', '>=', '+', 'and', 'or'), tie('expression')).map((parts) => parts.join(' ')),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([c, a, b]) => `if ${c} then ${a} else ${b}`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    tie('expression').map((inner) => `(${inner})`),
    // feelin does not take a list of one for its item.
    fc.tuple(tie('scalar'), tie('scalar')).map(([left, right]) => `not(${left} = ${right})`),
    // feelin drops a false that a filter keeps.
    fc
      .tuple(fc.array(fc.constantFrom('"a"', '"bc"', '1'), { minLength: 1, maxLength: 3 }), tie('scalar'), tie('scalar'))
      .map(([items, left, right]) => `[${items.join(', ')}][${left} = ${right}]`),
    times.map((text) => `date and time(${text})`),
    fc.tuple(times, fc.constantFrom('+', '-'), spans).map(([text, sign, span]) => `date and time(${text}) ${sign} duration(${span})`),
    fc
      .tuple(fc.constantFrom('x', 'a', 'count'), tie('expression'), tie('expression'))
      .map(([name, list, body]) => `for ${name} in ${list} return ${body}`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `concatenate(${items.map((item) => `[${item}]`).join(', ')})`),
  ),
}));
const values = fc.constantFrom<Json>('a', 'bc', 0, 1, 2.5, true, false, null);
const contexts = fc.record({
  a: values,
  b: values,
  o: fc.oneof(fc.record({ x: values, y: values }, { noNullPrototype: true }), fc.constant(null)),
  d: fc.constantFrom<Json>('2026-12-01T09:00:00+08:00', '2026-12-01T01:00:00Z', '2026-12-01', null),
  l: fc.array(values, { maxLength: 2 }),
});

/** Undefined where it warns, fails, or gives nothing or a part of nothing. */
function byFeelin(source: string, given: Record<string, unknown>): unknown {
  try {
    const { value, warnings } = evaluate(source, given);
    const json = JSON.stringify(value ?? null);
    return warnings.length > 0 || json.includes('null') ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}

describe('FEEL in processes', () => {
  it('means what feelin means, wherever that gives a value and neither finds anything wrong', () => {
    fc.assert(
      fc.property(expression, contexts, (source, given) => {
        const other = byFeelin(source, given);
        const ours = evaluateFeel(source, given, moment);
        fc.pre(other !== undefined && ours.ok && ours.warnings.length === 0);
        expect({ source, given, value: ours.ok ? ours.value : null }).toEqual({ source, given, value: other });
      }),
      { numRuns: 500 },
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
    ['now() > date and time("2026-01-02T07:30:00+08:00")', true],
    ['now() > date and time("2026-01-02T07:30:01+08:00")', false],
    ['if now() < date and time("2027-01-01T00:00:00Z") - duration("P1D") then "soon" else "late"', 'soon'],
  ])('%s is %j', (source, expected) => {
    expect(value(source)).toEqual(expected);
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
    ['budget', 'every i in [1..2000], j in [1..2000] satisfies i + j > 0'],
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

it.each(['+1', '1 + + 1', '(+ n)', '[1, +n]', 'if true then + 1 else 0'])(
  '%s is not FEEL: there is no plus without a left side',
  (source) => {
    expect(evaluateFeel(source, context, moment)).toMatchObject({ ok: false, code: 'syntax', message: expect.stringContaining('from "+') });
    expect(feelSyntaxError(source)).toContain('from "+');
  },
);

describe('null says why', () => {
  const codes = (source: string): readonly string[] => {
    const result = evaluateFeel(source, context, moment);
    return result.ok && result.value === null ? result.warnings.map(({ code }) => code) : ['not null'];
  };

  it.each([
    ['{a: 1}.b', 'NO_CONTEXT_ENTRY_FOUND'],
    ['review.missing', 'NO_CONTEXT_ENTRY_FOUND'],
    ['nothing.a', 'NO_CONTEXT_ENTRY_FOUND'],
    ['1 and 2', 'INVALID_TYPE'],
    ['true and "yes"', 'INVALID_TYPE'],
    ['false or 1', 'INVALID_TYPE'],
    ['[1, 2, 3][1.5]', 'INVALID_ARGUMENTS'],
    ['1 in [1..null]', 'NOT_COMPARABLE'],
  ])('%s', (source, code) => {
    expect(codes(source)).toEqual([code]);
  });

  it.each(['review.missing = null', 'nothing.a != "x"', 'null and true'])('but %s asks for nothing that is amiss', (source) => {
    expect(evaluateFeel(source, context, moment)).toMatchObject({ ok: true, warnings: [] });
  });
});

describe('a duration added to a moment of a named zone', () => {
  const berlin = (text: string): string => `date and time("${text}@Europe/Berlin")`;

  it.each([
    ['2020-03-28T22:30:00', 'PT6H'],
    ['2020-03-29T01:30:00', 'PT1H'],
    ['2020-10-25T01:30:00', 'PT1H'],
    ['2020-10-25T01:30:00', 'PT2H'],
    ['2020-10-24T12:00:00', 'P1D'],
    ['-2021-01-01T10:10:10', 'PT1H'],
    ['12021-07-01T10:10:10', 'P200D'],
  ])('%s + %s is so much later as time passes', (start, span) => {
    const moved = `${berlin(start)} + duration("${span}")`;
    expect(value(`(${moved}) - ${berlin(start)} = duration("${span}")`)).toBe(true);
    expect(value(`(${moved}) - duration("${span}") = ${berlin(start)}`)).toBe(true);
  });

  it('keeps its zone, and gives no time that the clocks skip', () => {
    expect(value(`string(${berlin('2020-03-29T01:30:00')} + duration("PT1H"))`)).toBe('2020-03-29T03:30:00@Europe/Berlin');
    expect(value(`string(${berlin('2020-03-29T05:30:00')} - duration("PT6H"))`)).toBe('2020-03-28T22:30:00@Europe/Berlin');
  });

  it('is written with its offset in the hour that the clocks show again, which the zone alone does not tell', () => {
    expect(value(`string(${berlin('2020-10-25T01:30:00')} + duration("PT2H"))`)).toBe('2020-10-25T02:30:00+01:00');
  });

  it('of months moves in the calendar', () => {
    expect(value(`string(${berlin('2020-02-29T12:00:00')} + duration("P1M"))`)).toBe('2020-03-29T12:00:00@Europe/Berlin');
  });
});
