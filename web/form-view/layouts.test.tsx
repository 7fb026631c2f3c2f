import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { a, answers, form, g, item } from '#core/form/sample-form.ts';
import { LAYOUTS_FORM } from '#core/form/sample-layouts.ts';
import { unsupportedFeatures } from '#core/form/unsupported.ts';
import type { Locale } from '#core/text.ts';
import en from '#web/messages/en/form.json';
import zhCN from '#web/messages/zh-CN/form.json';
import { FormReadView } from './FormReadView.tsx';
import { FormView } from './FormView.tsx';

const WORDS = { 'zh-CN': zhCN, en } as const;

const draw = (questionnaire: Questionnaire, locale: Locale = 'zh-CN', response: QuestionnaireResponse = answers()): string =>
  asServer(locale, <FormView questionnaire={questionnaire} response={response} locale={locale} />);

/** A word that is missing fails the test. */
function asServer(locale: Locale, children: ReactNode): string {
  const fail = (error: Error) => {
    throw error;
  };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={{ form: WORDS[locale] } as never} timeZone="Asia/Shanghai" onError={fail}>
      {children}
    </NextIntlClientProvider>,
  );
}

/** The form with one page only, so that it is the first. */
const page = (linkId: string): Questionnaire => form(...(LAYOUTS_FORM.item ?? []).filter((each) => each.linkId === linkId));

describe.each<Locale>(['zh-CN', 'en'])('in %s', (locale) => {
  const pages = ['basics', 'mood', 'body'].map((linkId) => draw(page(linkId), locale));

  it.each([0, 1, 2])('labels and names of page %i are those of elements that are there', (index) => {
    const drawn = pages[index] ?? '';
    const named = [...drawn.matchAll(/(?:aria-labelledby|aria-controls| for)="([^"]+)"/g)].flatMap(([, ids]) => ids?.split(' ') ?? []);
    expect(named.length).toBeGreaterThan(3);
    for (const id of named) expect(drawn).toContain(` id="${id}"`);
  });

  it('shows the first page with header and footer, and leads to the others by name', () => {
    const drawn = draw(LAYOUTS_FORM, locale);
    const words =
      locale === 'en' ? ['Page 1 of 3', 'Examination', 'filled in by the nurse'] : ['第 1 页，共 3 页', '体格检查', '请由接诊护士填写'];
    for (const word of words) expect(drawn).toContain(word);
    expect(drawn).not.toContain(locale === 'en' ? 'Feeling down' : '感到心情低落');
  });
});

it('nothing in the form with everything is left out', () => {
  expect(unsupportedFeatures(LAYOUTS_FORM)).toEqual([]);
});

it('each line of a matrix is a group of its own, named by its question', () => {
  const drawn = draw(page('mood'));
  expect(drawn.match(/role="radiogroup"/g)?.length).toBe(4);
  expect(drawn).toContain('一半以上');
});

it('of tabs the first is open; each says what it lacks', () => {
  const drawn = draw(page('body'));
  expect(drawn.match(/role="tab"/g)?.length).toBe(3);
  expect(drawn).toMatch(/aria-selected="true"[^>]*>下肢<span[^>]*>待填 2/);
  expect(drawn).toMatch(/aria-selected="false"[^>]*>视力<span[^>]*>待填 1/);
});

it('a question that is greyed out is seen and cannot be answered', () => {
  const drawn = draw(page('basics'));
  expect(drawn).toMatch(/data-protected="true".*使用时间.*目前不适用.*disabled=""/s);
});

it('a date that is known in part is shown as it is known', () => {
  for (const valueDate of ['2020', '2020-05']) {
    const drawn = draw(page('basics'), 'zh-CN', answers(g('basics', a('since', { valueDate }))));
    expect(drawn).toContain(`value="${valueDate}"`);
  }
});

it('a picture from elsewhere becomes a link, and is named as not drawn', () => {
  const media = (url: string) => ({
    url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemMedia',
    valueAttachment: { url, contentType: 'image/png', title: '图示' },
  });
  const questionnaire = form(item('q', 'string', { extension: [media('https://example.org/a.png')] }));
  expect(draw(questionnaire)).toContain('href="https://example.org/a.png"');
  expect(draw(questionnaire)).not.toContain('<img');
  expect(unsupportedFeatures(questionnaire)).toEqual([{ linkId: 'q', feature: 'media:elsewhere', changesBehaviour: false }]);
  expect(draw(form(item('q', 'string', { extension: [media('javascript:alert(1)')] })))).not.toContain('javascript');
});

it('an option has its picture beside its words, in a list of buttons however long', () => {
  const picture = (code: string) => ({
    valueCoding: { code, display: `脸谱 ${code}` },
    extension: [
      {
        url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemAnswerMedia',
        valueAttachment: { contentType: 'image/png', data: 'iVBORw0KGgo=' },
      },
    ],
  });
  const faces = ['1', '2', '3', '4', '5', '6', '7'].map(picture);
  const drawn = draw(form(item('pain', 'choice', { answerOption: faces })));
  expect(drawn.match(/type="radio"/g)?.length).toBe(7);
  expect(drawn.match(/脸谱 \d<img[^>]*src="data:image\/png;base64,iVBORw0KGgo="[^>]*alt="脸谱 \d"/g)?.length).toBe(7);
});

describe('to be read', () => {
  const often = (linkId: string, code: string) => a(linkId, { valueCoding: { code } });
  const response = answers(
    g('basics', a('falls', { valueInteger: 2 })),
    g('mood', g('mood-table', often('interest', '1'), often('down', '3'))),
    g(
      'body',
      g(
        'limbs',
        g('legs', g('legs-grid', g('left', a('left-force', { valueInteger: 4 })))),
        g('eyes', a('glasses', { valueBoolean: true })),
      ),
    ),
  );
  const read = asServer('zh-CN', <FormReadView questionnaire={LAYOUTS_FORM} response={response} locale="zh-CN" />);

  it('pages and tabs follow each other under their names', () => {
    const titles = ['基本情况', '情绪', '体格检查', '下肢', '视力'].map((title) => read.indexOf(`>${title}</h`));
    expect(titles.every((at) => at >= 0)).toBe(true);
    expect(titles).toEqual([...titles].sort((one, other) => one - other));
    expect(read).not.toContain('听力');
  });

  it('a matrix is a list of short answers, a grid a table with its rows by name', () => {
    expect(read).toMatch(/<dt>感到心情低落<\/dt><dd>.*?几乎每天/);
    expect(read).toMatch(/<th scope="row">左侧<\/th><td>.*?4/);
    expect(read).not.toContain('右侧');
  });

  it('a number has its unit, and what was agreed to stands with the answers', () => {
    expect(read).toContain('2 次');
    expect(read).toContain('本评估不能代替急诊检查。');
    expect(read).not.toContain('请如实填写');
  });
});
