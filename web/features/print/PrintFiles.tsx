'use client';

import { useTranslations } from 'next-intl';
import type { FileView } from '#api/views.ts';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './print.module.css';

/** Files are named on paper, so that whoever reads it knows that there is more. */
export function PrintFiles({ files }: { readonly files: readonly FileView[] }) {
  const t = useTranslations('instance.print');
  const { name } = useText();
  if (files.length === 0) return null;
  return (
    <section className={styles.submission} data-current>
      <h2 className={styles.submissionTitle}>{t('files')}</h2>
      <ul className={styles.files}>
        {files.map((file) => (
          <li key={file.id}>{[file.name, file.by ? name(file.by) : '', dateTime(file.at)].filter(Boolean).join(' · ')}</li>
        ))}
      </ul>
    </section>
  );
}
