'use client';

import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import type { InboxList, InboxRow } from '#api/views/inbox.ts';
import type { InstanceHeader, SubmissionView, TaskView } from '#api/views.ts';
import { Answers } from '#web/features/forms/Answers.tsx';
import { RemarkNote } from '#web/features/task/RemarkNote.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { PhaseBar } from '#web/ui/PhaseBar.tsx';
import { SlaBadge } from '#web/ui/SlaBadge.tsx';
import { StateTag } from '#web/ui/StateTag.tsx';
import { SuspendedTag } from '#web/ui/SuspendedTag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { UrgencyMark } from '#web/ui/UrgencyMark.tsx';
import styles from './InboxPreview.module.css';

export interface InboxPreviewProps {
  readonly row: InboxRow;
  readonly list: InboxList;
  readonly isClaiming: boolean;
  readonly onOpen: () => void;
  readonly onClaim: (thenOpen: boolean) => void;
}

/** Whoever runs down the list with j and k should not make the server read every row on the way. */
const SETTLE_MS = 160;

export function InboxPreview({ row, list, isClaiming, onOpen, onClaim }: InboxPreviewProps) {
  const t = useTranslations('inbox');
  const { text, name } = useText();
  const { header, task, request } = useDetail(row, list);
  const canClaim = row.quickAction === 'claim';
  const isWorklist = list === 'todo' || list === 'claimable';
  const opensTask = row.taskId !== null && list !== 'done';

  return (
    <article className={styles.preview}>
      <header className={styles.head}>
        <p className={styles.marks}>
          <UrgencyMark urgency={row.urgency} showsRoutine />
          <StateTag status={row.status} />
          <span>{row.number}</span>
        </p>
        <h2>{text(row.title) || text(row.serviceName)}</h2>
        {row.taskName ? (
          <p className={styles.step}>
            {text(row.taskName)}
            {row.suspendedAt !== null ? <SuspendedTag at={row.suspendedAt} /> : null}
            {isWorklist && row.suspendedAt === null ? <SlaBadge due={row.due} overdue={row.overdue} hidesNone /> : null}
          </p>
        ) : null}
        <div className={styles.actions}>
          {canClaim ? (
            <>
              <Button type="primary" loading={isClaiming} onClick={() => onClaim(true)}>
                {t('claimAndOpen')}
              </Button>
              <Button loading={isClaiming} onClick={() => onClaim(false)}>
                {t('claim')}
              </Button>
            </>
          ) : null}
          {opensTask && !canClaim ? (
            <Button type="primary" onClick={onOpen}>
              {t('open')}
            </Button>
          ) : null}
          <Link href={paths.instance(row.instanceId)}>
            <Button type={opensTask ? 'default' : 'primary'}>{t('view')}</Button>
          </Link>
        </div>
      </header>

      {task?.remark ? <RemarkNote remark={task.remark} /> : null}

      <dl className={styles.facts}>
        <Fact label={t('from')}>{name(row.from)}</Fact>
        <Fact label={t('applicant')}>
          {header?.applicant ? <PersonChip person={header.applicant} /> : header ? t('noApplicant') : <Bone width="7em" />}
        </Fact>
        <Fact label={t('applied')}>{header ? <TimeText at={header.createdAt} as="full" /> : <Bone width="9em" />}</Fact>
        {isWorklist ? (
          <Fact label={t('arrived')}>
            <TimeText at={row.createdAt} as="full" />
          </Fact>
        ) : null}
      </dl>

      <div className={styles.loop}>
        {header ? <PhaseBar loop={header.loop} hasEnded={header.endedAt !== null} /> : <Bone height="48px" />}
      </div>

      {request ? (
        <section className={styles.request}>
          <h3>{text(request.elementName) || t('request')}</h3>
          <Answers submission={request} />
        </section>
      ) : null}
    </article>
  );
}

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

interface Detail {
  readonly header: InstanceHeader | null;
  readonly task: TaskView | null;
  readonly request: SubmissionView | null;
}

function useDetail({ instanceId, taskId }: InboxRow, list: InboxList): Detail {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, []);
  const readsTask = taskId !== null && list !== 'done';
  const task = useRead(reads.task(instanceId, taskId ?? ''), { enabled: isSettled && readsTask, staleTime: 30_000 });
  const instance = useRead(reads.instance(instanceId), { enabled: isSettled && !readsTask, staleTime: 30_000 });
  const submissions = task.data?.submissions ?? instance.data?.submissions ?? [];
  return {
    header: task.data?.instance ?? instance.data?.header ?? null,
    task: task.data ?? null,
    request:
      submissions.find(({ isCurrent, phase }) => isCurrent && phase === 'apply') ?? submissions.find(({ isCurrent }) => isCurrent) ?? null,
  };
}
