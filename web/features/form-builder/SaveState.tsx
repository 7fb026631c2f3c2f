'use client';

import { useTranslations } from 'next-intl';
import { clock } from '#web/lib/time.ts';
import styles from './FormBuilder.module.css';
import type { EditionWork } from './use-edition.ts';

/** Whether what was changed is safe, in a few quiet words. */
export function SaveState({ work: { status, isLocked } }: { readonly work: EditionWork }) {
  const t = useTranslations('formBuilder.save');
  return (
    <span className={styles.saveState} aria-live="polite" data-failed={status.kind === 'failed' || undefined}>
      {isLocked ? t('readOnly') : status.kind === 'saved' ? t('saved', { time: clock(status.at) }) : t(status.kind)}
    </span>
  );
}
