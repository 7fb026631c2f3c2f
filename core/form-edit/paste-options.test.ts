import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anOption, type OptionForEdit } from './option-setting.ts';
import { readOptions, writeOptions } from './paste-options.ts';

const short = (text: string, before: readonly OptionForEdit[] = []) =>
  readOptions(text, before).options.map(({ code, display, translations, score }) => [code, display, translations.en ?? '', score]);

describe('pasted options', () => {
  it.each<[string, string, unknown]>([
    [
      'one in a line',
      '发热\n咳嗽，咳痰\n',
      [
        ['option-1', '发热', '', null],
        ['option-2', '咳嗽，咳痰', '', null],
      ],
    ],
    [
      'English words, whose codes are made of them',
      'Fever\nChest pain',
      [
        ['fever', 'Fever', '', null],
        ['chest-pain', 'Chest pain', '', null],
      ],
    ],
    [
      'code and words',
      'fever\t发热\ncough\t咳嗽',
      [
        ['fever', '发热', '', null],
        ['cough', '咳嗽', '', null],
      ],
    ],
    [
      'two languages',
      '发热\tFever\n胸痛\tChest pain',
      [
        ['fever', '发热', 'Fever', null],
        ['chest-pain', '胸痛', 'Chest pain', null],
      ],
    ],
    [
      'two languages the other way round',
      'High fever\t高热\nChest pain\t胸痛',
      [
        ['high-fever', '高热', 'High fever', null],
        ['chest-pain', '胸痛', 'Chest pain', null],
      ],
    ],
    [
      'words and scores',
      '从不\t0\n总是\t３',
      [
        ['option-1', '从不', '', 0],
        ['option-2', '总是', '', 3],
      ],
    ],
    [
      'all four',
      'a\t从不\tNever\t0\nb\t总是\tAlways\t1.5',
      [
        ['a', '从不', 'Never', 0],
        ['b', '总是', 'Always', 1.5],
      ],
    ],
    [
      'commas and quotes',
      'a,"甲,乙",A\nb,"说 ""丙""",B',
      [
        ['a', '甲,乙', 'A', null],
        ['b', '说 "丙"', 'B', null],
      ],
    ],
    ['Chinese headings in any order', '分值\t英文\t显示文字\t编码\n2\tNever\t从不\tn', [['n', '从不', 'Never', 2]]],
    ['English headings', 'Display,Code\n从不,n', [['n', '从不', '', null]]],
    ['a column that nobody asks for', '编码\t显示\t备注\nn\t从不\tx', [['n', '从不', '', null]]],
    [
      'a cell of two lines',
      'a\t"甲\n乙"\nb\t丙',
      [
        ['a', '甲\n乙', '', null],
        ['b', '丙', '', null],
      ],
    ],
    ['nothing', ' \n', []],
  ])('come as %s', (_, text, expected) => {
    expect(short(text)).toEqual(expected);
    expect(readOptions(text).problems).toEqual([]);
  });

  it('that cannot be taken are told with their lines', () => {
    const text = 'code\tdisplay\tscore\na\t甲\t1\n\na\t乙\t2\nb\t\t3\nc\t甲\t4\nd\t丁\tviel\ne\t戊\t5\tx';
    expect(readOptions(text).problems).toEqual([
      { line: 3, code: 'line-empty', data: {} },
      { line: 4, code: 'code-twice', data: { value: 'a', first: 2 } },
      { line: 5, code: 'display-missing', data: {} },
      { line: 6, code: 'display-twice', data: { value: '甲', first: 2 } },
      { line: 7, code: 'score-invalid', data: { value: 'viel' } },
      { line: 8, code: 'cells-left-over', data: { cells: 'x' } },
    ]);
    expect(short(text).map(([code]) => code)).toEqual(['a', 'd', 'e']);
  });

  it('keep what options with the same code or words had', () => {
    const before = [anOption('n', '无', { key: 'k', exclusive: true, system: 's', translations: { en: 'None' } })];
    expect(readOptions('无\n甲', before).options).toEqual([before[0], anOption('option-1', '甲', { system: 's' })]);
  });

  it('are read as they were written', () => {
    const word = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .filter((text) => text !== '');
    const options = fc.uniqueArray(
      fc.record({
        code: fc.stringMatching(/^[a-z]{1,5}$/),
        display: word,
        english: fc.option(word),
        score: fc.option(fc.integer({ min: -5, max: 99 })),
      }),
      { selector: ({ code }) => code, maxLength: 6 },
    );
    fc.assert(
      fc.property(options, fc.constantFrom('zh-CN' as const, 'en' as const), (given, locale) => {
        const made = given
          .filter(({ display }, index) => given.findIndex((other) => other.display === display) === index)
          .map(({ code, display, english, score }) =>
            anOption(code, display, { score, translations: english === null ? {} : { en: english } }),
          );
        expect(readOptions(writeOptions(made, locale))).toEqual({ options: made, problems: [] });
      }),
      { numRuns: 200 },
    );
  });
});
