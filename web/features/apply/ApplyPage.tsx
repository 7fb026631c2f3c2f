'use client';

import { FileTextOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { DraftView, FormIssueView, ServiceFormView } from '#api/views.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { CarriedNote } from '#web/features/forms/CarriedNote.tsx';
import { DraftConflict, DraftState } from '#web/features/forms/DraftState.tsx';
import { FormPane, type FormPaneHandle } from '#web/features/forms/FormPane.tsx';
import { useDraft } from '#web/features/forms/use-draft.ts';
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

export interface ApplyPageProps {
  readonly serviceKey: string;
  readonly draftId: string | null;
}

export function ApplyPage({ serviceKey, draftId }: ApplyPageProps) {
  const service = useRead(reads.service(serviceKey), { staleTime: Number.POSITIVE_INFINITY });
  const draft = useRead(reads.draft(draftId ?? ''), { enabled: draftId !== null, staleTime: Number.POSITIVE_INFINITY });
  const error = service.error ?? draft.error;
  if (error) {
    const retry = () => void Promise.all([service.refetch(), draftId === null ? null : draft.refetch()]);
    return <ErrorState error={error} onRetry={retry} />;
  }
  if (!service.data || (draftId !== null && !draft.data)) return null;
  return <ApplyForm service={service.data} draft={draft.data ?? null} />;
}

function ApplyForm({ service, draft: existing }: { readonly service: ServiceFormView; readonly draft: DraftView | null }) {
  const t = useTranslations('apply');
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
  const [issues, setIssues] = useState<readonly FormIssueView[]>([]);
  const draft = useDraft({ scope: { kind: 'service', serviceKey: service.key }, formHash: service.form.hash, existing });
  // A reload goes on with this draft; the page itself stays as it is.
  useEffect(() => {
    if (draft.id !== null && existing === null) window.history.replaceState(null, '', paths.applyFor(service.key, draft.id));
  }, [draft.id, existing, service.key]);
  const starting = useCommand({
    onRefused: (error) => {
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
      ({ instanceId }) => {
        draft.stop();
        router.replace(paths.applied(service.key, instanceId));
      },
    );
  };

  return (
    <div className={styles.page}>
      <PageHeader title={text(service.name)} lead={text(service.description)} />
      <div className={styles.notes}>
        {existing === null ? <OpenDrafts service={service} /> : null}
        {existing?.carried ? <CarriedNote carried={existing.carried} /> : null}
        <DraftConflict draft={draft} onTake={(response) => setBegin(({ round }) => ({ response, round: round + 1 }))} />
      </div>
      <div className={styles.columns}>
        <div className={styles.form}>
          <h2 className="bh-visually-hidden">{t('form')}</h2>
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
              draft.change(next);
            }}
          />
          <div className={styles.bar}>
            <DraftState status={draft.status} />
            <Button type="primary" size="large" loading={starting.isPending} onClick={submit}>
              {t('submit')}
            </Button>
          </div>
        </div>
        <DeciderChain deciders={service.nextDeciders} />
      </div>
    </div>
  );
}

/** Someone who left off before is offered to go on, instead of writing it all again. */
function OpenDrafts({ service }: { readonly service: ServiceFormView }) {
  const t = useTranslations('apply');
  const now = usePresent();
  const [first] = service.drafts;
  if (!first) return null;
  return (
    <Note tone="info" icon={<FileTextOutlined />} title={t('draftsHere', { count: service.drafts.length })}>
      <Link href={paths.applyFor(service.key, first.id)}>
        {t('continue')} · {t('draftSaved', { time: shortDateTime(first.savedAt, now) })}
      </Link>
    </Note>
  );
}
