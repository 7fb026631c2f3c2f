'use client';

import { CheckCircleOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useState } from 'react';
import type { FormReference, TaskView } from '#api/views.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { Answers } from '#web/features/forms/Answers.tsx';
import { useKept } from '#web/features/offline/KeptProvider.tsx';
import { useKeptOfTask } from '#web/features/offline/use-kept-of-task.ts';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Panel } from '#web/ui/Panel.tsx';
import { NextButton } from './NextButton.tsx';
import styles from './TaskPage.module.css';

export interface Written {
  readonly form: FormReference;
  readonly response: QuestionnaireResponse;
}

export interface DecidedNoteProps {
  readonly task: TaskView;
  readonly isConflict: boolean;
  readonly written: RefObject<Written | null>;
}

/** Somebody else was faster, or the flow went another way: who, when, what, and what to do now. What was being written stays to be read. */
export function DecidedNote({ task, isConflict, written }: DecidedNoteProps) {
  const t = useTranslations('task');
  const offline = useTranslations('offline');
  const { text, name } = useText();
  const { decided } = task;
  const isCanceled = task.state === 'canceled';
  // The form hands over its last words as it goes, which is after this was drawn.
  const [kept, setKept] = useState<Written | null>(null);
  useEffect(() => setKept(written.current), [written]);
  const onDevice = useKeptOfTask(task.instance.id, task.taskId);
  const device = useKept();
  const shown = kept ?? (onDevice && task.form ? { form: task.form, response: onDevice.response } : null);
  return (
    <>
      <section className={styles.done} role={isConflict ? 'alert' : undefined}>
        {isCanceled ? (
          <StopOutlined aria-hidden style={{ fontSize: 40 }} />
        ) : (
          <CheckCircleOutlined aria-hidden className={styles.doneMark} />
        )}
        <h2>{t(isCanceled ? 'canceledTitle' : 'decidedTitle')}</h2>
        {isCanceled ? <p>{t('canceledHint')}</p> : null}
        {decided ? (
          <p>
            {decided.by
              ? t('decidedBy', { name: name(decided.by), time: dateTime(decided.at), outcome: text(decided.outcome) || text(task.name) })
              : t('decidedBySystem', { time: dateTime(decided.at) })}
          </p>
        ) : null}
        <div className={styles.doneButtons}>
          <NextButton instanceId={task.instance.id} taskId={task.taskId} />
          <Link href={paths.instance(task.instance.id)}>
            <Button>{t('viewInstance')}</Button>
          </Link>
        </div>
      </section>
      {shown ? (
        <Panel
          title={t('written')}
          extra={onDevice ? <Button onClick={() => device.drop([onDevice.id])}>{offline('remove')}</Button> : null}
        >
          <p>{t('writtenHint')}</p>
          <Answers submission={shown} />
        </Panel>
      ) : null}
    </>
  );
}
