import { expect, it } from 'vitest';
import { EXTENSION } from './extensions.ts';
import { inEnglish, labelOf, shortLabelOf } from './localize.ts';
import { choicesOf, optionText } from './options.ts';
import { richTextOf, textMarksOf } from './rich-text.ts';
import { form, item } from './sample-form.ts';
import { unsupportedFeatures } from './unsupported.ts';

const xhtml = (valueString: string, translated?: string) => ({
  url: EXTENSION.renderingXhtml,
  valueString,
  ...(translated ? { _valueString: inEnglish(translated) } : {}),
});

it('a text with a look is shown in its own language, or translated', () => {
  const text = { linkId: 'a', type: 'display' as const, text: '注意' };
  const only = { ...text, _text: { extension: [xhtml('<b>注意</b>')] } };
  expect(richTextOf(only, 'zh-CN')).toEqual({ kind: 'xhtml', source: '<b>注意</b>' });
  expect(richTextOf(only, 'en')?.source).toBe('<b>注意</b>');
  const translated = { ...text, _text: { extension: [xhtml('<b>注意</b>', '<b>Note</b>'), ...(inEnglish('Note').extension ?? [])] } };
  expect(richTextOf(translated, 'en')?.source).toBe('<b>Note</b>');
  // Plain words that can be read come before a look that cannot.
  const plainOnly = { ...text, _text: { extension: [xhtml('<b>注意</b>'), ...(inEnglish('Note').extension ?? [])] } };
  expect(richTextOf(plainOnly, 'en')).toBeNull();
  expect(labelOf(plainOnly, 'en')).toBe('Note');
});

it('of a style only what cannot harm is taken, and the rest is named', () => {
  const styled = item('a', 'display', { extension: [{ url: EXTENSION.renderingStyle, valueString: 'Color: red; font-weight : bold;' }] });
  expect(textMarksOf(styled)).toEqual({ marks: ['bold'], ignored: ['color'] });
});

it('a short text stands where there is little room, if it can be read', () => {
  const asked = { linkId: 'a', type: 'string' as const, text: '收缩压（毫米汞柱）', _text: inEnglish('Systolic pressure') };
  const short = (extra: object = {}) => ({ ...asked, extension: [{ url: EXTENSION.shortText, valueString: '收缩压', ...extra }] });
  expect(shortLabelOf(short(), 'zh-CN')).toBe('收缩压');
  expect(shortLabelOf(short(), 'en')).toBe('Systolic pressure');
  expect(shortLabelOf(short({ _valueString: inEnglish('Systolic') }), 'en')).toBe('Systolic');
});

it('an option is offered with its prefix', () => {
  const asked = item('a', 'choice', {
    answerOption: [{ valueCoding: { code: 'x', display: '从不' }, extension: [{ url: EXTENSION.optionPrefix, valueString: 'A.' }] }],
  });
  expect(choicesOf(form(asked), asked)?.map((choice) => optionText(choice, 'zh-CN'))).toEqual(['A. 从不']);
});

it('an option is offered with its code where the form has a column for it', () => {
  const column = (path: string) => ({ url: EXTENSION.choiceColumn, extension: [{ url: 'path', valueString: path }] });
  const asked = item('a', 'choice', {
    answerOption: [{ valueCoding: { code: 'I10', display: '高血压' } }],
    extension: [column('code'), column('display'), column('designation')],
  });
  expect(choicesOf(form(asked), asked)?.map((choice) => optionText(choice, 'zh-CN'))).toEqual(['I10 高血压']);
  expect(unsupportedFeatures(form(asked)).map(({ feature }) => feature)).toEqual(['choiceColumn:designation']);
});

it('an option is offered with what it counts where its question, or the form, says so', () => {
  const shown = { url: EXTENSION.scoresShown, valueBoolean: true };
  const answerOption = [
    { valueCoding: { code: 'x', display: '从不' }, extension: [{ url: EXTENSION.ordinalValue, valueDecimal: 0 }] },
    { valueCoding: { code: 'y', display: '经常', extension: [{ url: EXTENSION.itemWeight, valueDecimal: 2.5 }] } },
    { valueCoding: { code: 'z', display: '不知道' } },
  ];
  const scores = (questionnaire: ReturnType<typeof form>) =>
    choicesOf(questionnaire, questionnaire.item?.[0] ?? item('', 'choice'))?.map(({ score }) => score ?? null);
  expect(scores(form(item('a', 'choice', { answerOption })))).toEqual([null, null, null]);
  expect(scores(form(item('a', 'choice', { answerOption, extension: [shown] })))).toEqual([0, 2.5, null]);
  expect(scores({ ...form(item('a', 'choice', { answerOption })), extension: [shown] })).toEqual([0, 2.5, null]);
});
