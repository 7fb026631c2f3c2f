'use client';

import { Button, Progress } from 'antd';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { RebuildView } from '#api/views/operations.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrand } from '#web/lib/use-errand.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { Panel } from '#web/ui/Panel.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Operations.module.css';

const OperatorReason = dynamic(async () => (await import('./OperatorReason.tsx')).OperatorReason, { ssr: false });

/** After Temporal lost its workflows: all of them anew from their journals. */
export function RebuildPanel() {
  const t = useTranslations('operations.rebuild');
  const words = useErrorWords();
  const [isAsking, setAsking] = useState(false);
  const { read, ask, isUnderWay } = useErrand<RebuildView, { readonly reason: string }>(reads.rebuild(), ({ rebuild }) => rebuild);
  const error = ask.error ?? read.error;
  const rebuild = read.data?.rebuild;
  const outcome = rebuild?.outcome;
  return (
    <Panel
      title={t('title')}
      extra={
        <Button size="small" loading={isUnderWay} onClick={() => setAsking(true)}>
          {t('ask')}
        </Button>
      }
    >
      <p className={styles.hint}>{t('lead')}</p>
      {error ? (
        <p className={styles.error} role="alert">
          {words(error)}
        </p>
      ) : null}
      <div aria-live="polite">
        {rebuild && rebuild.finishedAt === null ? (
          <Progress
            percent={rebuild.total === 0 ? 0 : Math.floor((100 * rebuild.done) / rebuild.total)}
            size="small"
            aria-label={t('progress')}
          />
        ) : null}
        {rebuild?.finishedAt && outcome ? (
          <p>
            {'failed' in outcome ? t('failed') : t('done', { looked: outcome.looked, rebuilt: outcome.rebuilt, left: outcome.left })}{' '}
            <TimeText at={rebuild.finishedAt} as="full" />
          </p>
        ) : null}
      </div>
      {isAsking ? (
        <OperatorReason
          kind="rebuild"
          isSending={ask.isPending}
          onClose={() => setAsking(false)}
          onSend={(reason) => ask.mutate({ reason }, { onSettled: () => setAsking(false) })}
        />
      ) : null}
    </Panel>
  );
}
