'use client';

import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { CommandAnswer, TaskView } from '#api/views.ts';
import type { Outcome } from '#core/bpmn/graph.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { NextButton } from './NextButton.tsx';
import styles from './TaskPage.module.css';

export interface DoneCardProps {
  readonly task: TaskView;
  readonly outcome: Outcome;
  readonly answer: CommandAnswer;
}

export function DoneCard({ task, outcome, answer }: DoneCardProps) {
  const t = useTranslations('task');
  const { text } = useText();
  return (
    <section className={styles.done} role="status">
      <CheckCircleFilled aria-hidden className={styles.doneMark} />
      <h2>{t('doneTitle', { outcome: text(outcome.name) })}</h2>
      <p>{t('doneHint', { number: answer.number })}</p>
      <div className={styles.doneButtons}>
        {answer.nextTask ? (
          <Link href={paths.task(answer.instanceId, answer.nextTask.taskId)}>
            <Button type="primary" autoFocus>
              {t('continueHere', { task: text(answer.nextTask.name) })}
            </Button>
          </Link>
        ) : null}
        <NextButton instanceId={task.instance.id} taskId={task.taskId} isPrimary={answer.nextTask === null} />
        <Link href={paths.instance(task.instance.id)}>
          <Button>{t('viewInstance')}</Button>
        </Link>
      </div>
    </section>
  );
}
