import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ACCESS_MODES, type AccessRule } from '#core/form/access/rules.ts';
import en from '#web/messages/en/formBuilder.json';
import zhCN from '#web/messages/zh-CN/formBuilder.json';
import { AccessField } from './AccessField.tsx';

const RULES: readonly AccessRule[] = ACCESS_MODES.map((mode) => ({ mode, elements: ['confirm'], roles: ['executor'], exceptRoles: [] }));

it.each([
  ['zh-CN', zhCN, '执行团队成员'],
  ['en', en, 'Execution team member'],
] as const)('every right is drawn with its words in %s', (locale, words, role) => {
  const fail = (error: Error) => {
    throw error;
  };
  const item = { linkId: 'q', type: 'string' } as const;
  const drawn = renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={{ formBuilder: words } as never} timeZone="Asia/Shanghai" onError={fail}>
      <AccessField
        id="a"
        value={RULES}
        onChange={() => undefined}
        onLeave={() => undefined}
        isDisabled={false}
        item={item}
        form={{ resourceType: 'Questionnaire', status: 'draft', item: [item] }}
        flow="visit"
        apply={() => true}
      />
    </NextIntlClientProvider>,
  );
  for (const mode of ACCESS_MODES) expect(drawn).toContain(words.access.modes[mode]);
  for (const each of ['confirm', role]) expect(drawn).toContain(each);
});
