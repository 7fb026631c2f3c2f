'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { QualityHistoryView } from '#api/views/obligations.ts';
import { isVoid } from '#core/quality/obligation.ts';
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
import styles from './QualitySet.module.css';

type Changed = QualityHistoryView['changes'][number];

/** Who changed what, newest first. Pages go back and forth. */
export function History({ set }: { readonly set: string }) {
  const t = useTranslations('qualitySet.history');
  const all = useTranslations('qualitySet');
  /** Where each page that was turned begins. */
  const [turned, setTurned] = useState<readonly string[]>([]);
  const { data, error, refetch } = useRead(reads.qualityHistory(set, turned.at(-1) ?? null), { keepPrevious: true });
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone width="100%" />;
  if (data.changes.length === 0 && turned.length === 0) return <EmptyState title={t('empty')} hint={t('hint')} />;
  const columns: readonly Column<Changed>[] = [
    { id: 'at', header: t('at'), cell: ({ row: { original } }) => <TimeText at={original.at} as="full" /> },
    { id: 'by', header: t('by'), cell: ({ row: { original } }) => (original.by ? <PersonChip person={original.by} /> : '—') },
    { id: 'what', header: t('what'), cell: ({ row: { original } }) => <What change={original} /> },
    { id: 'when', header: t('when'), cell: ({ row: { original } }) => <Days change={original} /> },
    { id: 'reason', header: all('reason'), cell: ({ row: { original } }) => original.reason ?? '—' },
  ];
  const last = data.changes.at(-1);
  return (
    <Panel title={all('tabs.history')}>
      <p className={lists.hint}>{t('hint')}</p>
      <DataTable label={t('table')} columns={columns} rows={data.changes} rowId={({ id }) => id} />
      <div className={styles.pages}>
        <Button disabled={turned.length === 0} onClick={() => setTurned(turned.slice(0, -1))}>
          {t('newer')}
        </Button>
        <Button disabled={!data.hasMore} onClick={() => last && setTurned([...turned, last.id])}>
          {t('older')}
        </Button>
      </div>
    </Panel>
  );
}

function What({ change: { act, version, organisations, organisationCount } }: { readonly change: Changed }) {
  const t = useTranslations('qualitySet.history');
  const acts = useTranslations('qualitySet.history.acts');
  const { name } = useText();
  const named = organisations.map(name).join('、');
  const more = organisationCount > organisations.length ? ` ${t('more', { count: organisationCount })}` : '';
  return (
    <span>
      {isKeyOf(act, acts) ? acts(act) : act}
      <span className={lists.second}>{version === null ? named + more : t('version', { version })}</span>
    </span>
  );
}

function Days({ change: { from, to } }: { readonly change: Changed }) {
  const t = useTranslations('qualitySet.duties');
  const words = useTranslations('qualitySet.history');
  if (from === null) return '—';
  if (isVoid({ from, to })) return words('takenBack', { from });
  return <span className={lists.days}>{to === null ? t('from', { from }) : t('fromTo', { from, to })}</span>;
}
