'use client';

import { App, Button, Checkbox, Progress, Select } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { IncidentRow } from '#api/views/jobs.ts';
import { RowActions } from '#web/features/operations/RowActions.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './IncidentList.module.css';
import { type Kind, kindFrom, kindText } from './kinds.ts';
import { type BulkRetry, useBulkRetry } from './use-bulk-retry.ts';
import { useIncidentWords } from './use-incident-words.ts';

/** Open incidents with what failed and the mend; chosen ones, or all of a kind, are retried together. */
export function IncidentList({ kind }: { readonly kind: Kind | null }) {
  const t = useTranslations('incidents');
  const words = useErrorWords();
  const { message } = App.useApp();
  const { data, error, refetch } = useRead(reads.incidents(kind), { keepPrevious: true });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { progress, retrySelected, retryKind } = useBulkRetry();
  const rows = data?.rows ?? [];
  const chosen = rows.filter((row) => selected.has(idOf(row)));
  const total = (data?.groups ?? [])
    .filter((group) => !kind || kindText(group) === kindText(kind))
    .reduce((sum, { count }) => sum + count, 0);
  const columns = useColumns({ rows, selected, onSelect: setSelected });

  async function finish(running: Promise<BulkRetry>): Promise<void> {
    try {
      const { done, refused } = await running;
      setSelected(new Set());
      if (refused > 0) message.warning(t('someRefused', { retried: done - refused, refused }));
      else message.success(t('allRetried', { retried: done }));
    } catch (failure) {
      message.error(words(failure));
    }
  }

  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  return (
    <section aria-label={t('title')}>
      <div className={styles.bar}>
        <KindFilter kind={kind} groups={data?.groups ?? []} onChange={() => setSelected(new Set())} />
        <Button type="primary" disabled={chosen.length === 0 || progress.isRunning} onClick={() => finish(retrySelected(chosen))}>
          {t('retrySelected', { count: chosen.length })}
        </Button>
        <Button disabled={total === 0 || progress.isRunning} onClick={() => finish(retryKind(kind, total))}>
          {kind ? t('retryKind', { count: total }) : t('retryAll', { count: total })}
        </Button>
      </div>
      {progress.isRunning ? (
        <div role="status" className={styles.progress}>
          <span>{t('progress', { done: progress.done, total: progress.total })}</span>
          <Progress percent={Math.round((100 * progress.done) / Math.max(1, progress.total))} showInfo={false} aria-hidden />
        </div>
      ) : null}
      {data?.rows.length === 0 ? <EmptyState title={t('empty')} hint={t('emptyHint')} /> : null}
      {rows.length > 0 ? <DataTable label={t('title')} columns={columns} rows={rows} rowId={idOf} /> : null}
      {data?.next ? <p className={styles.more}>{t('more', { shown: rows.length })}</p> : null}
    </section>
  );
}

const idOf = ({ instanceId, incidentId }: IncidentRow): string => `${instanceId}/${incidentId}`;

interface KindFilterProps {
  readonly kind: Kind | null;
  readonly groups: readonly (Kind & { readonly count: number })[];
  readonly onChange: () => void;
}

function KindFilter({ kind, groups, onChange }: KindFilterProps) {
  const t = useTranslations('incidents');
  const router = useRouter();
  const { codeName } = useIncidentWords();
  return (
    <Select
      className={styles.kind ?? ''}
      aria-label={t('kind')}
      placeholder={t('kind')}
      allowClear
      value={kind ? kindText(kind) : undefined}
      onChange={(value?: string) => {
        onChange();
        router.replace(paths.operations('incident', kindFrom(value) ? value : undefined), { scroll: false });
      }}
      options={groups.map((group) => ({
        value: kindText(group),
        label: `${group.serviceKey} · ${group.elementId} · ${codeName(group.code)} (${group.count})`,
      }))}
    />
  );
}

interface Selecting {
  readonly rows: readonly IncidentRow[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

function useColumns({ rows, selected, onSelect }: Selecting): readonly Column<IncidentRow>[] {
  const t = useTranslations('incidents');
  const { text } = useText();
  const { codeName, mend } = useIncidentWords();
  const isAll = rows.length > 0 && rows.every((row) => selected.has(idOf(row)));
  const toggle = (row: IncidentRow): void => {
    const next = new Set(selected);
    if (!next.delete(idOf(row))) next.add(idOf(row));
    onSelect(next);
  };
  return [
    {
      id: 'select',
      header: () => (
        <Checkbox
          aria-label={t('selectAll')}
          checked={isAll}
          indeterminate={!isAll && selected.size > 0}
          onChange={() => onSelect(isAll ? new Set() : new Set(rows.map(idOf)))}
        />
      ),
      cell: ({ row: { original } }) => (
        <Checkbox
          aria-label={t('select', { number: original.number })}
          checked={selected.has(idOf(original))}
          onChange={() => toggle(original)}
        />
      ),
    },
    {
      id: 'number',
      header: t('columns.number'),
      cell: ({ row: { original } }) => (
        <span>
          <Link href={paths.instance(original.instanceId)}>{original.number}</Link> {text(original.serviceName)}
        </span>
      ),
    },
    { id: 'element', header: t('columns.element'), cell: ({ row: { original } }) => text(original.elementName) },
    {
      id: 'code',
      header: t('columns.code'),
      cell: ({ row: { original } }) => <Tag tone="danger">{codeName(original.code)}</Tag>,
    },
    {
      id: 'reason',
      header: t('columns.reason'),
      cell: ({ row: { original } }) => (
        <span className={styles.reason}>
          {original.reason ? <span>{original.reason}</span> : null}
          <small>{mend(original.code)}</small>
        </span>
      ),
    },
    { id: 'since', header: t('columns.since'), cell: ({ row: { original } }) => <TimeText at={original.raisedAt} /> },
    {
      id: 'actions',
      header: t('columns.actions'),
      cell: ({ row: { original } }) => <RowActions row={{ ...original, problem: 'incident' }} />,
    },
  ];
}
