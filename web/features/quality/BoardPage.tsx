'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { BoardRow, CycleBoardView, UrgedView } from '#api/views/quality.ts';
import { REPORT_STAGES, type ReportStage } from '#core/quality/report-stage.ts';
import { send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { isKeyOf, useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { counted, percent } from './numbers.ts';
import { PrintButton } from './PrintButton.tsx';
import styles from './Quality.module.css';
import { RateFigures } from './RateFigures.tsx';
import { StageTag } from './StageTag.tsx';

const ROWS_AT_ONCE = 100;
const OPENING_MS = 3_000;
const OWING: readonly ReportStage[] = ['not-reported', 'checking', 'correcting'];

export interface BoardPageProps {
  readonly set: string;
  readonly period: string;
}

export function BoardPage({ set, period }: BoardPageProps) {
  const t = useTranslations('quality.board');
  const quality = useTranslations('quality');
  const { text } = useText();
  // While a cycle opens, its reports come batch by batch.
  const { data, error, refetch } = useRead(reads.cycleBoard(set, period), {
    again: (view) => (view && view.rows.length < view.reporting.expected ? OPENING_MS : false),
  });
  const urge = useUrge({ set, period });
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  const unexpected = data.reporting.unexpected.length;
  const owing = data.rows.filter(({ stage }) => OWING.includes(stage)).length;
  return (
    <Page>
      <PageHeader
        title={t('title', { set: text(data.set.name), period })}
        lead={
          <>
            {quality('openDates', { due: data.dueOn, lock: data.lockOn })}
            <br />
            {t('lead')}
          </>
        }
        actions={<PrintButton />}
      />
      <div className={styles.stack}>
        <Panel title={t('rates')}>
          <RateFigures rates={data.reporting} />
          {unexpected > 0 ? <p className={styles.hint}>{t('notExpected', { count: unexpected })}</p> : null}
        </Panel>
        <Panel title={t('completeness')}>
          <CompletenessTable view={data} />
        </Panel>
        <Panel
          title={t('rows')}
          extra={
            data.canUrge && owing > 0 ? (
              <Button type="primary" className={styles.noPrint ?? ''} loading={urge.isPending} onClick={() => urge.mutate(undefined)}>
                {t('urgeAll', { count: owing })}
              </Button>
            ) : null
          }
        >
          <Rows
            view={data}
            onUrge={data.canUrge ? (id) => urge.mutate(id) : null}
            isSending={urge.isPending}
            urged={urge.data?.results ?? NOBODY}
          />
        </Panel>
      </div>
    </Page>
  );
}

function useUrge({ set, period }: BoardPageProps) {
  const t = useTranslations('quality.board');
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (organisationId: string | undefined) =>
      send<UrgedView>('POST', `/api/quality/cycles/${encodeURIComponent(set)}/${encodeURIComponent(period)}/urge`, {
        commandId: crypto.randomUUID(),
        ...(organisationId === undefined ? {} : { organisationId }),
      }),
    onSuccess: async ({ urged }) => {
      if (urged > 0) message.success(t('urged', { count: urged }));
      else message.info(t('urgedNone'));
      await client.invalidateQueries({ queryKey: ['quality', 'cycle', set, period] });
    },
    onError: (error) => void message.error(words(error)),
  });
}

function CompletenessTable({ view: { set, period, reporting, canOpen } }: { readonly view: CycleBoardView }) {
  const t = useTranslations('quality.board');
  const { text } = useText();
  type Row = CycleBoardView['reporting']['completeness'][number];
  const columns: readonly Column<Row>[] = [
    {
      id: 'indicator',
      header: t('indicator'),
      cell: ({ row: { original } }) => {
        const indicator = set.indicators.find(({ code }) => code === original.code);
        return indicator ? text(indicator.name) : original.code;
      },
    },
    { id: 'given', header: t('given'), cell: ({ row: { original } }) => original.given },
    { id: 'share', header: t('share'), cell: ({ row: { original } }) => percent(original.share) },
    ...(canOpen
      ? [
          {
            id: 'compare',
            header: t('compare'),
            cell: ({ row: { original } }: { readonly row: { readonly original: Row } }) => (
              <Link href={paths.qualityIndicator(set.code, original.code, period)}>{t('compare')}</Link>
            ),
          },
        ]
      : []),
  ];
  return <DataTable label={t('completenessTable')} columns={columns} rows={reporting.completeness} rowId={({ code }) => code} />;
}

const NOBODY: UrgedView['results'] = [];

interface RowsProps {
  readonly view: CycleBoardView;
  readonly onUrge: ((organisationId: string) => void) | null;
  readonly isSending: boolean;
  /** What the last urging came to, for each. */
  readonly urged: UrgedView['results'];
}

