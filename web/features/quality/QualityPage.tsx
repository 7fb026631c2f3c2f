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
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { counted, percent } from './numbers.ts';
import styles from './Quality.module.css';

type Cycle = QualitySetView['cycles'][number];

export function QualityPage() {
  const t = useTranslations('quality');
  /** Sets whose cycle was asked for: it is there once its first reports are, a while after the answer. */
  const [opening, setOpening] = useState<readonly string[]>([]);
  const { data, error, refetch } = useRead(reads.quality(), {
    again: (view) => (view?.sets.some((set) => opening.includes(set.code) && !isOpened(set)) ? OPENING_MS : false),
  });
  const { text } = useText();
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className={styles.stack}>
        {data.ownOrganisationIds?.length ? (
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
        {data.ownOrganisationIds === null || data.isRegional
          ? data.sets.map((set) => (
              <Panel
                key={set.code}
                title={data.isRegional ? t('ofRegion', { set: text(set.name) }) : text(set.name)}
                extra={
                  data.canManage && !isOpened(set) ? (
                    <OpenCycle set={set} isOpening={opening.includes(set.code)} onAsked={() => setOpening([...opening, set.code])} />
                  ) : null
                }
              >
                {data.ownOrganisationIds === null ? <ToSet set={set.code} /> : null}
                <Cycles set={set} />
                {data.ownOrganisationIds === null ? <Comparisons set={set} /> : null}
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
/** Hospitals side by side in the newest figures. */
function Comparisons({ set: { code, indicators, lastReported } }: { readonly set: QualitySetView }) {
  const t = useTranslations('quality');
  const { text } = useText();
  if (lastReported === null) return null;
  return (
    <section className={styles.comparisons} aria-label={t('compare', { period: lastReported })}>
      <h3>{t('compare', { period: lastReported })}</h3>
      <ul className={styles.links}>
        {indicators.map((indicator) => (
          <li key={indicator.code}>
            <Link href={paths.qualityIndicator(code, indicator.code, lastReported)}>{text(indicator.name)}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
const OPENING_MS = 2_000;

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
    { id: 'expected', header: t('expected'), cell: ({ row: { original } }) => counted(original.expected) },
    { id: 'actual', header: t('actual'), cell: ({ row: { original } }) => counted(original.actual) },
    { id: 'rate', header: t('rate'), cell: ({ row: { original } }) => percent(original.rate) },
    { id: 'actualOnTime', header: t('actualOnTime'), cell: ({ row: { original } }) => counted(original.actualOnTime) },
    { id: 'rateOnTime', header: t('rateOnTime'), cell: ({ row: { original } }) => percent(original.rateOnTime) },
  ];
  if (set.cycles.length === 0) return <p className={styles.hint}>{t('noCycles')}</p>;
  return <DataTable label={t('cyclesTable')} columns={columns} rows={set.cycles} rowId={({ period }) => period} />;
}

interface OpenCycleProps {
  readonly set: QualitySetView;
  readonly isOpening: boolean;
  readonly onAsked: () => void;
}

function OpenCycle({ set: { code, nextPeriod, dueOn, lockOn, isLockPast }, isOpening, onAsked }: OpenCycleProps) {
  const t = useTranslations('quality');
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  // Kept until it is known to have worked, so that a second try opens no second cycle.
  const [commandId] = useState(() => crypto.randomUUID());
  const open = useMutation({
    mutationFn: (lateReason: string | undefined) =>
      send('POST', '/api/quality/cycles', {
        commandId,
        set: code,
        period: nextPeriod,
        ...(lateReason === undefined ? {} : { lateReason }),
      }),
    onSuccess: async () => {
      message.success(t('opened', { period: nextPeriod }));
      setAsking(false);
      onAsked();
      await client.invalidateQueries({ queryKey: ['quality'] });
    },
    onError: (error) => void message.error(words(error)),
  });
  const button = (
    <Button type="primary" loading={open.isPending || isOpening} onClick={isLockPast ? () => setAsking(true) : undefined}>
      {t('openPeriod', { period: nextPeriod })}
    </Button>
  );
  if (isLockPast)
    return (
      <>
        {button}
        {isAsking ? (
          <ReasonDialog
            title={t('openTitle', { period: nextPeriod })}
            hint={t('openLocked', { due: dueOn, lock: lockOn })}
            label={t('reason')}
            required={t('reasonMissing')}
            okText={t('openAnyway')}
            isDanger
            isSending={open.isPending}
            onClose={() => setAsking(false)}
            onSend={(reason) => open.mutate(reason)}
          />
        ) : null}
      </>
    );
  return (
    <Popconfirm
      title={t('openTitle', { period: nextPeriod })}
      description={
        <>
          {t('openLead')}
          <br />
          {t('openDates', { due: dueOn, lock: lockOn })}
        </>
      }
      onConfirm={() => open.mutate(undefined)}
      okText={t('open')}
    >
      {button}
    </Popconfirm>
  );
}
