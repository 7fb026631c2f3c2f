'use client';

import { useTranslations } from 'next-intl';
import type { WaitingJobsView } from '#api/views/jobs.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './IncidentList.module.css';

type Waiting = WaitingJobsView['types'][number];

/** Jobs that are offered to remote workers: a type for which nobody comes is seen here. Nothing where nothing is offered. */
export function WaitingJobs() {
  const t = useTranslations('incidents.waiting');
  const { data } = useRead(reads.waitingJobs());
  const columns = useColumns();
  if (!data || data.types.length === 0) return null;
  return (
    <section className={styles.waiting} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <DataTable label={t('title')} columns={columns} rows={data.types} rowId={({ jobType }) => jobType} />
    </section>
  );
}

function useColumns(): readonly Column<Waiting>[] {
  const t = useTranslations('incidents.waiting.columns');
  return [
    { id: 'jobType', header: t('jobType'), cell: ({ row: { original } }) => <code>{original.jobType}</code> },
    { id: 'waiting', header: t('waiting'), cell: ({ row: { original } }) => original.waiting },
    { id: 'leased', header: t('leased'), cell: ({ row: { original } }) => original.leased },
    { id: 'oldest', header: t('oldest'), cell: ({ row: { original } }) => <TimeText at={original.oldest} /> },
  ];
}