function Rows({ view: { rows, set, canOpen }, onUrge, isSending, urged }: RowsProps) {
  const t = useTranslations('quality.board');
  const stages = useTranslations('quality.stages');
  const [stage, setStage] = useState<ReportStage | null>(null);
  const [limit, setLimit] = useState(ROWS_AT_ONCE);
  const chosen = rows.filter((row) => stage === null || row.stage === stage);
  const columns = useRowColumns({ set: set.code, onUrge, isSending, urged, canOpen });
  return (
    <>
      <div className={`${styles.filters} ${styles.noPrint}`} role="group" aria-label={t('filter')}>
        <Button size="small" aria-pressed={stage === null} type={stage === null ? 'primary' : 'default'} onClick={() => setStage(null)}>
          {t('all')} {rows.length}
        </Button>
        {REPORT_STAGES.flatMap((each) => {
          const count = rows.filter((row) => row.stage === each).length;
          return count === 0
            ? []
            : [
                <Button
                  key={each}
                  size="small"
                  aria-pressed={stage === each}
                  type={stage === each ? 'primary' : 'default'}
                  onClick={() => setStage(each)}
                >
                  {stages(each)} {counted(count)}
                </Button>,
              ];
        })}
      </div>
      {chosen.length === 0 ? <p className={styles.hint}>{t('nobody')}</p> : null}
      {chosen.length > 0 ? (
        <DataTable label={t('rowsTable')} columns={columns} rows={chosen.slice(0, limit)} rowId={({ instanceId }) => instanceId} />
      ) : null}
      {chosen.length > limit ? (
        <Button className={`${styles.more} ${styles.noPrint}`} onClick={() => setLimit(limit + ROWS_AT_ONCE)}>
          {t('more')}
        </Button>
      ) : null}
    </>
  );
}

interface RowColumns extends Pick<RowsProps, 'onUrge' | 'isSending' | 'urged'> {
  readonly set: string;
  readonly canOpen: boolean;
}

function useRowColumns({ set, onUrge, isSending, urged, canOpen }: RowColumns): readonly Column<BoardRow>[] {
  const t = useTranslations('quality.board');
  const tiers = useTranslations('quality.tiers');
  const { name: nameOf } = useText();
  return [
    {
      id: 'hospital',
      header: t('hospital'),
      cell: ({ row: { original } }) =>
        canOpen ? (
          <Link href={paths.hospitalQuality(original.organisation.id, { set })}>{nameOf(original.organisation)}</Link>
        ) : (
          nameOf(original.organisation)
        ),
    },
    { id: 'tier', header: t('tier'), cell: ({ row: { original } }) => (isTier(original.tier) ? tiers(original.tier) : original.tier) },
    {
      id: 'stage',
      header: t('stage'),
      cell: ({ row: { original } }) =>
        canOpen ? (
          <Link href={paths.instance(original.instanceId)}>
            <StageTag stage={original.stage} />
          </Link>
        ) : (
          <StageTag stage={original.stage} />
        ),
    },
    {
      id: 'onTime',
      header: t('onTime'),
      cell: ({ row: { original } }) => (
        <span className={styles.links}>
          <OnTime isOnTime={original.isOnTime} isOverdue={original.isOverdue} />
          {original.extendedUntil ? (
            <Tag tone="neutral">
              {t('extendedUntil')} <TimeText at={original.extendedUntil} as="full" />
            </Tag>
          ) : null}
          {original.isExtensionAsked ? <Tag tone="warning">{t('extensionAsked')}</Tag> : null}
        </span>
      ),
    },
    {
      id: 'submitted',
      header: t('submitted'),
      cell: ({ row: { original } }) => (original.submittedAt ? <TimeText at={original.submittedAt} as="full" /> : '—'),
    },
    { id: 'version', header: t('version'), cell: ({ row: { original } }) => original.version || '—' },
    ...(onUrge
      ? [
          {
            id: 'urge',
            header: '',
            cell: ({ row: { original } }: { readonly row: { readonly original: BoardRow } }) =>
              OWING.includes(original.stage) ? (
                <span className={`${styles.links} ${styles.noPrint}`}>
                  <Urged result={urged.find(({ organisationId }) => organisationId === original.organisation.id)} />
                  <Button size="small" disabled={isSending} onClick={() => onUrge(original.organisation.id)}>
                    {t('urge')}
                  </Button>
                </span>
              ) : null,
          },
        ]
      : []),
  ];
}

/** Beside whoever was just urged: that it was done, or why not. */
function Urged({ result }: { readonly result: UrgedView['results'][number] | undefined }) {
  const t = useTranslations('quality.board');
  const refusal = useTranslations('refusal');
  if (!result) return null;
  if (result.outcome === 'urged') return <Tag tone="success">{t('urgedOne')}</Tag>;
  const { code } = result;
  return <Tag tone="warning">{code !== null && isKeyOf(code, refusal) ? refusal(code) : t('notUrged')}</Tag>;
}

const TIERS = ['province', 'city', 'county', 'community'] as const;
const isTier = (tier: string): tier is (typeof TIERS)[number] => TIERS.some((known) => known === tier);

export function OnTime({ isOnTime, isOverdue = false }: { readonly isOnTime: boolean | null; readonly isOverdue?: boolean }) {
  const t = useTranslations('quality.onTimes');
  if (isOnTime === null) return isOverdue ? <Tag tone="danger">{t('no')}</Tag> : t('none');
  return <Tag tone={isOnTime ? 'success' : 'danger'}>{t(isOnTime ? 'yes' : 'no')}</Tag>;
}
