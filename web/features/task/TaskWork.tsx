'use client';

import { LockOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo, useRef, useState } from 'react';
import type { CommandAnswer, FormIssueView, FormReference, TaskView } from '#api/views.ts';
import type { Outcome } from '#core/bpmn/graph.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { RETURNED } from '#core/process/task-descriptor.ts';
import { CarriedNote } from '#web/features/forms/CarriedNote.tsx';
import { DraftConflict, DraftState } from '#web/features/forms/DraftState.tsx';
import { FormPane, type FormPaneHandle } from '#web/features/forms/FormPane.tsx';
import { type SendLater, useDraft } from '#web/features/forms/use-draft.ts';
import { NotSentDialog } from '#web/features/offline/NotSentDialog.tsx';
import { RestoredNote } from '#web/features/offline/RestoredNote.tsx';
import { WaitingCard } from '#web/features/offline/WaitingCard.tsx';
import { type ApiError, isAway } from '#web/lib/api.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useIsPhone } from '#web/lib/use-media.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { OutcomeBar } from './OutcomeBar.tsx';
import type { Reason } from './ReasonDialog.tsx';
import styles from './TaskPage.module.css';
import { useDisabledWords } from './use-disabled-words.ts';

const ReturnDialog = dynamic(async () => (await import('./ReturnDialog.tsx')).ReturnDialog, { ssr: false });
const ReasonDialog = dynamic(async () => (await import('./ReasonDialog.tsx')).ReasonDialog, { ssr: false });

export interface TaskWorkProps {
  readonly task: TaskView;
  readonly isConflict: boolean;
  readonly onWrite: (form: FormReference, response: QuestionnaireResponse) => void;
  readonly onDone: (outcome: Outcome, answer: CommandAnswer) => void;
  readonly onConflict: () => void;
}

/** Under which the decision about a task is on its way. */
export const decisionKey = (instanceId: string, taskId: string): readonly string[] => ['decision', instanceId, taskId];

/** The task moved on while the person was looking at it: read it again instead of insisting. */
const STALE_CODES: ReadonlySet<string> = new Set([
  'task-done',
  'unknown-task',
  'claimed-by-other',
  'instance-ended',
  'conflict',
  'not-claimed',
]);

