'use client';

import { Tabs } from 'antd';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { InstanceView } from '#api/views.ts';
import { CommentThread } from '#web/features/comments/CommentThread.tsx';
import { SubmissionList } from '#web/features/forms/SubmissionCard.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { paths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { FileList } from './FileList.tsx';
import { InstanceHeader } from './InstanceHeader.tsx';
import styles from './InstancePage.module.css';
import { InstanceSkeleton } from './InstanceSkeleton.tsx';
import { Progress } from './Progress.tsx';
import { Timeline } from './Timeline.tsx';

const CONFIRMATION_MS = 5_000;

/** Confirmations are no steps and come without news. */
function untilSettled(instance: InstanceView | undefined): number | false {
  if (!instance) return false;
  const { status, confirmation } = instance.header;
  const isSettled = status !== 'ended' && confirmation.confirmedSeq >= confirmation.lastSeq;
  return isSettled || confirmation.divergence !== null ? false : CONFIRMATION_MS;
}

const TABS = ['progress', 'timeline', 'forms', 'files', 'comments'] as const;

export function InstancePage({ instanceId }: { readonly instanceId: string }) {
  const t = useTranslations('instance');
  const asked = useSearchParams().get('tab');
  const tab = TABS.find((each) => each === asked) ?? 'progress';
  const { data: instance, error, refetch } = useRead(reads.instance(instanceId), { again: untilSettled });
  if (error && !instance) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!instance) return <InstanceSkeleton />;

  const counts = {
    progress: 0,
    timeline: 0,
    forms: instance.submissions.filter(({ isCurrent }) => isCurrent).length,
    files: instance.files.length,
    comments: instance.comments.length,
  };
  return (
    <div className={styles.page}>
      <InstanceHeader instance={instance} />
      <Tabs
        activeKey={tab}
        // Everything is here already: no question to the server, which could be slow or away.
        onChange={(key) => window.history.replaceState(null, '', paths.instance(instanceId, key === 'progress' ? undefined : key))}
        items={TABS.map((key) => ({
          key,
          label: (
            <span>
              {t(`tabs.${key}`)}
              {counts[key] > 0 ? <small className={styles.count}>{counts[key]}</small> : null}
            </span>
          ),
          children: <TabContent tab={key} instance={instance} />,
        }))}
      />
    </div>
  );
}

function TabContent({ tab, instance }: { readonly tab: (typeof TABS)[number]; readonly instance: InstanceView }) {
  const t = useTranslations('instance');
  switch (tab) {
    case 'progress':
      return <Progress instance={instance} />;
    case 'timeline':
      return <Timeline entries={instance.timeline} />;
    case 'forms':
      return instance.submissions.length > 0 ? (
        <section aria-labelledby="forms-heading">
          <h2 id="forms-heading" className="bh-visually-hidden">
            {t('tabs.forms')}
          </h2>
          <SubmissionList submissions={instance.submissions} openLast />
        </section>
      ) : (
        <EmptyState title={t('noForms')} />
      );
    case 'files':
      return <FileList files={instance.files} />;
    case 'comments':
      return (
        <div className={styles.comments}>
          <CommentThread
            instanceId={instance.header.id}
            comments={instance.comments}
            canComment={instance.actions.some(({ kind }) => kind === 'comment')}
          />
        </div>
      );
  }
}
