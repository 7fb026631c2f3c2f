import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factName, figuresOf, figureValue, variablesOf } from './figure.ts';
import { obligedIn } from './obligation.ts';
import { FREQUENCIES, lastPeriodBefore, periodBefore, periodOn, readPeriod } from './period.ts';
import { type Report, reportingOf } from './rates.ts';

const figure = (code: string, numerator: number | null = 1, denominator: number | null = 2) => ({ code, numerator, denominator });
const report = (organisationId: string, more: Partial<Report> = {}): Report => ({
  organisationId,
  version: 1,
  isOnTime: true,
  figures: [figure('a')],
  ...more,
});

describe('the value of a figure', () => {
  it.each([
    [3, 4, { kind: 'value', value: 0.75 }],
    [0, 4, { kind: 'value', value: 0 }],
    [null, 4, { kind: 'missing' }],
    [3, null, { kind: 'missing' }],
    [0, 0, { kind: 'no-cases' }],
  ])('%s of %s', (numerator, denominator, expected) => expect(figureValue({ numerator, denominator })).toEqual(expected));

  it('goes into facts and comes back', () => {
    expect(factName('urgent-consult-10', 'numerator')).toBe('urgentConsult10Numerator');
    const figures = [figure('urgent-consult', 3, 4), figure('sepsis-bundle', null, 9)];
    expect(figuresOf(['urgent-consult', 'sepsis-bundle'], variablesOf(figures))).toEqual(figures);
    expect(figuresOf(['a'], { aNumerator: '3' })).toEqual([figure('a', null, null)]);
  });
});

describe('a period', () => {
  it.each([
    ['day', '2026-11-30', '2026-11-30', '2026-11-30', '2026-11-30'],
    ['week', '2026-12-31', '2026-W53', '2026-12-28', '2027-01-03'],
    ['week', '2027-01-03', '2026-W53', '2026-12-28', '2027-01-03'],
    ['month', '2028-02-10', '2028-02', '2028-02-01', '2028-02-29'],
    ['quarter', '2026-11-30', '2026-Q4', '2026-10-01', '2026-12-31'],
    ['year', '2026-11-30', '2026', '2026-01-01', '2026-12-31'],
  ] as const)('of a %s around %s', (frequency, date, code, from, to) => expect(periodOn(frequency, date)).toEqual({ code, from, to }));

  it('is read from its code, follows the one before without a gap, and is over when a cycle asks for it', () => {
    const dates = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.constantFrom(...FREQUENCIES), dates, (frequency, date) => {
        const period = periodOn(frequency, date);
        expect(readPeriod(period.code)).toEqual({ ...period, frequency });
        const before = periodBefore(frequency, period);
        expect(Date.parse(period.from) - Date.parse(before.to)).toBe(86_400_000);
        expect(lastPeriodBefore(frequency, date).to < date).toBe(true);
      }),
    );
  });

  it.each(['2026-13', '2026-Q5', '2026-W54', '2026-02-30', 'soon'])('is not %s', (code) => expect(readPeriod(code)).toBeNull());
});

describe('who is obliged', () => {
  const november = periodOn('month', '2026-11-15');
  const held = (from: string, to: string | null = null) => [{ organisationId: 'h', from, to }];
  it.each([
    ['from the day on which the period begins', held('2026-11-01'), [], ['h']],
    ['not who joined within it', held('2026-11-02'), [], []],
    ['until the day on which it ends', held('2020-01-01', '2026-11-30'), [], ['h']],
    ['not who left within it', held('2020-01-01', '2026-11-29'), [], []],
    [
      'not who was exempted for a day of it',
      held('2020-01-01'),
      [{ organisationId: 'h', from: '2026-11-30', to: null, reason: '停诊' }],
      [],
    ],
    [
      'again after an exemption',
      held('2020-01-01'),
      [{ organisationId: 'h', from: '2026-09-01', to: '2026-10-31', reason: '停诊' }],
      ['h'],
    ],
    ['once, however often it stands there', [...held('2020-01-01'), ...held('2026-01-01')], [], ['h']],
  ])('%s', (_, obligations, exemptions, expected) => expect(obligedIn(november, { obligations, exemptions })).toEqual(expected));
});

describe('the five rates', () => {
  const expected = ['h1', 'h2', 'h3', 'h4'];

  it('count each hospital once, by its first report', () => {
    const reports = [
      report('h1'),
      report('h1', { version: 2, isOnTime: false, figures: [figure('a', null)] }),
      report('h2', { isOnTime: false, figures: [figure('a'), figure('b', null)] }),
      report('h3', { figures: [] }),
      report('stranger'),
    ];
    expect(reportingOf({ expected, reports, codes: ['a', 'b'] })).toEqual({
      expected: 4,
      actual: 3,
      actualOnTime: 2,
      rate: 0.75,
      rateOnTime: 0.5,
      missing: ['h4'],
      unexpected: ['stranger'],
      completeness: [
        { code: 'a', given: 1, share: 0.25 },
        { code: 'b', given: 0, share: 0 },
      ],
    });
  });

  it('are none where nobody is expected', () =>
    expect(reportingOf({ expected: [], reports: [report('h1')], codes: ['a'] })).toMatchObject({
      rate: null,
      rateOnTime: null,
      unexpected: ['h1'],
    }));

  it('never exceed what is expected, and change with no repetition and no order', () => {
    const reports = fc.array(
      fc.record({
        organisationId: fc.constantFrom(...expected, 'x', 'y'),
        version: fc.integer({ min: 1, max: 3 }),
        isOnTime: fc.boolean(),
        figures: fc.constant([figure('a')]),
      }),
      { maxLength: 40 },
    );
    // Of one hospital a version is one report.
    const once = reports.map((all) => [...new Map(all.map((each) => [`${each.organisationId}/${each.version}`, each])).values()]);
    fc.assert(
      fc.property(once, (all) => {
        const found = reportingOf({ expected, reports: all, codes: ['a'] });
        expect(found.actualOnTime).toBeLessThanOrEqual(found.actual);
        expect(found.actual + found.missing.length).toBe(found.expected);
        expect(reportingOf({ expected: [...expected, ...expected], reports: [...all, ...all].reverse(), codes: ['a'] })).toMatchObject({
          expected: found.expected,
          actual: found.actual,
          actualOnTime: found.actualOnTime,
        });
      }),
    );
  });
});
