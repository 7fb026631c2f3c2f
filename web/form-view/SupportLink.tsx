'use client';

import { ExportOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './extras.module.css';

/** Where more can be read about an item. */
export function SupportLink({ item, label }: { readonly item: QuestionnaireItem; readonly label: string }) {
  const t = useTranslations('form');
  const { supportLink } = settingsOf(item);
  if (supportLink === undefined) return null;
  return (
    <a className={styles.link} href={supportLink} target="_blank" rel="noreferrer" aria-label={t('readMoreOf', { label })}>
      {t('readMore')} <ExportOutlined aria-hidden />
    </a>
  );
}
