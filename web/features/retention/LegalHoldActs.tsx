'use client';

import { useTranslations } from 'next-intl';
import type { LegalHoldActView } from '#api/views/retention.ts';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './Retention.module.css';

/** Who placed and lifted legal holds, when and why, the last first. */
export function LegalHoldActs({ acts }: { readonly acts: readonly LegalHoldActView[] }) {
  const t = useTranslations('retention');
  const common = useTranslations('common');
  const { name } = useText();
  if (acts.length === 0) return null;
  return (
    <ol className={styles.acts} aria-label={t('acts')}>
      {acts.map(({ act, by, reason, at }) => (
        <li key={`${at}/${act}`}>
          <span>{t(`act.${act}`, { name: by ? name(by) : common('anyone'), time: dateTime(at) })}</span>
          <span className={styles.reason}>{reason}</span>
        </li>
      ))}
    </ol>
  );
}
