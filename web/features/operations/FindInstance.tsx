'use client';

import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import type { OperatedListRow } from '#api/views/operations.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { StateTag } from '#web/ui/StateTag.tsx';
import { SuspendedTag } from '#web/ui/SuspendedTag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Operations.module.css';

const FOUND_MAX = 10;
/** Numbers begin with the service and the year; fewer signs would find everything. */
const TYPED_MIN = 3;

/** Any instance by its number, whether or not something is wrong with it. */
export function FindInstance() {
  const t = useTranslations('operate');
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const isAsked = wanted.length >= TYPED_MIN;
  const { data, error, refetch } = useRead(reads.operatedList({ q: wanted, limit: FOUND_MAX }), { enabled: isAsked, keepPrevious: true });
  const columns = useColumns();
  return (
    <search className={styles.find}>
      <Input
        prefix={<SearchOutlined aria-hidden />}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        placeholder={t('find')}
        aria-label={t('find')}
        maxLength={40}
        allowClear
      />
      {typed !== '' && !isAsked ? <p className={styles.hint}>{t('findHint')}</p> : null}
      {isAsked && error && !data ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      {isAsked && data?.rows.length === 0 ? <p className={styles.hint}>{t('findNothing')}</p> : null}
      {isAsked && data && data.rows.length > 0 ? (
        <DataTable label={t('findTable')} columns={columns} rows={data.rows} rowId={({ instanceId }) => instanceId} />
      ) : null}
    </search>
  );
}

function useColumns(): readonly Column<OperatedListRow>[] {
  const t = useTranslations('operate');
  const { text } = useText();
  return [
    {
      id: 'number',
      header: t('columns.number'),
      cell: ({ row: { original } }) => <Link href={paths.operated(original.instanceId)}>{original.number}</Link>,
    },
    { id: 'service', header: t('columns.service'), cell: ({ row: { original } }) => text(original.serviceName) },
    {
      id: 'version',
      header: t('columns.version'),
      cell: ({ row: { original } }) => (original.version === null ? t('noVersion') : t('version', { version: original.version })),
    },
    {
      id: 'status',
      header: t('columns.status'),
      cell: ({ row: { original } }) => (
        <span className={styles.actions}>
          <StateTag status={original.status} />
          {original.suspendedAt === null ? null : <SuspendedTag at={original.suspendedAt} />}
        </span>
      ),
    },
    { id: 'incidents', header: t('columns.incidents'), cell: ({ row: { original } }) => original.incidents },
    { id: 'created', header: t('columns.created'), cell: ({ row: { original } }) => <TimeText at={original.createdAt} /> },
  ];
}
