import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { a, answers, form, g, item } from '../sample-form.ts';
import type { ItemAccess } from './field-access.ts';
import { saidAnswers, withoutQuotes } from './quotes.ts';

const shown = (text: string, closed: readonly string[], open: readonly string[] = []): string =>
  withoutQuotes({ closed, open })?.(text) ?? text;

describe('what somebody says', () => {
  it.each([
    ['患者有肝炎，请注意', ['肝炎'], '患者有•••，请注意'],
    ['电话139 1234 5678，勿外传', ['13912345678'], '电话•••，勿外传'],
    ['Call 139-1234-5678.', ['139 1234 5678'], 'Call •••.'],
    ['HEPATITIS b confirmed', ['Hepatitis B'], '••• confirmed'],
    ['先甲乙丙，后甲乙', ['甲乙', '甲乙丙'], '先•••，后•••'],
    ['费用 (1.5*2)?', ['(1.5*2)?'], '费用 •••'],
  ])('%s', (text, closed, expected) => {
    expect(shown(text, closed)).toBe(expected);
  });

  it.each([
    ['是，可以', ['是']],
    ['A 级', ['A']],
    ['12 床', ['12']],
  ])('keeps words that say nothing by themselves: %s', (text, closed) => {
    expect(shown(text, closed)).toBe(text);
  });

  it('keeps what stands in an answer that the reader may see', () => {
    expect(shown('王小明来了', ['王小明'], ['王小明'])).toBe('王小明来了');
  });

  it('holds no answer that is closed, whatever that is', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), text, (closed, around) => {
        const telling = closed.filter((each) => each.replaceAll(/[\s-]/g, '').length >= 4);
        const said = shown(telling.map((each) => `${around} ${each}`).join('。'), closed);
        for (const each of telling) if (!'•••'.includes(each.trim())) expect(said).not.toContain(each.trim());
      }),
    );
  });
});

describe('the words of answers', () => {
  const questionnaire = form(
    item('name', 'string'),
    item('result', 'choice', {
      answerOption: [{ valueCoding: { code: 'pos-1', display: '阳性' } }],
    }),
    item('closed', 'group', {}, [item('weight', 'decimal')]),
  );
  const response = answers(
    a('name', { valueString: '王小明' }),
    a('result', { valueCoding: { code: 'pos-1' } }),
    g('closed', a('weight', { valueDecimal: 71.25 })),
  );
  const closedFor = (reading: ItemAccess['reading']): ItemAccess => ({ reading, isReadOnly: true, isRequired: false });

  it('are those that people read and those that are stored, of all that stands below as well', () => {
    const access = new Map([
      ['result', closedFor('masked')],
      ['closed', closedFor('hidden')],
    ]);
    expect(saidAnswers(questionnaire, access, response)).toEqual({ closed: ['pos-1', '阳性', '阳性', '71.25'], open: ['王小明'] });
  });
});
