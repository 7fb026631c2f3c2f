import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { blankResponse } from '#core/form/blank.ts';
import { EXTENSION } from '#core/form/extensions.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { a, answers, control, EVERY_TYPE, EVERY_TYPE_FILLED } from '#core/form/sample-form.ts';
import type { Locale } from '#core/text.ts';
import en from '#web/messages/en/form.json';
import zhCN from '#web/messages/zh-CN/form.json';
import { FormReadView } from './FormReadView.tsx';
import { FormView } from './FormView.tsx';
import { SHOWN_CODES } from './use-issue-text.ts';

const WORDS = { 'zh-CN': zhCN, en } as const;

/** Renders as the server does; a word that is missing fails the test. */
function draw(locale: Locale, children: ReactNode): string {
  const fail = (error: Error) => {
    throw error;
  };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={{ form: WORDS[locale] } as never} timeZone="Asia/Shanghai" onError={fail}>
      {children}
    </NextIntlClientProvider>,
  );
}

const LOCALES: readonly Locale[] = ['zh-CN', 'en'];

describe.each(LOCALES)('in %s', (locale) => {
  const filled = draw(locale, <FormView questionnaire={EVERY_TYPE} response={EVERY_TYPE_FILLED} locale={locale} />);

  it('every type of item is drawn on the server, filled in and blank', () => {
    expect(filled).toContain('AB123456');
    expect(draw(locale, <FormView questionnaire={EVERY_TYPE} response={blankResponse(EVERY_TYPE)} locale={locale} isReadOnly />)).toContain(
      '<h3',
    );
  });

  it('every label names a control that is there', () => {
    const targets = [...filled.matchAll(/<label[^>]* for="([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(15);
    for (const id of targets) expect(filled).toContain(` id="${id}"`);
  });

  it('every group of controls is named by a label that is there', () => {
    const names = [...filled.matchAll(/aria-labelledby="([^"]+)"/g)].flatMap(([, ids]) => ids?.split(' ') ?? []);
    for (const id of names) expect(filled).toContain(` id="${id}"`);
  });

  it('an answer that is shown as a code is drawn as digits and as a QR code; a masked one never, one that is asked for is typed', () => {
    const qrCode = { url: EXTENSION.itemControl, valueCodeableConcept: { coding: [{ code: 'qr-code' }] } };
    const drawn = (more: Partial<QuestionnaireItem>): string => {
      const item = { linkId: 'code', type: 'integer', text: 'T', ...more, extension: [qrCode, ...(more.extension ?? [])] } as const;
      const response: QuestionnaireResponse = {
        resourceType: 'QuestionnaireResponse',
        status: 'in-progress',
        item: [{ linkId: 'code', answer: [{ valueInteger: 482_913 }] }],
      };
      const questionnaire: Questionnaire = { resourceType: 'Questionnaire', status: 'active', item: [item] };
      return draw(locale, <FormView questionnaire={questionnaire} response={response} locale={locale} />);
    };
    const shown = drawn({ readOnly: true });
    expect(shown).toMatch(/<output[^>]*>482913<\/output>/);
    expect(shown).toContain('ant-qrcode');
    expect(drawn({ readOnly: true, extension: [{ url: EXTENSION.masked, valueBoolean: true }] })).not.toContain('ant-qrcode');
    const asked = drawn({});
    expect(asked).toContain('value="482913"');
    expect(asked).not.toContain('ant-qrcode');
  });

  it('a masked answer is drawn with a word why, where it is filled in and where it is read', () => {
    const item = {
      linkId: 'phone',
      type: 'string',
      text: 'T',
      readOnly: true,
      extension: [{ url: EXTENSION.masked, valueBoolean: true }],
    } as const;
    const questionnaire = { resourceType: 'Questionnaire', status: 'active', item: [item] } as const;
    const answer = [{ valueString: '139••••5678' }];
    const response = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: [{ linkId: 'phone', answer }] } as const;
    const drawn = [
      draw(locale, <FormView questionnaire={questionnaire} response={response} locale={locale} />),
      draw(locale, <FormReadView questionnaire={questionnaire} response={response} locale={locale} />),
    ];
    for (const each of drawn) expect(each).toMatch(new RegExp(`139••••5678</span><span[^>]*>${WORDS[locale].masked}<`));
    expect(drawn[0]).not.toContain('<input');
  });

  it.each([
    ['radio-button', false],
    ['check-box', true],
    ['drop-down', false],
  ] as const)('%s offers options with what they count, where the form shows that', (code, repeats) => {
    const option = (display: string, valueDecimal: number) => ({
      valueCoding: { code: display, display },
      extension: [{ url: EXTENSION.ordinalValue, valueDecimal }],
    });
    const shown = (extension: readonly Extension[]) => {
      const answerOption = [option('X', 1), option('Y', 2.5)];
      const question = { linkId: 'q', type: 'choice', text: 'T', repeats, answerOption, extension: [control(code)] } as const;
      const questionnaire = { resourceType: 'Questionnaire', status: 'active', extension, item: [question] } as const;
      return draw(
        locale,
        <FormView questionnaire={questionnaire} response={answers(a('q', { valueCoding: { code: 'Y' } }))} locale={locale} />,
      );
    };
    const words = locale === 'en' ? 'Y (2.5 points)' : 'Y（2.5 分）';
    expect(shown([{ url: EXTENSION.scoresShown, valueBoolean: true }])).toContain(words);
    expect(shown([])).not.toContain(words);
  });

  it('answers are shown with their words', () => {
    const answers = draw(
      locale,
      <FormReadView questionnaire={EVERY_TYPE} response={EVERY_TYPE_FILLED} locale={locale} fileUrl={(id) => `/files/${id}`} />,
    );
    expect(answers).toContain(locale === 'en' ? 'Neurology' : '神经内科');
    expect(answers).toContain('href="/files/f1"');
    expect(answers).toContain('2026-03-03 09:30');
  });

  it('there are words for every issue', () => {
    expect(Object.keys(WORDS[locale].issue).sort()).toEqual([...SHOWN_CODES, 'unknown'].sort());
  });
});

describe.each(LOCALES)('a list that is on a terminology server, in %s,', (locale) => {
  const chosen = { valueCoding: { system: 's', code: 'x1', display: 'Chosen before' } };
  const item = (['choice', 'open-choice'] as const).flatMap((type) =>
    [false, true].map((repeats) => ({ linkId: `${type}-${repeats}`, type, repeats, text: type, answerValueSet: 'http://x.org/v' })),
  );
  const questionnaire: Questionnaire = { resourceType: 'Questionnaire', status: 'active', item };
  const response = (extension?: readonly Extension[]): QuestionnaireResponse => ({
    resourceType: 'QuestionnaireResponse',
    status: 'in-progress',
    item: item.map(({ linkId }) => ({ linkId, answer: [{ ...chosen, ...(extension && { extension }) }] })),
  });

  it('is a search in which what was chosen keeps its words', () => {
    const drawn = draw(locale, <FormView questionnaire={questionnaire} response={response()} locale={locale} />);
    expect(drawn.match(/role="combobox"/g)).toHaveLength(4);
    expect(drawn.split('Chosen before').length - 1).toBeGreaterThanOrEqual(4);
  });

  it('says of an answer that nobody checked that it is so', () => {
    const mark = [{ url: EXTENSION.unchecked, valueBoolean: true }];
    const words = WORDS[locale].unchecked;
    expect(draw(locale, <FormReadView questionnaire={questionnaire} response={response(mark)} locale={locale} />)).toContain(words);
    expect(draw(locale, <FormReadView questionnaire={questionnaire} response={response()} locale={locale} />)).not.toContain(words);
  });
});

it('an address that is not of the web never becomes a link', () => {
  const response = {
    ...EVERY_TYPE_FILLED,
    item: [{ linkId: 'clinical', item: [{ linkId: 'link', answer: [{ valueUri: 'javascript:alert(1)' }] }] }],
  };
  expect(draw('en', <FormReadView questionnaire={EVERY_TYPE} response={response} locale="en" />)).not.toContain('href');
});
