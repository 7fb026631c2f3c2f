import { describe, expect, it } from 'vitest';
import { findingsOf, openFindings, unexplained } from './findings.ts';
import type { ValidationRule } from './validation.ts';

const rule = (code: string, left: string, right: string): ValidationRule => ({
  code,
  left: { expression: left, missing: 'skip-if-any-missing' },
  operator: '<=',
  right: { expression: right, missing: 'skip-if-any-missing' },
  severity: 'warning',
  instruction: { 'zh-CN': code, en: code },
});
const set = {
  indicators: ['sepsis-bundle', 'discharge-record', 'reoperation'],
  rules: [
    rule('within', 'sepsisBundleDenominator', 'dischargeRecordDenominator'),
    rule('jump', 'dischargeRecordDenominator', 'previous.dischargeRecordDenominator * 2'),
  ],
};
const NOTHING = { violations: [], missing: [], impossible: [], outliers: [] };

describe('what was found', () => {
  it('stands at the cells that a rule judges, not at those that it compares with', () => {
    expect(findingsOf(set, { ...NOTHING, violations: ['within'] }).map(({ linkId }) => linkId)).toEqual(['sepsis-bundle.denominator']);
    expect(findingsOf(set, { ...NOTHING, violations: ['jump'] })).toEqual([
      { code: 'discharge-record', linkId: 'discharge-record.denominator', words: { 'zh-CN': 'jump', en: 'jump' }, isError: false },
    ]);
  });

  it('says of each indicator what is impossible, missing or stands out', () => {
    const found = findingsOf(set, {
      violations: [],
      impossible: ['reoperation'],
      missing: ['sepsis-bundle'],
      outliers: ['discharge-record'],
    });
    expect(found.map(({ linkId }) => linkId)).toEqual(['reoperation.numerator', 'sepsis-bundle.numerator', 'discharge-record.numerator']);
    expect(new Set(found.map(({ words }) => words.en)).size).toBe(3);
  });
});

describe('a word is asked for', () => {
  it.each([
    ['a rule that does not hold', { violations: ['within'] }, ['sepsis-bundle']],
    ['a figure that is missing', { missing: ['reoperation'] }, ['reoperation']],
    ['a value that stands out', { outliers: ['discharge-record'] }, ['discharge-record']],
    ['nothing', {}, []],
  ])('for %s', (_, found, asked) => {
    expect(unexplained(set, { ...NOTHING, ...found }, () => false)).toEqual(asked);
  });

  it('no more where there is one', () => {
    const found = { ...NOTHING, missing: ['reoperation'], outliers: ['discharge-record'] };
    expect(unexplained(set, found, (code) => code === 'reoperation')).toEqual(['discharge-record']);
  });

  it('leaves open what is wrong, and of the rest what nobody said a word about', () => {
    const found = { ...NOTHING, impossible: ['reoperation'], missing: ['sepsis-bundle'], outliers: ['discharge-record'] };
    expect(openFindings(set, { ...found, unexplained: ['sepsis-bundle'] }).map(({ code }) => code)).toEqual([
      'reoperation',
      'sepsis-bundle',
    ]);
  });
});
