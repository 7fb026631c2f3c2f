import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { NamedElement } from '#api/views/operations.ts';
import type { ReturnPlanView } from '#api/views.ts';
import type { Locale } from '#core/text.ts';
import { MESSAGES } from '#web/messages/index.ts';
import { ReturnPlan } from './ReturnPlan.tsx';

const named = (elementId: string, zh: string, en: string): NamedElement => ({ elementId, name: { 'zh-CN': zh, en } });
const AMEND = named('amend', '补充资料', 'Amend');

const PLAN: ReturnPlanView = {
  toElementId: 'amend',
  canceled: [named('lab', '化验', 'Laboratory'), named('lab', '化验', 'Laboratory')],
  superseded: [AMEND, named('review', '审核', 'Review')],
  compensated: [named('pay', '收费', 'Charge'), named('book', '预约', 'Book')],
  incidents: [],
};

/** A word that is missing fails the test. */
const draw = (locale: Locale, plan: ReturnPlanView): string =>
  renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={MESSAGES[locale]}
      timeZone="Asia/Shanghai"
      onError={(error) => {
        throw error;
      }}
    >
      <ReturnPlan plan={plan} targets={[AMEND]} />
    </NextIntlClientProvider>,
  );

describe('what a return undoes', () => {
  it.each([
    ['zh-CN', ['>化验<', '补充资料、审核', '收费、预约', '“补充资料”会重新办理']],
    ['en', ['>Laboratory<', 'Amend, Review', 'Charge, Book', '“Amend” is done again']],
  ] as const)('is named in %s, each step once, what is undone first in its order', (locale, expected) => {
    const drawn = draw(locale, PLAN);
    for (const words of expected) expect(drawn).toContain(words);
  });

  it('says when there is nothing, and leaves out what does not happen', () => {
    const drawn = draw('en', { ...PLAN, canceled: [], superseded: [], compensated: [] });
    expect(drawn.match(/nothing/g)).toHaveLength(2);
    expect(drawn).not.toContain('Undone first');
  });

  it('warns of an incident that it would raise', () => {
    expect(draw('en', { ...PLAN, incidents: [{ elementId: 'amend', code: 'no-candidates', message: 'Nobody may do it.' }] })).toContain(
      'This would raise an incident: Nobody may do it.',
    );
  });
});
