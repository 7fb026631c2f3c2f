'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { UrgedView } from '#api/views/quality.ts';
import type { AdoptionRow, StandardBoard } from '#api/views/standards.ts';
import { ADOPTION_STAGES, type AdoptionStage, type AdoptionTally, OWING_STAGES } from '#core/standards/adoption.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { send } from '#web/lib/api.ts';
import { isKeyOf, useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { AdoptedTag, AdoptionStageTag } from './AdoptionTag.tsx';
import styles from './Standards.module.css';

const ROWS_AT_ONCE = 100;

export interface AdoptionBoardProps {
  /** Of the standard. */
  readonly id: string;
  readonly board: StandardBoard;
}

/** Who was reached, has read and has adopted, by tier and by member; one press urges who owes. */
export function AdoptionBoard({ id, board }: AdoptionBoardProps) {
  const t = useTranslations('standards.board');
  const urge = useUrge(id);
  const owing = board.rows.filter(({ stage }) => OWING_STAGES.includes(stage)).length;
  return (
    <>
      <Panel title={t('title')}>
        {board.total.reached === 0 ? (
          <p className={styles.hint}>{t('notReached')}</p>
        ) : (
          <div className={styles.stack}>
            <Figures tally={board.total} />
            <Tiers board={board} />
            <Obstacles board={board} />
          </div>
        )}
      </Panel>
      {board.rows.length > 0 ? (
        <Panel
          title={t('rows')}
          extra={
            board.canUrge && owing > 0 ? (
              <Button type="primary" loading={urge.isPending} onClick={() => urge.mutate(undefined)}>
                {t('urgeAll', { count: owing })}
              </Button>
            ) : null
          }
        >
          <Rows
            rows={board.rows}
            onUrge={board.canUrge ? (organisationId) => urge.mutate(organisationId) : null}
            isSending={urge.isPending}
          />
        </Panel>
      ) : null}
    </>
  );
}

function useUrge(id: string) {
  const t = useTranslations('standards.board');
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (organisationId: string | undefined) =>
      send<UrgedView>('POST', `/api/standards/${encodeURIComponent(id)}/urge`, {
        commandId: crypto.randomUUID(),
        ...(organisationId === undefined ? {} : { organisationId }),
      }),
    onSuccess: async ({ urged }) => {
      if (urged > 0) message.success(t('urged', { count: urged }));
      else message.info(t('urgedNone'));
      await client.invalidateQueries({ queryKey: ['standards'] });
    },
    onError: (error) => void message.error(words(error)),
  });
}

const percent = (share: number | null): string => (share === null ? '—' : `${(share * 100).toFixed(1)} %`);

