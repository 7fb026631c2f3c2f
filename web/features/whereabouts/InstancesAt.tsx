'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef } from 'react';
import type { InstanceAtRow, InstancesAtView } from '#api/views/whereabouts.ts';
import { type ApiError, call } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { SuspendedTag } from '#web/ui/SuspendedTag.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Whereabouts.module.css';

export interface InstancesAtProps {
  readonly flowKey: string;
  readonly version: number;
  readonly elementId: string;
  readonly name: string;
}

/** Who stands at the element: those with an incident first, then the longest. Brought into view when it was chosen. */
export function InstancesAt({ flowKey, version, elementId, name }: InstancesAtProps) {
  const t = useTranslations('whereabouts');
  const common = useTranslations('common');
  const columns = useColumns();
  const place = useRef<HTMLDivElement>(null);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery<InstancesAtView, ApiError>({
    queryKey: reads.instancesAt(flowKey, version, elementId, null).key,
    queryFn: ({ pageParam, signal }) =>
      call<InstancesAtView>(reads.instancesAt(flowKey, version, elementId, pageParam as string | null).path, { signal }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
  });
  const rows = useMemo(
    () => (data as { readonly pages: readonly InstancesAtView[] } | undefined)?.pages.flatMap((page) => page.rows) ?? [],
    [data],
  );
  useEffect(() => {
    // In new browsers it answers a promise, which is no clean-up.
    void place.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <div ref={place} className={styles.instances}>
      <Panel title={t('instances', { element: name })}>
        {error && rows.length === 0 ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
        {data && rows.length === 0 ? <p className={styles.hint}>{t('nobody')}</p> : null}
        {rows.length > 0 ? (
          <DataTable label={t('instancesTable')} columns={columns} rows={rows} rowId={({ instanceId }) => instanceId} />
        ) : null}
        {hasNextPage ? (
          <Button className={styles.more ?? ''} loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {common('loadMore')}
          </Button>
        ) : null}
      </Panel>
    </div>
  );
}

function useColumns(): readonly Column<InstanceAtRow>[] {
  const t = useTranslations('whereabouts');
  return [
    {
      id: 'number',
      header: t('rows.number'),
      cell: ({ row: { original } }) => <Link href={paths.operated(original.instanceId)}>{original.number}</Link>,
    },
    { id: 'since', header: t('rows.since'), cell: ({ row: { original } }) => <TimeText at={original.since} /> },
    { id: 'state', header: t('rows.state'), cell: ({ row: { original } }) => <StateMarks row={original} /> },
  ];
}

function StateMarks({ row: { incidents, suspendedAt, tokens } }: { readonly row: InstanceAtRow }) {
  const t = useTranslations('whereabouts');
  return (
    <span className={styles.marks}>
      {incidents > 0 ? <Tag tone="danger">{t('hasIncident')}</Tag> : null}
      {suspendedAt === null ? null : <SuspendedTag at={suspendedAt} />}
      {tokens > 1 ? <Tag tone="info">{t('times', { count: tokens })}</Tag> : null}
      {incidents === 0 && suspendedAt === null ? t('fine') : null}
    </span>
  );
}
