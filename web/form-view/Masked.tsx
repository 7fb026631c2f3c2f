'use client';

import { LockOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import styles from './Masked.module.css';

/** A placeholder, and in a word why there is no more to be seen. */
export function Masked({ text }: { readonly text: string }) {
  const t = useTranslations('form');
  return (
    <span className={styles.masked} title={t('maskedHint')}>
      <LockOutlined aria-hidden />
      <span>{text}</span>
      <span className={styles.word}>{t('masked')}</span>
    </span>
  );
}
