'use client';

import { ExportOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './extras.module.css';
import { ItemMedia } from './ItemMedia.tsx';

/** What an item brings along: pictures, and where more can be read. */
export function ItemExtras({ item, label }: { readonly item: QuestionnaireItem; readonly label: string }) {
  const t = useTranslations('form');
  const { media, supportLink } = settingsOf(item);
  if (media.length === 0 && supportLink === undefined) return null;
  return (
    <div className={styles.extras}>
      {media.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the media of a form never change places.
        <ItemMedia key={index} media={each} label={label} />
      ))}
      {supportLink === undefined ? null : (
        <a className={styles.link} href={supportLink} target="_blank" rel="noreferrer" aria-label={t('readMoreOf', { label })}>
          {t('readMore')} <ExportOutlined aria-hidden />
        </a>
      )}
    </div>
  );
}
