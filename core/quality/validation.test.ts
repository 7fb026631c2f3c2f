import { describe, expect, it } from 'vitest';
import { checkReport } from './figure-check.ts';
import { indicatorSet } from './indicator-set.ts';
import { median, type OutlierMethod, outlierVerdict, storedBounds } from './outliers.ts';
import { ruleProblems, type ValidationRule, validationRule, violationsOf } from './validation.ts';

const NOW = { at: '2026-11-30T00:00:00.000Z', zone: 'Asia/Shanghai' };
const side = (expression: string, missing: ValidationRule['left']['missing'] = 'skip-if-any-missing') => ({ expression, missing });
const rule = (left: ValidationRule['left'], operator: ValidationRule['operator'], right: ValidationRule['right']): ValidationRule =>
  validationRule.parse({ code: 'r', left, operator, right, severity: 'error', instruction: { 'zh-CN': '核对', en: 'Check' } });

type Values = Readonly<Record<string, number | null>>;
const breaks = (given: ValidationRule, current: Values, previous: Values | null = null): boolean =>
  violationsOf([given], { current, previous }, NOW).length > 0;

describe('a rule', () => {
  it.each([
    ['=', 2, 2, false],
    ['=', 1, 2, true],
    ['!=', 2, 2, true],
    ['<', 1, 2, false],
    ['<', 2, 2, true],
    ['<=', 2, 2, false],
    ['<=', 3, 2, true],
    ['>', 3, 2, false],
    ['>', 2, 2, true],
    ['>=', 2, 2, false],
    ['>=', 1, 2, true],
    ['both-or-neither', 1, null, true],
    ['both-or-neither', null, null, false],
    ['both-or-neither', 1, 0, false],
    ['not-both', 1, 2, true],
    ['not-both', 1, null, false],
  ] as const)('%s of %s and %s: broken %s', (operator, a, b, expected) =>
    expect(breaks(rule(side('a', 'never-skip'), operator, side('b', 'never-skip')), { a, b })).toBe(expected),
  );

  it.each([
    ['never-skip', { a: null, b: null }, true],
    ['never-skip', { a: null, b: 6 }, false],
    ['skip-if-all-missing', { a: null, b: null }, false],
    ['skip-if-all-missing', { a: null, b: 1 }, true],
    ['skip-if-any-missing', { a: null, b: 1 }, false],
    ['skip-if-any-missing', { a: 1, b: 1 }, true],
  ] as const)('of which figures are missing, %s, %j: broken %s', (missing, current, expected) =>
    expect(breaks(rule(side('a + b', missing), '>=', side('5', 'never-skip')), current)).toBe(expected),
  );

  it('compares with the period before, where there was one', () => {
    const doubled = rule(side('a'), '<=', side('previous.a * 2'));
    expect(breaks(doubled, { a: 21 }, { a: 10 })).toBe(true);
    expect(breaks(doubled, { a: 20 }, { a: 10 })).toBe(false);
    expect(breaks(doubled, { a: 21 })).toBe(false);
  });

  it('says what its sides came to', () =>
    expect(violationsOf([rule(side('a'), '<=', side('b'))], { current: { a: 3, b: 2 }, previous: null }, NOW)).toEqual([
      { rule: 'r', severity: 'error', left: 3, right: 2 },
    ]));

  it('that names what is no figure, or is no FEEL, is found before it is stored', () => {
    expect(ruleProblems(rule(side('a'), '<=', side('previous.b')), ['a', 'b'])).toEqual([]);
    expect(ruleProblems(rule(side('c'), '<=', side('previous.d')), ['a', 'b'])).toHaveLength(2);
    expect(ruleProblems(rule(side('a +'), '<=', side('b')), ['a', 'b'])).toHaveLength(1);
  });
});

describe('an outlier', () => {
  const past = [10, 12, 11, 13, 12, 11, 10];
  const z: OutlierMethod = { kind: 'z-score', threshold: 3 };
  const modified: OutlierMethod = { kind: 'modified-z-score', threshold: 3.5 };
  it.each([
    [z, 14, false],
    [z, 15, true],
    [modified, 16, false],
    [modified, 17, true],
    [{ kind: 'min-max', min: 5, max: 20 }, 20, false],
    [{ kind: 'min-max', min: 5, max: 20 }, 20.1, true],
  ] as const)('%j of %d: %s', (method, value, expected) => expect(outlierVerdict(method, value, past)?.isOutlier).toBe(expected));

  it('scores as worked out by hand', () => {
    // Mean 11.2857, standard deviation 1.1127; median 11, median deviation 1.
    expect(outlierVerdict(z, 15, past)?.score).toBeCloseTo(3.3382, 3);
    expect(outlierVerdict(modified, 17, past)?.score).toBeCloseTo(4.047, 4);
  });

  it('hides itself from the z-score by its own kind, not from the modified one', () => {
    const spoilt = [...past, 60, 62];
    expect(outlierVerdict(z, 40, spoilt)?.isOutlier).toBe(false);
    expect(outlierVerdict(modified, 40, spoilt)?.isOutlier).toBe(true);
  });

  it('is nothing that too few others could tell', () => {
    expect(outlierVerdict(z, 40, [10, 11])).toBeNull();
    expect(storedBounds([10, 11])).toBeNull();
  });

  it('has a median of either count', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });
});

describe('a report', () => {
  const set = indicatorSet.parse({
    code: 'core',
    version: 1,
    name: { 'zh-CN': '核心', en: 'Core' },
    frequency: 'month',
    indicators: ['a', 'b'],
    rules: [
      {
        code: 'more',
        left: side('aDenominator'),
        operator: '>=',
        right: side('bDenominator'),
        severity: 'warning',
        instruction: { 'zh-CN': '核对', en: 'Check' },
      },
    ],
    outliers: { kind: 'modified-z-score', threshold: 3.5 },
    dueDays: 10,
    lockDays: 20,
    feedbackDays: 30,
  });
  const definitions = ['a', 'b'].map((code) => ({ code, kind: 'proportion' })) as never;
  const check = (a: readonly (number | null)[], b: readonly (number | null)[], past: Readonly<Record<string, readonly number[]>> = {}) => {
    const figures = [
      { code: 'a', numerator: a[0] ?? null, denominator: a[1] ?? null },
      { code: 'b', numerator: b[0] ?? null, denominator: b[1] ?? null },
    ];
    return checkReport({ set, definitions, figures, previous: null, past }, NOW);
  };

  it.each([
    ['is valid', [8, 10], [7, 10], { verdict: 'valid' }],
    [
      'is warned of a broken rule',
      [8, 10],
      [7, 11],
      { verdict: 'warned', violations: [{ rule: 'more', severity: 'warning', left: 10, right: 11 }] },
    ],
    ['is warned of what is missing', [8, 10], [null, 10], { verdict: 'warned', missing: ['b'] }],
    ['is invalid with more cases than there are', [11, 10], [7, 10], { verdict: 'invalid', impossible: ['a'] }],
    ['is invalid with less than nothing', [8, 10], [-1, 10], { verdict: 'invalid', impossible: ['b'] }],
  ])('%s', (_, a, b, expected) => expect(check(a, b)).toMatchObject(expected));

  it('is warned of what stands out of its own past', () =>
    expect(check([2, 10], [7, 10], { a: [0.8, 0.82, 0.79, 0.81] })).toMatchObject({ verdict: 'warned', outliers: ['a'] }));

  it('of a set whose rules name no figure cannot be defined', () =>
    expect(indicatorSet.safeParse({ ...set, rules: [{ ...set.rules[0], left: side('x') }] }).success).toBe(false));
});
