'use client';

import { RollbackOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { TaskView } from '#api/views.ts';
import { useText } from '#web/lib/use-words.ts';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './RemarkNote.module.css';

/** Why a task came back: the first thing its holder has to read. */
export function RemarkNote({ remark }: { readonly remark: NonNullable<TaskView['remark']> }) {
  const t = useTranslations('task');
  const common = useTranslations('common');
  const { text } = useText();
  return (
    <section className={styles.remark} aria-label={t('remark')}>
      <p className={styles.title}>
        <RollbackOutlined aria-hidden />
        {text(remark.taskName)}
        {remark.outcome ? ` · ${text(remark.outcome)}` : ''}
      </p>
      <p className={styles.reason}>{[text(remark.reasonCode), remark.reason].filter(Boolean).join(common('colon'))}</p>
      <p className={styles.by}>
        {remark.by ? <PersonChip person={remark.by} showsOrganisation /> : null}
        <TimeText at={remark.at} />
      </p>
    </section>
  );
}
