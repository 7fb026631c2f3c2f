'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { QualitySetView } from '#api/views/quality.ts';
import { send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { percent } from './numbers.ts';
import styles from './Quality.module.css';

type Cycle = QualitySetView['cycles'][number];

export function QualityPage() {
  const t = useTranslations('quality');
  const { data, error, refetch } = useRead(reads.quality());
  const { text } = useText();
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      {error && !data ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      <div className={styles.stack}>
        {data?.ownOrganisationIds?.length ? (
          <Panel title={t('own')}>
            <span className={styles.links}>
              {data.ownOrganisationIds.map((id) => (
                <Link key={id} href={paths.hospitalQuality(id)}>
                  {t('toOwn')}
                </Link>
              ))}
            </span>
          </Panel>
        ) : null}
        {data && (data.ownOrganisationIds === null || data.isRegional)
          ? data.sets.map((set) => (
              <Panel
                key={set.code}
                title={data.isRegional ? t('ofRegion', { set: text(set.name) }) : text(set.name)}
                extra={data.canManage && !isOpened(set) ? <OpenCycle set={set} /> : null}
              >
                {data.ownOrganisationIds === null ? <ToSet set={set.code} /> : null}
                <Cycles set={set} />
              </Panel>
            ))
          : null}
      </div>
    </Page>
  );
}

/** Who has to report, and what is asked. */
function ToSet({ set }: { readonly set: string }) {
  const t = useTranslations('qualitySet');
  return (
    <p className={styles.links}>
      <Link href={paths.qualitySet(set)}>{t('toDuties')}</Link>
      <Link href={paths.qualitySet(set, { tab: 'versions' })}>{t('toVersions')}</Link>
    </p>
  );
}

/** The latest period that is over was asked for already. */
const isOpened = ({ cycles, nextPeriod }: QualitySetView): boolean => cycles.some(({ period }) => period === nextPeriod);

function Cycles({ set }: { readonly set: QualitySetView }) {
  const t = useTranslations('quality');
  const columns: readonly Column<Cycle>[] = [
    {
      id: 'period',
      header: t('period'),
      cell: ({ row: { original } }) => <Link href={paths.qualityCycle(set.code, original.period)}>{original.period}</Link>,
    },
    { id: 'expected', header: t('expected'), cell: ({ row: { original } }) => original.expected },
    { id: 'actual', header: t('actual'), cell: ({ row: { original } }) => original.actual },
    { id: 'rate', header: t('rate'), cell: ({ row: { original } }) => percent(original.rate) },
    { id: 'actualOnTime', header: t('actualOnTime'), cell: ({ row: { original } }) => original.actualOnTime },
    { id: 'rateOnTime', header: t('rateOnTime'), cell: ({ row: { original } }) => percent(original.rateOnTime) },
  ];
  if (set.cycles.length === 0) return <p className={styles.hint}>{t('noCycles')}</p>;
  return <DataTable label={t('cyclesTable')} columns={columns} rows={set.cycles} rowId={({ period }) => period} />;
}

function OpenCycle({ set: { code, nextPeriod, dueOn, lockOn, isLockPast } }: { readonly set: QualitySetView }) {
  const t = useTranslations('quality');
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  // Kept until it is known to have worked, so that a second try opens no second cycle.
  const [commandId] = useState(() => crypto.randomUUID());
  const open = useMutation({
    mutationFn: () => send('POST', '/api/quality/cycles', { commandId, set: code, period: nextPeriod }),
    onSuccess: async () => {
      message.success(t('opened', { period: nextPeriod }));
      await client.invalidateQueries({ queryKey: ['quality'] });
    },
    onError: (error) => message.error(words(error)),
  });
  return (
    <Popconfirm
      title={t('openTitle', { period: nextPeriod })}
      description={
        <>
          {t('openLead')}
          <br />
          {t(isLockPast ? 'openLocked' : 'openDates', { due: dueOn, lock: lockOn })}
        </>
      }
      onConfirm={() => open.mutate()}
      okText={t('open')}
    >
      <Button type="primary" loading={open.isPending}>
        {t('openPeriod', { period: nextPeriod })}
      </Button>
    </Popconfirm>
  );
}
