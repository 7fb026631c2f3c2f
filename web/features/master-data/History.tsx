'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MasterDataHistoryView } from '#api/views/master-data.ts';
import type { OrganisationView } from '#api/views.ts';
import type { Json } from '#core/json.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { isKeyOf, useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './MasterData.module.css';

type Changed = MasterDataHistoryView['changes'][number];

export interface HistoryProps {
  readonly organisations: readonly OrganisationView[];
}

/** Who changed what, newest first; nothing of it can be changed. Pages go back and forth. */
export function History({ organisations }: HistoryProps) {
  const t = useTranslations('masterData');
  const acts = useTranslations('masterData.history.acts');
  const subjectOf = useSubject(organisations);
  /** Where each page that was turned begins. */
  const [turned, setTurned] = useState<readonly string[]>([]);
  const { data, error, refetch } = useRead(reads.masterDataHistory(turned.at(-1) ?? null), { keepPrevious: true });
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone width="100%" />;
  if (data.changes.length === 0 && turned.length === 0) return <EmptyState title={t('history.empty')} />;
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
  const last = data.changes.at(-1);
  return (
    <Panel title={t('tabs.history')}>
      <p className={lists.hint}>{t('history.hint')}</p>
      <DataTable label={t('history.table')} columns={columns} rows={data.changes} rowId={({ id }) => id} />
      <div className={`${lists.tools} ${styles.more}`}>
        <Button disabled={turned.length === 0} onClick={() => setTurned(turned.slice(0, -1))}>
          {t('history.newer')}
        </Button>
        <Button disabled={!last || Number(last.id) <= 1} onClick={() => last && setTurned([...turned, last.id])}>
          {t('history.older')}
        </Button>
      </div>
    </Panel>
  );
}

const CODES_SHOWN = 5;

/** By what a reader knows the thing that changed. */
function useSubject(organisations: readonly OrganisationView[]): (change: Changed) => string {
  const t = useTranslations('masterData');
  const { name } = useText();
  const nameOf = (id: Json | undefined): string => {
    const organisation = organisations.find((each) => each.id === id);
    return organisation ? name(organisation) : String(id ?? '');
  };
  const namesIn = (value: Json): readonly string[] => {
    if (Array.isArray(value)) return value.flatMap(namesIn);
    if (typeof value !== 'object' || value === null) return [];
    const { standardCode, localCode, organisationId, code, teamId } = value as Readonly<Record<string, Json>>;
    if (typeof standardCode === 'string')
      return [`${standardCode} → ${nameOf(organisationId)} ${String(localCode || t('directions.none'))}`];
    if (typeof code === 'string') return [code];
    return typeof teamId === 'string' ? [nameOf(organisationId)] : [];
  };
  return ({ subjectId, before, after }) => {
    const names = [...new Set([...namesIn(before), ...namesIn(after)])];
    const more = names.length > CODES_SHOWN ? ' …' : '';
    return names.length > 0 ? names.slice(0, CODES_SHOWN).join(', ') + more : subjectId;
  };
}
