'use client';

import { InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { CarriedView } from '#api/views.ts';
import { allItems } from '#core/form/items.ts';
import { labelOf } from '#core/form/localize.ts';
import { valueText } from '#core/form/summary.ts';
import { useText } from '#web/lib/use-words.ts';
import { Note } from '#web/ui/Note.tsx';

/** The form got a new version since the draft was begun: what was carried over, and what has to be entered again. */
export function CarriedNote({ carried: { form, lost } }: { readonly carried: CarriedView }) {
  const t = useTranslations('form.carried');
  const { locale } = useText();
  if (lost.length === 0) {
    return (
      <Note tone="info" icon={<InfoCircleOutlined />} title={t('title')}>
        {t('whole')}
      </Note>
    );
  }
  const items = new Map(allItems(form.item ?? []).map((item) => [item.linkId, item]));
  return (
    <Note tone="warning" icon={<WarningOutlined />} title={t('title')}>
      {t('lost')}
      <ul>
        {lost.map(({ linkId, answer, reason, note }, index) => {
          const item = items.get(linkId);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two answers to one question may be the same.
            <li key={`${linkId}/${index}`}>
              {item ? labelOf(item, locale) || linkId : linkId}
              {t('colon')}
              {item ? valueText(form, item, answer, locale) : ''} <small>{note ?? t(`reasons.${reason}`)}</small>
            </li>
          );
        })}
      </ul>
    </Note>
  );
}