function Figures({ tally }: { readonly tally: AdoptionTally }) {
  const t = useTranslations('standards.board');
  const figures = [
    ['reached', tally.reached],
    ['read', tally.read],
    ['readShare', percent(tally.readShare)],
    ['yes', tally.yes],
    ['partly', tally.partly],
    ['no', tally.no],
    ['adoptedShare', percent(tally.adoptedShare)],
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Tiers({ board: { tiers } }: { readonly board: StandardBoard }) {
  const t = useTranslations('standards.board');
  const names = useTranslations('standards.tiers');
  type Row = StandardBoard['tiers'][number];
  const columns: readonly Column<Row>[] = [
    {
      id: 'tier',
      header: t('tier'),
      cell: ({ row: { original } }) => (isKeyOf(original.tier, names) ? names(original.tier) : original.tier),
    },
    { id: 'reached', header: t('reached'), cell: ({ row: { original } }) => original.reached },
    { id: 'read', header: t('read'), cell: ({ row: { original } }) => `${original.read} · ${percent(original.readShare)}` },
    { id: 'reported', header: t('reported'), cell: ({ row: { original } }) => original.reported },
    { id: 'yes', header: t('yes'), cell: ({ row: { original } }) => original.yes },
    { id: 'partly', header: t('partly'), cell: ({ row: { original } }) => original.partly },
    { id: 'no', header: t('no'), cell: ({ row: { original } }) => original.no },
    { id: 'share', header: t('adoptedShare'), cell: ({ row: { original } }) => percent(original.adoptedShare) },
  ];
  return <DataTable label={t('tierTable')} columns={columns} rows={tiers} rowId={({ tier }) => tier} />;
}

function Obstacles({ board: { obstacles } }: { readonly board: StandardBoard }) {
  const t = useTranslations('standards.board');
  const names = useTranslations('standards.obstacles');
  if (obstacles.length === 0) return null;
  return (
    <p className={styles.obstacles}>
      <span className={styles.hint}>{t('frequent')}</span>
      {obstacles.map(({ code, count }) => (
        <Tag key={code} tone="neutral">
          {isKeyOf(code, names) ? names(code) : code} {count}
        </Tag>
      ))}
    </p>
  );
}

interface RowsProps {
  readonly rows: readonly AdoptionRow[];
  readonly onUrge: ((organisationId: string) => void) | null;
  readonly isSending: boolean;
}

function Rows({ rows, onUrge, isSending }: RowsProps) {
  const t = useTranslations('standards.board');
  const stages = useTranslations('standards.stages');
  const [stage, setStage] = useState<AdoptionStage | null>(null);
  const [limit, setLimit] = useState(ROWS_AT_ONCE);
  const chosen = rows.filter((row) => stage === null || row.stage === stage);
  const columns = useRowColumns(onUrge, isSending);
  const filters = [
    { stage: null, words: t('all'), count: rows.length },
    ...ADOPTION_STAGES.map((each) => ({ stage: each, words: stages(each), count: rows.filter((row) => row.stage === each).length })),
  ].filter(({ count }) => count > 0);
  return (
    <>
      <div className={styles.filters} role="group" aria-label={t('filter')}>
        {filters.map((each) => (
          <Button
            key={each.stage ?? 'all'}
            size="small"
            aria-pressed={stage === each.stage}
            type={stage === each.stage ? 'primary' : 'default'}
            onClick={() => setStage(each.stage)}
          >
            {each.words} {each.count}
          </Button>
        ))}
      </div>
      {chosen.length === 0 ? (
        <p className={styles.hint}>{t('nobody')}</p>
      ) : (
        <DataTable label={t('rowsTable')} columns={columns} rows={chosen.slice(0, limit)} rowId={({ instanceId }) => instanceId} />
      )}
      {chosen.length > limit ? (
        <Button className={styles.more ?? ''} onClick={() => setLimit(limit + ROWS_AT_ONCE)}>
          {t('more')}
        </Button>
      ) : null}
    </>
  );
}

function useRowColumns(onUrge: RowsProps['onUrge'], isSending: boolean): readonly Column<AdoptionRow>[] {
  const t = useTranslations('standards.board');
  const tiers = useTranslations('standards.tiers');
  const obstacles = useTranslations('standards.obstacles');
  const common = useTranslations('common');
  const { name: nameOf } = useText();
  const { can } = useMe();
  return [
    {
      id: 'hospital',
      header: t('hospital'),
      cell: ({ row: { original } }) =>
        can.read ? <Link href={paths.instance(original.instanceId)}>{nameOf(original.organisation)}</Link> : nameOf(original.organisation),
    },
    {
      id: 'tier',
      header: t('tier'),
      cell: ({ row: { original } }) => (isKeyOf(original.tier, tiers) ? tiers(original.tier) : original.tier),
    },
    {
      id: 'stage',
      header: t('stage'),
      cell: ({ row: { original } }) => (
        <span className={styles.tags}>
          <AdoptionStageTag stage={original.stage} />
          {original.isOverdue ? <Tag tone="danger">{t('overdue')}</Tag> : null}
        </span>
      ),
    },
    {
      id: 'read',
      header: t('readAt'),
      cell: ({ row: { original } }) => (original.readAt ? <TimeText at={original.readAt} as="short" /> : '—'),
    },
    {
      id: 'reported',
      header: t('reportedAt'),
      cell: ({ row: { original } }) =>
        original.reportedAt ? (
          <span className={styles.tags}>
            <TimeText at={original.reportedAt} as="short" />
            {original.isOnTime === false ? <Tag tone="danger">{t('late')}</Tag> : null}
          </span>
        ) : (
          '—'
        ),
    },
    {
      id: 'answer',
      header: t('answer'),
      cell: ({ row: { original } }) => (original.adopted ? <AdoptedTag adopted={original.adopted} /> : '—'),
    },
    {
      id: 'obstacles',
      header: t('obstacles'),
      cell: ({ row: { original } }) =>
        original.obstacles.map((code) => (isKeyOf(code, obstacles) ? obstacles(code) : code)).join(common('separator')) || '—',
    },
    ...(onUrge
      ? [
          {
            id: 'urge',
            header: '',
            cell: ({ row: { original } }: { readonly row: { readonly original: AdoptionRow } }) =>
              OWING_STAGES.includes(original.stage) ? (
                <Button size="small" disabled={isSending} onClick={() => onUrge(original.organisation.id)}>
                  {t('urge')}
                </Button>
              ) : null,
          },
        ]
      : []),
  ];
}
