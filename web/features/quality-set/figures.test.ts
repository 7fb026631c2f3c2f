import { expect, it } from 'vitest';
import { namesOf, type Rule, rounded, rulesReading, unitOf } from './figures.ts';

const rule = (code: string, left: string, right: string): Rule => ({
  code,
  left: { expression: left, missing: 'never-skip' },
  operator: '<=',
  right: { expression: right, missing: 'never-skip' },
  severity: 'warning',
  instruction: { 'zh-CN': '核对', en: 'Check' },
});
const rules = [
  rule('own', 'handHygieneNumerator', 'handHygieneDenominator'),
  rule('of-before', '1', 'previous.handHygieneNumerator * 2'),
  rule('longer-name', 'myhandHygieneNumerator', '1'),
  rule('another', 'reoperationNumerator', '1'),
];

it('finds the rules that read an indicator, of this period or the one before, and no name that merely contains it', () => {
  expect(rulesReading(rules, 'hand-hygiene').map(({ code }) => code)).toEqual(['own', 'of-before']);
});

it.each([
  [100, 'percent'],
  [1_000, 'mille'],
  [10, 'times'],
] as const)('a value shown %i times is read as %s', (multiplier, unit) => expect(unitOf({ multiplier })).toBe(unit));

it('shows a target without what calculating in binary adds', () => {
  expect([0.07 * 100, 0.005 * 1_000, 57.3 / 100].map(rounded)).toEqual([7, 5, 0.573]);
});

it('names the figures of the set as rules read them', () => {
  const indicator = { code: 'hand-hygiene' } as const;
  expect(
    namesOf({
      indicators: [
        {
          ...indicator,
          name: words,
          numerator: words,
          denominator: words,
          parameters: {},
          kind: 'ratio',
          multiplier: 1,
          improvement: 'neither',
        },
      ],
    }),
  ).toEqual(['handHygieneNumerator', 'handHygieneDenominator']);
});

const words = { 'zh-CN': '手卫生', en: 'Hand hygiene' };
