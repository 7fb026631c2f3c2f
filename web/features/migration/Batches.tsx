'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Progress } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MigrationBatchHead, MigrationBatchView } from '#api/views/definitions.ts';
import { type ApiError, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Migration.module.css';
import { useRefusalWords } from './Trial.tsx';

const LOOK_AGAIN_MS = 2_000;
const TONES: Record<MigrationBatchHead['state'], Tone> = { running: 'primary', paused: 'warning', done: 'success' };

/** What was migrated so far and what is under way, with a result for each instance. */
export function Batches({ flowKey }: { readonly flowKey: string }) {
  const t = useTranslations('migration');
  const { data, error, refetch } = useRead(reads.migrations(flowKey), {
    again: (batches) => (batches?.some(({ state }) => state === 'running') ? LOOK_AGAIN_MS : false),
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data || data.length === 0) return null;
  return (
    <Panel title={t('batches')}>
      <ul className={styles.batches}>
        {data.map((batch, index) => (
          <Batch key={batch.id} batch={batch} isFirst={index === 0} />
        ))}
      </ul>
    </Panel>
  );
}

function Batch({ batch, isFirst }: { readonly batch: MigrationBatchHead; readonly isFirst: boolean }) {
  const t = useTranslations('migration');
  const { name } = useText();
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(isFirst);
  const { pending, migrated, refused } = batch.counts;
  const total = Math.max(1, pending + migrated + refused);
  const pausing = useMutation<MigrationBatchView, ApiError, boolean>({
    mutationFn: (isPaused) => send('POST', `${reads.migration(batch.id).path}/pause`, { isPaused }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['migrations'] }),
    onError: (failure) => void message.error(words(failure)),
  });
  return (
    <li>
      <div className={styles.line}>
        <strong>{t('batch', { from: batch.fromVersion, to: batch.toVersion })}</strong>
        <Tag tone={TONES[batch.state]}>{t(`state.${batch.state}`)}</Tag>
        <span>{t('counts', { migrated, refused, pending })}</span>
        <span className={styles.hint}>
          {batch.by ? name(batch.by) : ''} <TimeText at={batch.createdAt} />
        </span>
        {batch.state === 'done' ? null : (
          <Button size="small" loading={pausing.isPending} onClick={() => pausing.mutate(batch.state === 'running')}>
            {batch.state === 'running' ? t('pause') : t('resume')}
          </Button>
        )}
        <Button size="small" type="text" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('rows')}
        </Button>
      </div>
      <p className={styles.hint}>{batch.reason}</p>
      {batch.state === 'done' ? null : <Progress percent={Math.floor(((migrated + refused) * 100) / total)} aria-label={t('batches')} />}
      {isOpen ? <Rows batch={batch} /> : null}
    </li>
  );
}

type Row = MigrationBatchView['rows'][number];
const ROW_TONES: Record<Row['state'], Tone> = { pending: 'neutral', migrated: 'success', refused: 'danger' };

function Rows({ batch }: { readonly batch: MigrationBatchHead }) {
  const t = useTranslations('migration');
  const why = useRefusalWords();
  const { data, error, refetch } = useRead(reads.migration(batch.id), {
    again: (answer) => (answer?.state === 'running' ? LOOK_AGAIN_MS : false),
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data || data.rows.length === 0) return null;
  const columns: readonly Column<Row>[] = [
    {
      id: 'instance',
      header: t('instance'),
      cell: ({ row: { original } }) => <Link href={paths.operated(original.instanceId)}>{original.number}</Link>,
    },
    {
      id: 'result',
      header: t('result'),
      cell: ({ row: { original } }) => <Tag tone={ROW_TONES[original.state]}>{t(`row.${original.state}`)}</Tag>,
    },
    { id: 'why', header: t('why'), cell: ({ row: { original } }) => (original.code === null ? '–' : why(original.code)) },
  ];
  return <DataTable label={t('rows')} columns={columns} rows={data.rows} rowId={({ instanceId }) => instanceId} />;
}
