'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { CommandAnswer, TaskView } from '#api/views.ts';
import type { Outcome } from '#core/bpmn/graph.ts';
import { CommentThread } from '#web/features/comments/CommentThread.tsx';
import { SubmissionList } from '#web/features/forms/SubmissionCard.tsx';
import { Lines, Summary } from '#web/features/instance/Summary.tsx';
import { SuspensionNote } from '#web/features/instance/SuspensionNote.tsx';
import { useIsWaiting } from '#web/features/offline/use-kept-of-task.ts';
import { RoutingPanel } from '#web/features/routing/RoutingPanel.tsx';
import { markDone } from '#web/lib/queue.ts';
import { reads } from '#web/lib/reads.ts';
import { useIsSending } from '#web/lib/use-command.ts';
import { useRead } from '#web/lib/use-read.ts';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { BesideTask } from './BesideTask.tsx';
import { DecidedNote, type Written } from './DecidedNote.tsx';
import { DoneCard } from './DoneCard.tsx';
import { PatientBanner } from './PatientBanner.tsx';
import { RemarkNote } from './RemarkNote.tsx';
import { TaskHeader } from './TaskHeader.tsx';
import styles from './TaskPage.module.css';
import { TaskSkeleton } from './TaskSkeleton.tsx';
import { decisionKey, TaskWork } from './TaskWork.tsx';

export interface TaskPageProps {
  readonly instanceId: string;
  readonly taskId: string;
}

/** What this person just did here; kept beside what the server says, which may already be further. */
interface Done {
  readonly outcome: Outcome;
  readonly answer: CommandAnswer;
}

export function TaskPage({ instanceId, taskId }: TaskPageProps) {
  /** The news of a step may come before the answer to the one who takes it, and must not take the form from under the hands. */
  const isDeciding = useIsSending(decisionKey(instanceId, taskId));
  const { data: task, error, refetch, isPending } = useRead(reads.task(instanceId, taskId), { enabled: !isDeciding });
  const [done, setDone] = useState<Done | null>(null);
  const [conflict, setConflict] = useState(false);
  /** What stands in the form, so that it outlives the form when the task ends under the person's hands. */
  const written = useRef<Written | null>(null);
  /** The task may be over because of what waits here: the door's answer says so, and says it to the form that waits. */
  const isWaiting = useIsWaiting(instanceId, taskId);

  if (isPending) return <TaskSkeleton />;
  if (!task) return <ErrorState error={error} onRetry={() => refetch()} />;
  return (
    <div className={styles.page}>
      <TaskHeader task={task} />
      {task.instance.patient ? <PatientBanner patient={task.instance.patient} /> : null}
      <div className={styles.columns}>
        <div className={styles.work}>
          {done ? (
            <DoneCard task={task} {...done} />
          ) : !isWaiting && (task.state === 'done' || task.state === 'canceled') ? (
            <DecidedNote task={task} isConflict={conflict} written={written} />
          ) : (
            <>
              <SuspensionNote suspended={task.instance.suspended} />
              {task.remark ? <RemarkNote remark={task.remark} /> : null}
              <TaskWork
                key={task.assignee?.id ?? 'open'}
                task={task}
                isConflict={conflict}
                onWrite={(form, response) => {
                  written.current = { form, response };
                }}
                onDone={(outcome, answer) => {
                  markDone({ instanceId, taskId });
                  setDone({ outcome, answer });
                }}
                onConflict={() => {
                  setConflict(true);
                  void refetch();
                }}
              />
            </>
          )}
        </div>
        <Context task={task} />
      </div>
    </div>
  );
}

/** Everything that was said before, beside the form on a desk and under it on a phone. */
function Context({ task }: { readonly task: TaskView }) {
  const t = useTranslations('task');
  return (
    <aside className={styles.context} aria-label={t('context')}>
      <h2 className={styles.contextTitle}>{t('context')}</h2>
      <RoutingPanel instanceId={task.instance.id} serviceKey={task.instance.serviceKey} />
      <Summary summary={task.summary} />
      <Lines lines={task.lines} />
      <BesideTask task={task} />
      {task.submissions.length > 0 ? (
        <SubmissionList submissions={task.submissions} openLast />
      ) : (
        <p className={styles.none}>{t('noSubmissions')}</p>
      )}
      <Panel title={t('comments')}>
        <CommentThread instanceId={task.instance.id} comments={task.comments} canComment />
      </Panel>
    </aside>
  );
}
