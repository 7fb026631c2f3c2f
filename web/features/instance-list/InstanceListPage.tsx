'use client';

import { SearchOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { InstanceList, InstanceListRow, InstanceStatus } from '#api/views.ts';
import { type ApiError, call } from '#web/lib/api.ts';
import { type InstanceListFilters, reads } from '#web/lib/reads.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { StateTag } from '#web/ui/StateTag.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './InstanceList.module.css';

const STATUSES = [
  'active',
  'stopped',
  'ended',
  'completed',
  'closed',
  'closed-unevaluated',
  'rejected',
  'completed',
  'declined',
  'lost',
  'died',
  'withdrawn',
  'expired',
  'aborted',
  'superseded',
  'canceled',
] as const satisfies readonly InstanceStatus[];

/** The same list twice: to look at instances, and to audit them. */
const PLACES = {
  instances: { read: reads.instanceList, here: paths.instances, rowHref: (id: string) => paths.instance(id) },
  audit: { read: reads.auditList, here: paths.audit, rowHref: (id: string) => paths.auditOf(id) },
} as const;

export interface InstanceListPageProps {
  readonly place: keyof typeof PLACES;
  readonly filters: InstanceListFilters;
}

export function InstanceListPage({ place, filters }: InstanceListPageProps) {
  const t = useTranslations('instanceList');
  const { read, here, rowHref } = PLACES[place];
  const common = useTranslations('common');
  const router = useRouter();
  const [typed, setTyped] = useState(filters.q ?? '');
  const columns = useColumns(rowHref);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery<InstanceList, ApiError>({
    queryKey: read(filters, null).key,
    queryFn: ({ pageParam, signal }) => call<InstanceList>(read(filters, pageParam as string | null).path, { signal }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
  });
  const rows = useMemo(
    () => (data as { readonly pages: readonly InstanceList[] } | undefined)?.pages.flatMap((page) => page.rows) ?? [],
    [data],
  );
  const filter = (change: InstanceListFilters) => router.replace(here({ ...filters, ...change }));

  return (
    <Page>
      <PageHeader title={t(`${place}.title`)} lead={t(`${place}.lead`)} />
      <form
        className={styles.filters}
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          filter({ q: typed.trim() });
        }}
      >
        <Input
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t('search')}
          aria-label={t('search')}
          value={typed}
          allowClear
          onChange={({ target }) => setTyped(target.value)}
          onClear={() => filter({ q: '' })}
        />
        <Select
          aria-label={t('status')}
          placeholder={t('status')}
          allowClear
          value={filters.status}
          onChange={(status: string | undefined) => filter({ status: status ?? '' })}
          options={STATUSES.map((status) => ({ value: status, label: common(`status.${status}`) }))}
        />
      </form>
      {error && rows.length === 0 ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      {data && rows.length === 0 ? <EmptyState title={t(filters.q || filters.status ? 'empty' : 'none')} /> : null}
      {rows.length > 0 ? <DataTable label={t('tableLabel')} columns={columns} rows={rows} rowId={({ id }) => id} /> : null}
      {hasNextPage ? (
        <Button className={styles.more ?? ''} loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {common('loadMore')}
        </Button>
      ) : null}
    </Page>
  );
}

function useColumns(rowHref: (id: string) => string): readonly Column<InstanceListRow>[] {
  const t = useTranslations('instanceList');
  const { text, name } = useText();
  return [
    {
      id: 'number',
      header: t('columns.number'),
      cell: ({ row: { original } }) => <Link href={rowHref(original.id)}>{original.number}</Link>,
    },
    {
      id: 'title',
      header: t('columns.title'),
      cell: ({ row: { original } }) => text(original.title) || text(original.serviceName),
    },
    { id: 'status', header: t('columns.status'), cell: ({ row: { original } }) => <StateTag status={original.status} /> },
    { id: 'from', header: t('columns.from'), cell: ({ row: { original } }) => name(original.from) },
    { id: 'created', header: t('columns.created'), cell: ({ row: { original } }) => <TimeText at={original.createdAt} as="full" /> },
    {
      id: 'ended',
      header: t('columns.ended'),
      cell: ({ row: { original } }) => (original.endedAt ? <TimeText at={original.endedAt} as="full" /> : '–'),
    },
    {
      id: 'confirmed',
      header: t('columns.confirmed'),
      cell: ({ row: { original } }) =>
        original.confirmedSeq >= original.lastSeq ? (
          <Tag tone="success">{t('confirmedAll')}</Tag>
        ) : (
          <Tag tone="warning">{t('confirmedSome', { confirmed: original.confirmedSeq, last: original.lastSeq })}</Tag>
        ),
    },
  ];
}
