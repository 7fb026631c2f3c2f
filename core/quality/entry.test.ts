import { describe, expect, it } from 'vitest';
import { readEntry } from './entry.ts';
import { indicatorDefinition } from './indicator.ts';

const text = { 'zh-CN': '急会诊及时到位率', en: 'Urgent consults in time' };
const definition = (code: string, kind: 'proportion' | 'ratio' = 'proportion') =>
  indicatorDefinition.parse({
    code,
    version: 1,
    regime: { kind: 'national' },
    name: code === 'a' ? text : { 'zh-CN': code, en: code },
    numerator: text,
    denominator: text,
    kind,
    multiplier: 100,
    improvement: 'higher',
    validFrom: '2024-01-01',
    validTo: null,
  });
const read = (...rows: readonly (readonly [string, string, string, string?])[]) =>
  readEntry(
    rows.map(([indicator, numerator, denominator, explanation]) => ({ indicator, numerator, denominator, explanation })),
    [definition('a'), definition('b', 'ratio')],
  );

describe('a line of a table of figures', () => {
  it.each([['a'], ['急会诊及时到位率'], ['Urgent consults in time'], [' a ']])('names its indicator as %s', (indicator) =>
    expect(read([indicator, '9', '10', ' 夜间 '])).toEqual({
      figures: [{ code: 'a', numerator: 9, denominator: 10, explanation: '夜间' }],
      results: [{ line: 1, code: 'a', problem: null }],
    }),
  );

  it('leaves missing what is empty', () =>
    expect(read(['a', '', ' ']).figures).toEqual([{ code: 'a', numerator: null, denominator: null, explanation: null }]));

  it.each([
    [['x', '1', '2'], 'unknown-indicator'],
    [['', '1', '2'], 'unknown-indicator'],
    [['a', '九', '10'], 'numerator-no-count'],
    [['a', '-1', '10'], 'numerator-no-count'],
    [['a', '1.5', '10'], 'numerator-no-count'],
    [['a', '9', '1e3'], 'denominator-no-count'],
    [['a', '11', '10'], 'more-than-all'],
    [['b', '11', '10'], null],
  ] as const)('%j: %s', (row, problem) => expect(read(row).results[0]?.problem).toBe(problem));

  it('that repeats an indicator is told, and the first one counts', () => {
    const { figures, results } = read(['a', '9', '10'], ['a', '8', '10'], ['b', '1', '2']);
    expect(figures.map(({ numerator }) => numerator)).toEqual([9, 1]);
    expect(results.map(({ problem }) => problem)).toEqual([null, 'repeated', null]);
  });
});
