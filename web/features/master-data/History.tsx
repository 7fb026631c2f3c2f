'use client';

import { useTranslations } from 'next-intl';
import type { MasterDataHistoryView } from '#api/views/master-data.ts';
import type { Json } from '#core/json.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { isKeyOf } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './MasterData.module.css';

type Changed = MasterDataHistoryView['changes'][number];

/** Who changed what, newest first; nothing of it can be changed. */
export function History() {
  const t = useTranslations('masterData');
  const acts = useTranslations('masterData.history.acts');
  const { data, error, refetch } = useRead(reads.masterDataHistory(), { keepPrevious: true });
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone width="100%" />;
  if (data.changes.length === 0) return <EmptyState title={t('history.empty')} />;
  const columns: readonly Column<Changed>[] = [
    { id: 'at', header: t('history.at'), cell: ({ row: { original } }) => <TimeText at={original.at} /> },
    { id: 'by', header: t('history.by'), cell: ({ row: { original } }) => (original.by ? <PersonChip person={original.by} /> : '—') },
    {
      id: 'what',
      header: t('history.what'),
      cell: ({ row: { original } }) => `${isKeyOf(original.act, acts) ? acts(original.act) : original.act} · ${subjectOf(original)}`,
    },
    { id: 'reason', header: t('reason'), cell: ({ row: { original } }) => original.reason ?? '—' },
  ];
  return (
    <Panel title={t('tabs.history')}>
      <p className={styles.hint}>{t('history.hint')}</p>
      <DataTable label={t('history.table')} columns={columns} rows={data.changes} rowId={({ id }) => id} />
    </Panel>
  );
}

/** By what a reader knows the thing that changed. */
function subjectOf({ subjectId, before, after }: Changed): string {
  const codes = [...codesIn(before), ...codesIn(after)];
  return codes.length > 0 ? [...new Set(codes)].slice(0, 5).join(', ') + (new Set(codes).size > 5 ? ' …' : '') : subjectId;
}

function codesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(codesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { standardCode, localCode, organisationId, code, id } = value as Readonly<Record<string, Json>>;
  if (typeof standardCode === 'string') return [`${standardCode} → ${String(organisationId)} ${String(localCode ?? '')}`.trim()];
  if (typeof code === 'string') return [code];
  return typeof id === 'string' ? [id] : [];
}
