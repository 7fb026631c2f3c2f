'use client';

import { FileTextOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { CommandAnswer, DraftView, FormIssueView, ServiceFormView } from '#api/views.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { CarriedNote } from '#web/features/forms/CarriedNote.tsx';
import { DraftConflict, DraftState } from '#web/features/forms/DraftState.tsx';
import { FormPane, type FormPaneHandle } from '#web/features/forms/FormPane.tsx';
import { type SendLater, useDraft } from '#web/features/forms/use-draft.ts';
import { NotSentDialog } from '#web/features/offline/NotSentDialog.tsx';
import { RestoredNote } from '#web/features/offline/RestoredNote.tsx';
import { WaitingCard } from '#web/features/offline/WaitingCard.tsx';
import { isAway } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { shortDateTime } from '#web/lib/time.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { usePresent } from '#web/lib/use-now.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Note } from '#web/ui/Note.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import styles from './ApplyPage.module.css';
import { DeciderChain } from './DeciderChain.tsx';
import { useDeciders } from './use-deciders.ts';

export interface ApplyPageProps {
  readonly serviceKey: string;
  readonly draftId: string | null;
  /** Which of the applications that this device keeps is gone on with. */
  readonly keptId: string | null;
}

export function ApplyPage({ serviceKey, draftId, keptId }: ApplyPageProps) {
  const service = useRead(reads.service(serviceKey), { staleTime: Number.POSITIVE_INFINITY });
  const draft = useRead(reads.draft(draftId ?? ''), { enabled: draftId !== null, staleTime: Number.POSITIVE_INFINITY });
  const error = service.error ?? draft.error;
  if (error) {
    const retry = () => void Promise.all([service.refetch(), draftId === null ? null : draft.refetch()]);
    return <ErrorState error={error} onRetry={retry} />;
  }
  if (!service.data || (draftId !== null && !draft.data)) return null;
  return <ApplyForm service={service.data} draft={draft.data ?? null} keptId={keptId} />;
}

interface ApplyFormProps {
  readonly service: ServiceFormView;
  readonly draft: DraftView | null;
  readonly keptId: string | null;
}

function ApplyForm({ service, draft: existing, keptId }: ApplyFormProps) {
  const t = useTranslations('apply');
  const offline = useTranslations('offline');
  const router = useRouter();
  const words = useErrorWords();
  const { message } = App.useApp();
  const { text } = useText();
  const form = useRef<FormPaneHandle>(null);
  /** What the form begins with; another version of the draft begins it anew. */
  const [begin, setBegin] = useState<{ readonly response: QuestionnaireResponse; readonly round: number }>({
    response: existing?.response ?? service.prefill,
    round: 0,
  });
  const [answers, setAnswers] = useState(begin.response);
  const deciders = useDeciders(service, answers);
  const [issues, setIssues] = useState<readonly FormIssueView[]>([]);
  const [unsent, setUnsent] = useState<SendLater | null>(null);
  const [isSent, setSent] = useState(false);
  const beginAnew = (response: QuestionnaireResponse) => {
    setBegin(({ round }) => ({ response, round: round + 1 }));
    setAnswers(response);
  };
  const goToSent = ({ instanceId }: CommandAnswer) => {
    setSent(true);
    router.replace(paths.applied(service.key, instanceId));
  };
  const draft = useDraft({
    scope: { kind: 'service', serviceKey: service.key },
    formHash: service.form.hash,
    existing,
    label: { service: service.name, step: null, number: null },
    keptId,
    isWritable: true,
    onRestore: beginAnew,
    onSent: (_sending, answer) => goToSent(answer),
  });
  // A reload goes on with this draft; the page itself stays as it is.
  useEffect(() => {
    if (draft.id !== null && existing === null) window.history.replaceState(null, '', paths.applyFor(service.key, { draft: draft.id }));
  }, [draft.id, existing, service.key]);
  const starting = useCommand({
    onRefused: (error, { command, commandId }) => {
      if (isAway(error)) {
        // Made by `submit` below.
        const response = command.body?.response as QuestionnaireResponse;
        setUnsent({ commandId, sending: { kind: 'start' }, response });
        return;
      }
      setIssues(error.view.issues ?? []);
      message.error(words(error));
    },
  });

  const submit = () => {
    const answers = form.current?.answers(true) ?? null;
    if (answers === null) return;
    void starting.send(
      commands.start({
        serviceKey: service.key,
        formHash: service.form.hash,
        response: answers,
        ...(draft.id ? { draftId: draft.id } : {}),
      }),
      (answer) => {
        draft.stop();
        goToSent(answer);
      },
    );
  };
  const sendLater = async () => {
    if (unsent && !(await draft.sendLater(unsent))) message.error(offline('cannotKeep'));
    setUnsent(null);
  };
  if (isSent) return null;

  return (
    <div className={styles.page}>
      <PageHeader title={text(service.name)} lead={text(service.description)} />
      <div className={styles.notes}>
        {existing === null ? <OpenDrafts service={service} ownId={draft.id} /> : null}
        {existing?.carried ? <CarriedNote carried={existing.carried} /> : null}
        {draft.restoredAt ? <RestoredNote at={draft.restoredAt} /> : null}
        <DraftConflict draft={draft} onTake={beginAnew} />
      </div>
      <div className={styles.columns}>
        <div className={styles.form}>
          <h2 className="bh-visually-hidden">{t('form')}</h2>
          {draft.waiting ? (
            <WaitingCard head={draft.waiting} onTakeBack={draft.takeBack} onSendAgain={draft.sendAgain} />
          ) : (
            <>
              <FormPane
                key={begin.round}
                ref={form}
                form={service.form}
                response={begin.response}
                issues={issues}
                isReadOnly={false}
                draftId={draft.id}
                onChange={(next) => {
                  setIssues([]);
                  setAnswers(next);
                  draft.change(next);
                }}
              />
              <div className={styles.bar}>
                <DraftState status={draft.status} />
                <Button type="primary" size="large" loading={starting.isPending} onClick={submit}>
                  {t('submit')}
                </Button>
              </div>
            </>
          )}
        </div>
        <DeciderChain deciders={deciders} />
      </div>
      {unsent ? <NotSentDialog onKeep={sendLater} onStay={() => setUnsent(null)} /> : null}
    </div>
  );
}

/** Someone who left off before is offered to go on, instead of writing it all again. */
function OpenDrafts({ service, ownId }: { readonly service: ServiceFormView; readonly ownId: string | null }) {
  const t = useTranslations('apply');
  const now = usePresent();
  const others = service.drafts.filter(({ id }) => id !== ownId);
  const [first] = others;
  if (!first) return null;
  return (
    <Note tone="info" icon={<FileTextOutlined />} title={t('draftsHere', { count: others.length })}>
      <Link href={paths.applyFor(service.key, { draft: first.id })}>
        {t('continue')} · {t('draftSaved', { time: shortDateTime(first.savedAt, now) })}
      </Link>
    </Note>
  );
}
