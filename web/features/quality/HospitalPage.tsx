'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { HospitalIndicator, HospitalQualityView, HospitalReport } from '#api/views/quality.ts';
import type { ReportStage } from '#core/quality/report-stage.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { OnTime } from './BoardPage.tsx';
import { ControlChart } from './ControlChart.tsx';
import { FileEntry } from './FileEntry.tsx';
import { shown } from './numbers.ts';
import { PrintButton } from './PrintButton.tsx';
import styles from './Quality.module.css';
import { StageTag } from './StageTag.tsx';

const ENTERED: readonly ReportStage[] = ['not-reported', 'correcting'];

export interface HospitalPageProps {
  readonly id: string;
  readonly set: string | undefined;
  /** A report of the set that is meant. */
  readonly report: string | undefined;
}

/** What one hospital reported, what it hears of it, and how its own process runs: also its printed feedback report. */
export function HospitalPage({ id, set, report }: HospitalPageProps) {
  const t = useTranslations('quality.hospital');
  const { name: nameOf } = useText();
  const { data, error, refetch } = useRead(reads.hospitalQuality(id, { set, report }));
  const rebase = useRebase({ id, set: data?.set.code ?? '' });
  const canEnter = useMe().roles.some((held) => held.role === 'quality-reporter' && held.organisation.id === id);
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <PageHeader title={t('title', { name: nameOf(data.organisation) })} lead={t('lead')} actions={<PrintButton />} />
      <div className={styles.stack}>
        <Sets view={data} />
        <Panel title={t('reports')}>
          <Reports view={data} />
        </Panel>
        {canEnter
          ? data.reports
              .filter(({ stage }) => ENTERED.includes(stage))
              .map(({ instanceId, period }) => (
                <FileEntry key={instanceId} instanceId={instanceId} period={period} indicators={data.indicators} />
              ))
          : null}
        {data.period ? (
          <Panel title={t('feedback', { period: data.period })}>
            <Feedback view={data} />
          </Panel>
        ) : null}
        {data.indicators.map((each) => (
          <ControlChart
            key={each.indicator.code}
            {...each}
            onRebase={
              data.canRebase
                ? (decision) => rebase.mutateAsync({ ...decision, indicator: each.indicator.code }).then(wasDone, wasNot)
                : undefined
            }
          />
        ))}
      </div>
    </Page>
  );
}

const wasDone = () => true;
const wasNot = () => false;

function useRebase({ id, set }: { readonly id: string; readonly set: string }) {
  const t = useTranslations('quality.chart');
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: { readonly indicator: string; readonly from: string; readonly reason: string }) =>
      send('POST', `/api/quality/hospitals/${encodeURIComponent(id)}/limits`, { set, ...decision }),
    onSuccess: async (_, { from }) => {
      message.success(t('rebased', { period: from }));
      await client.invalidateQueries({ queryKey: ['quality', 'hospital', id] });
    },
    onError: (error) => void message.error(words(error)),
  });
}

/** Where hospitals report more than one set, the way to the others. */
function Sets({ view: { organisation, set, sets } }: { readonly view: HospitalQualityView }) {
  const t = useTranslations('quality.hospital');
  const { text } = useText();
  if (sets.length < 2) return null;
  return (
    <nav className={`${styles.links} ${styles.noPrint}`} aria-label={t('sets')}>
      {sets.map(({ code, name }) => (
        <Link key={code} href={paths.hospitalQuality(organisation.id, { set: code })} aria-current={code === set.code ? 'page' : undefined}>
          {text(name)}
        </Link>
      ))}
    </nav>
  );
}

function Reports({ view: { reports, period: figuresOf } }: { readonly view: HospitalQualityView }) {
  const t = useTranslations('quality.hospital');
  const board = useTranslations('quality.board');
  const quality = useTranslations('quality');
  const columns: readonly Column<HospitalReport>[] = [
    {
      id: 'period',
      header: quality('period'),
      cell: ({ row: { original } }) => <Link href={paths.instance(original.instanceId)}>{original.period}</Link>,
    },
    { id: 'stage', header: board('stage'), cell: ({ row: { original } }) => <StageTag stage={original.stage} /> },
    { id: 'onTime', header: board('onTime'), cell: ({ row: { original } }) => <OnTime isOnTime={original.isOnTime} /> },
    {
      id: 'submitted',
      header: board('submitted'),
      cell: ({ row: { original } }) => (original.versions[0] ? <TimeText at={original.versions[0].submittedAt} as="full" /> : '—'),
    },
    {
      id: 'versions',
      header: board('version'),
      cell: ({ row: { original } }) =>
        original.versions.length === 0
          ? '—'
          : original.versions.at(-1)?.isNothing
            ? t('nothing')
            : t('versionsCount', { count: original.versions.length }),
    },
  ];
  if (reports.length === 0) return <p className={styles.hint}>{t(figuresOf === null ? 'noReports' : 'onlyBroughtOver')}</p>;
  return <DataTable label={t('reportsTable')} columns={columns} rows={reports} rowId={({ period }) => period} />;
}

function Feedback({ view: { indicators } }: { readonly view: HospitalQualityView }) {
  const t = useTranslations('quality.hospital');
  const board = useTranslations('quality.board');
  const { text } = useText();
  const columns: readonly Column<HospitalIndicator>[] = [
    { id: 'indicator', header: board('indicator'), cell: ({ row: { original } }) => text(original.indicator.name) },
    {
      id: 'value',
      header: t('value'),
      cell: ({
        row: {
          original: { feedback, indicator },
        },
      }) => (typeof feedback?.value === 'number' ? shown(feedback.value, indicator) : t('noValue')),
    },
    {
      id: 'target',
      header: t('target'),
      cell: ({
        row: {
          original: { indicator },
        },
      }) => (indicator.target === null ? '—' : shown(indicator.target, indicator)),
    },
    {
      id: 'center',
      header: t('center'),
      cell: ({
        row: {
          original: { feedback, indicator },
        },
      }) => (feedback?.peers ? shown(feedback.peers.center, indicator) : '—'),
    },
    { id: 'peers', header: t('peers'), cell: ({ row: { original } }) => original.feedback?.peers?.count ?? '—' },
    { id: 'position', header: t('position'), cell: ({ row: { original } }) => <Position of={original} /> },
  ];
  return <DataTable label={t('feedbackTable')} columns={columns} rows={indicators} rowId={({ indicator }) => indicator.code} />;
}

function Position({ of: { feedback } }: { readonly of: HospitalIndicator }) {
  const t = useTranslations('quality.hospital');
  const funnel = useTranslations('quality.funnel');
  if (!feedback || feedback.value === null) return '—';
  if (feedback.callsForEnquiry) return <Tag tone="danger">{t('enquiry')}</Tag>;
  if (feedback.regime === 'local') return <Tag tone="neutral">{t('local')}</Tag>;
  if (!feedback.peers) return '—';
  const { verdict, side } = feedback.peers.point;
  if (feedback.isConcern) return <Tag tone="danger">{t('needs')}</Tag>;
  if (verdict === 'within') return <Tag tone="success">{t('fine')}</Tag>;
  return (
    <Tag tone="warning">
      {funnel(`verdicts.${verdict}`)} {side === 'middle' ? null : funnel(`sides.${side}`)}
    </Tag>
  );
}
