import { describe, expect, it } from 'vitest';
import { type IndicatorDefinition, indicatorDefinition } from './indicator.ts';
import { indicatorSet } from './indicator-set.ts';
import { asksAlike, reportForm } from './report-form.ts';

const definition = (code: string, more: Partial<IndicatorDefinition> = {}): IndicatorDefinition =>
  indicatorDefinition.parse({
    code,
    version: 1,
    regime: { kind: 'national' },
    name: { 'zh-CN': code, en: code },
    numerator: { 'zh-CN': '分子', en: 'Some' },
    denominator: { 'zh-CN': '分母', en: 'All' },
    kind: 'proportion',
    multiplier: 100,
    improvement: 'higher',
    validFrom: '2026-01-01',
    validTo: null,
    ...more,
  });
const set = (indicators: readonly string[]) =>
  indicatorSet.parse({
    code: 'a-set',
    version: 1,
    name: { 'zh-CN': '一组', en: 'A set' },
    frequency: 'month',
    indicators,
    rules: [],
    outliers: { kind: 'z-score', threshold: 3 },
    dueDays: 10,
    lockDays: 20,
    feedbackDays: 30,
  });
const form = (...definitions: readonly IndicatorDefinition[]) => reportForm(set(definitions.map(({ code }) => code)), definitions);
const [first, second] = [definition('first-one'), definition('second-one')];

describe('two forms ask alike', () => {
  it.each([
    [true, 'the same figures by the same words', form(first, second)],
    [true, 'another title, version and hint', { ...form(first, second), title: '别名', version: '7', description: '请尽快填写' }],
    [
      true,
      'a text between that asks for no figure',
      { ...form(first, second), item: [{ linkId: 'note', type: 'display', text: '请注意' }, ...itemsOf(form(first, second))] },
    ],
    [true, 'another target, which a form does not tell', form({ ...first, target: 0.5 }, second)],
    [false, 'an indicator more', form(first, second, definition('third-one'))],
    [false, 'an indicator less', form(first)],
    [false, 'another order', form(second, first)],
    [false, 'another word for what is counted', form({ ...first, numerator: { 'zh-CN': '别的', en: 'Some' } }, second)],
    [false, 'another name, if only in English', form({ ...first, name: { 'zh-CN': 'first-one', en: 'Other' } }, second)],
  ] as const)('%s: %s', (isAlike, _, other) => expect(asksAlike(form(first, second), other)).toBe(isAlike));
});

function itemsOf(given: object): readonly object[] {
  const found: unknown = Reflect.get(given, 'item');
  return Array.isArray(found) ? found : [];
}
