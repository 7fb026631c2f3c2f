'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Select } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { SentinelRow, SentinelTally, SurveillanceTopicPage } from '#api/views/surveillance.ts';
import { SITE_STAGES, type SiteStage } from '#core/sentinel/site-stage.ts';
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
import quality from '../quality/Quality.module.css';
import { Roster } from './Roster.tsx';
import { SeriesChart } from './SeriesChart.tsx';
import styles from './Surveillance.module.css';
import { LevelTag, SiteStageTag } from './tags.tsx';
import { WarningsTable } from './WarningsTable.tsx';

/** One topic: who has not reported, the series under their limits, the warnings, the roster. */
export function TopicPage({ topic, period }: { readonly topic: string; readonly period?: string }) {
  const t = useTranslations('surveillance.page');
  const all = useTranslations('surveillance');
  const { text } = useText();
  const { data, error, refetch } = useRead(reads.surveillanceTopic(topic, period));
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <PageHeader
        title={t('title', { topic: text(data.topic.name) })}
        lead={t('lead', { frequency: all(`frequencies.${data.topic.frequency}`).toLowerCase() })}
        actions={data.canManage && !data.periods.includes(data.topic.nextPeriod) ? <OpenPeriod topic={data.topic} /> : null}
      />
      <div className={quality.stack}>
        <Panel title={data.period === null ? all('period') : t('rows', { period: data.period })}>
          <PeriodRows page={data} />
        </Panel>
        <Panel title={t('series')}>
          <Series series={data.series} />
        </Panel>
        {data.warnings.length > 0 || data.canManage ? (
          <Panel title={all('warnings')}>
            <WarningsTable warnings={data.warnings} />
          </Panel>
        ) : null}
        <Panel title={t('roster')}>
          <Roster page={data} />
        </Panel>
      </div>
    </Page>
  );
}

function OpenPeriod({ topic: { code, nextPeriod: period } }: { readonly topic: SurveillanceTopicPage['topic'] }) {
  const t = useTranslations('surveillance.page');
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  // Kept until it is known to have worked, so that a second try opens nothing twice.
  const [commandId] = useState(() => crypto.randomUUID());
  const open = useMutation({
    mutationFn: () => send('POST', `/api/surveillance/topics/${encodeURIComponent(code)}/periods`, { commandId, period }),
    onSuccess: async () => {
      message.success(t('opened', { period }));
      await client.invalidateQueries({ queryKey: ['surveillance'] });
    },
    onError: (error) => void message.error(words(error)),
  });
  return (
    <Popconfirm
      title={t('openTitle', { period })}
      description={t('openLead')}
      okText={t('open', { period })}
      onConfirm={() => open.mutate()}
    >
      <Button type="primary" loading={open.isPending}>
        {t('open', { period })}
      </Button>
    </Popconfirm>
  );
}

function PeriodRows({ page: { topic, period, periods, rows, tally } }: { readonly page: SurveillanceTopicPage }) {
  const t = useTranslations('surveillance.page');
  const stages = useTranslations('surveillance.stages');
  const router = useRouter();
  const id = useId();
  const [stage, setStage] = useState<SiteStage | null>(null);
  const columns = useColumns();
  if (period === null) return <p className={quality.hint}>{t('noPeriod')}</p>;
  const chosen = rows.filter((row) => stage === null || row.stage === stage);
  return (
    <>
      <div className={styles.choice}>
        <label htmlFor={id}>
          {t('choose')}
          <Select
            id={id}
            className={styles.select}
            value={period}
            options={[...new Set([period, ...periods])].map((value) => ({ value, label: value }))}
            onChange={(next: string) => router.push(paths.surveillanceTopic(topic.code, next))}
          />
        </label>
      </div>
      {tally ? <Tally tally={tally} /> : null}
      <div className={`${quality.filters} ${styles.filters}`} role="group" aria-label={t('filter')}>
        <Button size="small" aria-pressed={stage === null} type={stage === null ? 'primary' : 'default'} onClick={() => setStage(null)}>
          {t('all')} {rows.length}
        </Button>
        {SITE_STAGES.map((each) => [each, rows.filter((row) => row.stage === each).length] as const)
          .filter(([, count]) => count > 0)
          .map(([each, count]) => (
            <Button
              key={each}
              size="small"
              aria-pressed={stage === each}
              type={stage === each ? 'primary' : 'default'}
              onClick={() => setStage(each)}
            >
              {stages(each)} {count}
            </Button>
          ))}
      </div>
      {chosen.length === 0 ? (
        <p className={quality.hint}>{t('nobody')}</p>
      ) : (
        <DataTable label={t('rowsTable')} columns={columns} rows={chosen} rowId={({ instanceId }) => instanceId} />
      )}
    </>
  );
}

const TALLIED = ['expected', 'reported', 'zero', 'late', 'missing'] as const;

function Tally({ tally }: { readonly tally: SentinelTally }) {
  const t = useTranslations('surveillance');
  return (
    <dl className={quality.figures}>
      {TALLIED.map((name) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{tally[name]}</dd>
        </div>
      ))}
    </dl>
  );
}

function useColumns(): readonly Column<SentinelRow>[] {
  const t = useTranslations('surveillance.page');
  const { name } = useText();
  return [
    {
      id: 'hospital',
      header: t('hospital'),
      cell: ({ row: { original } }) => <Link href={paths.instance(original.instanceId)}>{name(original.organisation)}</Link>,
    },
    { id: 'stage', header: t('stage'), cell: ({ row: { original } }) => <SiteStageTag stage={original.stage} /> },
    {
      id: 'onTime',
      header: t('onTime'),
      cell: ({ row: { original } }) =>
        original.isOnTime === null ? '—' : <Tag tone={original.isOnTime ? 'success' : 'danger'}>{t(original.isOnTime ? 'yes' : 'no')}</Tag>,
    },
    { id: 'cases', header: t('cases'), cell: ({ row: { original } }) => original.counts?.cases ?? '—' },
    { id: 'deaths', header: t('deaths'), cell: ({ row: { original } }) => original.counts?.deaths ?? '—' },
    {
      id: 'positive',
      header: t('positive'),
      cell: ({ row: { original } }) => (original.counts ? `${original.counts.positives}/${original.counts.samples}` : '—'),
    },
    {
      id: 'limit',
      header: t('limit'),
      cell: ({ row: { original } }) =>
        original.level === null ? (
          '—'
        ) : (
          <span className={quality.links}>
            {original.caseLimit}
            {original.level === 'none' ? null : <LevelTag level={original.level} />}
          </span>
        ),
    },
    {
      id: 'submitted',
      header: t('submitted'),
      cell: ({ row: { original } }) => (original.submittedAt ? <TimeText at={original.submittedAt} as="full" /> : '—'),
    },
  ];
}

function Series({ series }: { readonly series: SurveillanceTopicPage['series'] }) {
  const t = useTranslations('surveillance.page');
  const { name } = useText();
  const id = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = series.find(({ organisation }) => organisation.id === chosen) ?? series[0];
  if (!shown) return <p className={quality.hint}>{t('seriesNone')}</p>;
  return (
    <>
      <div className={styles.choice}>
        <label htmlFor={id}>
          {t('pickHospital')}
          <Select
            id={id}
            className={styles.select}
            value={shown.organisation.id}
            options={series.map(({ organisation }) => ({ value: organisation.id, label: name(organisation) }))}
            onChange={setChosen}
          />
        </label>
      </div>
      <SeriesChart {...shown} />
    </>
  );
}