export function TaskWork({ task, isConflict, onWrite, onDone, onConflict }: TaskWorkProps) {
  const t = useTranslations('task');
  const offline = useTranslations('offline');
  const words = useErrorWords();
  const { message } = App.useApp();
  const { id } = task.instance;
  const isMine = task.actions.some((action) => action.kind === 'outcome' && action.disabled === null);

  const outcomes = useMemo(() => task.actions.flatMap((action) => (action.kind === 'outcome' ? [action.outcome] : [])), [task.actions]);

  const form = useRef<FormPaneHandle>(null);
  /** What the form begins with; another version of the draft begins it anew. */
  const [begin, setBegin] = useState<{ readonly response: QuestionnaireResponse | null; readonly round: number }>({
    response: task.response,
    round: 0,
  });
  const beginAnew = (response: QuestionnaireResponse) => setBegin(({ round }) => ({ response, round: round + 1 }));
  const [issues, setIssues] = useState<readonly FormIssueView[]>([]);
  const [unsent, setUnsent] = useState<SendLater | null>(null);
  const [asking, setAsking] = useState<Outcome | null>(null);
  const [isReturning, setReturning] = useState(false);
  const targets = task.actions.flatMap((action) => (action.kind === 'return' ? action.targets : []));
  const draft = useDraft({
    scope: { kind: 'task', instanceId: id, taskId: task.taskId },
    formHash: task.form?.hash ?? '',
    existing: task.draft,
    label: { service: task.instance.serviceName, step: task.name, number: task.instance.number },
    isWritable: isMine && task.form !== null,
    onRestore: beginAnew,
    onSent: (sending, answer) => {
      if (sending.kind === 'complete') onDone(sending.outcome, answer);
    },
  });

  const onRefused = (error: ApiError) => {
    if (error.view.issues) {
      setAsking(null);
      setIssues(error.view.issues);
    } else if (STALE_CODES.has(error.view.code)) {
      void draft.flush();
      setAsking(null);
      setReturning(false);
      onConflict();
    }
    message.error(words(error));
  };
  const claiming = useCommand({ onRefused });
  /** What waits for a connection if none is there: answers only, never a decision by itself. */
  const later = useRef<Pick<SendLater, 'sending' | 'response'> | null>(null);
  const completing = useCommand({
    key: decisionKey(id, task.taskId),
    onRefused: (error, { commandId }) => {
      if (!isAway(error) || later.current === null) return onRefused(error);
      setAsking(null);
      setUnsent({ commandId, ...later.current });
    },
  });
  const claim = () => claiming.send(commands.claim(id, task.taskId));

  const complete = (outcome: Outcome, reason: Reason) => {
    const answers = form.current?.answers(outcome.formRequired) ?? null;
    if (task.form && outcome.formRequired && answers === null) {
      setAsking(null);
      return;
    }
    later.current =
      task.form && answers
        ? {
            sending: { kind: 'complete', outcome, ...reason, seen: task.submissions.map((submission) => submission.id) },
            response: answers,
          }
        : null;
    void completing.send(
      commands.complete(id, task.taskId, {
        outcome: outcome.code,
        ...reason,
        ...(task.form && answers ? { formHash: task.form.hash, response: answers } : {}),
      }),
      (answer) => {
        draft.stop();
        setAsking(null);
        onDone(outcome, answer);
      },
    );
  };
  const returnTo = (toElementId: string, reason: string) => {
    later.current = null;
    return completing.send(commands.returnTask(id, task.taskId, { toElementId, reason }), (answer) => {
      draft.stop();
      setReturning(false);
      onDone(RETURNED, answer);
    });
  };
  const sendLater = async () => {
    if (unsent && !(await draft.sendLater(unsent))) message.error(offline('cannotKeep'));
    setUnsent(null);
  };
  const choose = (outcome: Outcome, note: string) => {
    // A form with mistakes is shown before a reason is asked for.
    if (task.form && outcome.formRequired && form.current?.answers(true) === null) return;
    const { kind } = outcome.reason;
    if (kind === 'required' || kind === 'coded' || (kind === 'none' && outcome.tone === 'danger')) setAsking(outcome);
    else complete(outcome, kind === 'optional' && note.trim() ? { reason: note.trim() } : {});
  };

  if (draft.waiting) return <WaitingCard head={draft.waiting} onTakeBack={draft.takeBack} onSendAgain={draft.sendAgain} />;
  return (
    <>
      {isConflict ? <p role="alert">{t('conflictHint')}</p> : null}
      {isMine ? null : <ClaimNote task={task} isClaiming={claiming.isPending} onClaim={claim} />}
      {task.carried ? <CarriedNote carried={task.carried} /> : null}
      {draft.restoredAt ? <RestoredNote at={draft.restoredAt} /> : null}
      <DraftConflict draft={draft} onTake={beginAnew} />
      <section className={styles.form} aria-label={t('form')}>
        <div className={styles.formHead}>
          <h2>{t('form')}</h2>
          <DraftState status={draft.status} />
        </div>
        {task.form ? (
          <FormPane
            key={begin.round}
            ref={form}
            form={task.form}
            response={begin.response}
            issues={issues}
            isReadOnly={!isMine}
            outcomes={outcomes}
            remarks={task.answerRemarks}
            draftId={draft.id}
            onChange={(next) => {
              setIssues([]);
              if (task.form) onWrite(task.form, next);
              draft.change(next);
            }}
          />
        ) : (
          <p>{t('noForm')}</p>
        )}
      </section>
      <OutcomeBar
        task={task}
        isSending={completing.isPending}
        isClaiming={claiming.isPending}
        onClaim={claim}
        onChoose={choose}
        onReturn={() => setReturning(true)}
      />
      {isReturning ? (
        <ReturnDialog
          task={task}
          targets={targets}
          isSending={completing.isPending}
          onClose={() => setReturning(false)}
          onReturn={returnTo}
        />
      ) : null}
      {unsent ? <NotSentDialog onKeep={sendLater} onStay={() => setUnsent(null)} /> : null}
      {asking ? (
        <ReasonDialog
          key={asking.code}
          name={asking.name}
          rule={asking.reason}
          isDanger={asking.tone === 'danger'}
          isSending={completing.isPending}
          hint={t('reasonHint')}
          onClose={() => setAsking(null)}
          onSend={(reason) => complete(asking, reason)}
        />
      ) : null}
    </>
  );
}

function ClaimNote({ task, isClaiming, onClaim }: { readonly task: TaskView; readonly isClaiming: boolean; readonly onClaim: () => void }) {
  const t = useTranslations('task');
  const disabledWords = useDisabledWords();
  const isPhone = useIsPhone();
  const claim = task.actions.find((action) => action.kind === 'claim');
  const disabled = claim?.disabled ?? task.actions.find((action) => action.kind === 'outcome')?.disabled ?? null;
  const canClaim = claim !== undefined && claim.disabled === null;
  return (
    <section className={styles.lock}>
      <div>
        <strong>
          <LockOutlined aria-hidden /> {canClaim || !disabled ? t('lockedTitle') : disabledWords(disabled, task)}
        </strong>
        {canClaim ? <p>{t('lockedHint')}</p> : null}
      </div>
      {canClaim && !isPhone ? (
        <Button type="primary" loading={isClaiming} onClick={onClaim}>
          {t('claimAndWork')}
        </Button>
      ) : null}
    </section>
  );
}
