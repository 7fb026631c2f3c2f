'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { OperationsRow, OperationsView } from '#api/views/operations.ts';
import { IncidentList } from '#web/features/incidents/IncidentList.tsx';
import type { Kind } from '#web/features/incidents/kinds.ts';
import { WaitingJobs } from '#web/features/incidents/WaitingJobs.tsx';
import { RetentionPanel } from '#web/features/retention/RetentionPanel.tsx';
import { RunningFlows } from '#web/features/whereabouts/RunningFlows.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { FindInstance } from './FindInstance.tsx';
import styles from './Operations.module.css';
import { PROBLEMS, type Problem } from './problems.ts';
import { RebuildPanel } from './RebuildPanel.tsx';
import { RowActions } from './RowActions.tsx';

const TONES: Record<Problem, Tone> = {
  stopped: 'danger',
  incident: 'danger',
  unconfirmed: 'warning',
  'seal-pending': 'info',
  'not-archived': 'warning',
  suspended: 'neutral',
};

export interface OperationsPageProps {
  readonly problem: Problem | null;
  /** Of the incidents. */
  readonly kind: Kind | null;
}

export function OperationsPage({ problem, kind }: OperationsPageProps) {
  const t = useTranslations('operations');
  const common = useTranslations('common');
  const { data, error, refetch } = useRead(reads.operations(problem), { keepPrevious: true });
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      {error && !data ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      <FindInstance />
      <nav className={styles.counts} aria-label={t('filterLabel')}>
        {PROBLEMS.map((each) => (
          <Link
            key={each}
            href={paths.operations(each === problem ? undefined : each)}
            aria-current={each === problem ? 'true' : undefined}
            replace
            data-tone={data && countOf(data, each) > 0 ? TONES[each] : 'none'}
          >
            <strong>{data ? countOf(data, each) : <Bone width="1em" />}</strong>
            {t(`counts.${each}`)}
          </Link>
        ))}
        {problem ? <Link href={paths.operations()}>{common('all')}</Link> : null}
      </nav>
      {problem === 'incident' ? <IncidentList kind={kind} /> : <Problems data={data} />}
      {problem === null ? <RunningFlows /> : null}
      {problem === null ? <WaitingJobs /> : null}
      {problem === null ? <RetentionPanel /> : null}
      <RebuildPanel />
    </Page>
  );
}

function Problems({ data }: { readonly data: OperationsView | undefined }) {
  const t = useTranslations('operations');
  const columns = useColumns();
  return (
    <>
      {data?.rows.length === 0 ? <EmptyState title={t('empty')} hint={t('emptyHint')} /> : null}
      {data && data.rows.length > 0 ? (
        <DataTable label={t('tableLabel')} columns={columns} rows={data.rows} rowId={(row) => `${row.instanceId}/${row.problem}`} />
      ) : null}
    </>
  );
}

const COUNT_NAMES = {
  stopped: 'stopped',
  incident: 'incidents',
  unconfirmed: 'unconfirmed',
  'seal-pending': 'sealPending',
  'not-archived': 'notArchived',
  suspended: 'suspended',
} as const satisfies Record<Problem, keyof OperationsView['counts']>;

const countOf = ({ counts }: OperationsView, problem: Problem): number => counts[COUNT_NAMES[problem]];

function useColumns(): readonly Column<OperationsRow>[] {
  const t = useTranslations('operations');
  const { text } = useText();
  return [
    {
      id: 'number',
      header: t('columns.number'),
      cell: ({ row: { original } }) => (
        <span>
          <Link href={paths.operated(original.instanceId)}>{original.number}</Link> {text(original.serviceName)}
        </span>
      ),
    },
    {
      id: 'problem',
      header: t('columns.problem'),
      cell: ({ row: { original } }) => <Tag tone={TONES[original.problem]}>{t(`counts.${original.problem}`)}</Tag>,
    },
    { id: 'since', header: t('columns.since'), cell: ({ row: { original } }) => <TimeText at={original.since} /> },
    {
      id: 'progress',
      header: t('columns.progress'),
      cell: ({ row: { original } }) => t('progress', { confirmed: original.confirmedSeq, last: original.lastSeq }),
    },
    {
      id: 'detail',
      header: t('columns.detail'),
      cell: ({ row: { original } }) => <span className={styles.detail}>{original.detail ?? '–'}</span>,
    },
    { id: 'attempts', header: t('columns.attempts'), cell: ({ row: { original } }) => original.attempts },
    { id: 'actions', header: t('columns.actions'), cell: ({ row: { original } }) => <RowActions row={original} /> },
  ];
}
