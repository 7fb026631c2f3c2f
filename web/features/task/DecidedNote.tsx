'use client';

import { CheckCircleOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { TaskView } from '#api/views.ts';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { NextButton } from './NextButton.tsx';
import styles from './TaskPage.module.css';

/** Somebody else was faster, or the flow went another way: who, when, what, and what to do now. */
export function DecidedNote({ task, isConflict }: { readonly task: TaskView; readonly isConflict: boolean }) {
  const t = useTranslations('task');
  const { text, name } = useText();
  const { decided } = task;
  const isCanceled = task.state === 'canceled';
  return (
    <section className={styles.done} role={isConflict ? 'alert' : undefined}>
      {isCanceled ? <StopOutlined aria-hidden style={{ fontSize: 40 }} /> : <CheckCircleOutlined aria-hidden className={styles.doneMark} />}
      <h2>{t(isCanceled ? 'canceledTitle' : 'decidedTitle')}</h2>
      {isCanceled ? <p>{t('canceledHint')}</p> : null}
      {decided ? (
        <p>
          {decided.by
            ? t('decidedBy', { name: name(decided.by), time: dateTime(decided.at), outcome: text(decided.outcome) || text(task.name) })
            : t('decidedBySystem', { time: dateTime(decided.at) })}
        </p>
      ) : null}
      {isConflict ? <p>{t('conflictHint')}</p> : null}
      <div className={styles.doneButtons}>
        <NextButton instanceId={task.instance.id} taskId={task.taskId} />
        <Link href={paths.instance(task.instance.id)}>
          <Button>{t('viewInstance')}</Button>
        </Link>
      </div>
    </section>
  );
}
