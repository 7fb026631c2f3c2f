import { describe, expect, it } from 'vitest';
import { dateFromTyped, datePrecisionsOf } from './date-precision.ts';
import { EXTENSION } from './extensions.ts';
import { form, item } from './sample-form.ts';
import { answerFaults } from './validate-answer.ts';

const date = (url: string, valueString: string) => item('d', 'date', { extension: [{ url, valueString }] });

describe('how exactly a date may be known', () => {
  it.each([
    ['YYYY', ['year']],
    ['MM/YYYY', ['month']],
    ['YYYY-MM', ['month']],
    ['YYYY年MM月', ['month']],
    ['YYYY-MM-DD', ['day']],
    ['DD.MM.YYYY', ['day']],
    ['YYYY[-MM[-DD]]', ['year', 'month', 'day']],
    ['YYYY or YYYY-MM', ['year', 'month']],
    ['when it began', ['day']],
  ])('is read from the format %s', (format, expected) => {
    expect(datePrecisionsOf(date(EXTENSION.entryFormat, format))).toEqual(expected);
  });

  it('is read from the pattern', () => {
    expect(datePrecisionsOf(date(EXTENSION.regex, '\\d{4}(-\\d{2})?'))).toEqual(['year', 'month']);
    expect(datePrecisionsOf(item('d', 'date'))).toEqual(['day']);
  });

  it('is kept where the form has a pattern', () => {
    const codes = (valueDate: string) =>
      answerFaults(form(), date(EXTENSION.regex, '\\d{4}(-\\d{2})?'), { valueDate }).map(({ code }) => code);
    expect([codes('2020'), codes('2020-05'), codes('2020-05-17'), codes('2020-13')]).toEqual([[], [], ['pattern'], ['date-invalid']]);
  });
});

it.each([
  ['2020', '2020'],
  ['2020/5', '2020-05'],
  ['202005', '2020-05'],
  ['2020年5月', '2020-05'],
  ['2020年', '2020'],
  ['20200517', '2020-05-17'],
  ['2020.5.7', '2020-05-07'],
  ['spring', 'spring'],
])('what is typed as %s is %s', (typed, expected) => {
  expect(dateFromTyped(typed)).toBe(expected);
});
