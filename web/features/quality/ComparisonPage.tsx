'use client';

import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { IndicatorComparisonView } from '#api/views/quality.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import type { Column } from '#web/ui/DataTable.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { FunnelChart } from './FunnelChart.tsx';
import { Legend } from './Legend.tsx';
import { shown } from './numbers.ts';
import { PrintButton } from './PrintButton.tsx';
import styles from './Quality.module.css';
import { ScrollingTable } from './ScrollingTable.tsx';

type Point = IndicatorComparisonView['points'][number];

const ROWS_AT_ONCE = 50;
const TONES: Readonly<Record<Point['verdict'], Tone>> = { within: 'neutral', warning: 'warning', alarm: 'danger' };

export interface ComparisonPageProps {
  readonly set: string;
  readonly code: string;
  readonly period: string;
}

export function ComparisonPage({ set, code, period }: ComparisonPageProps) {
  const t = useTranslations('quality.funnel');
  const { text } = useText();
  const { data, error, refetch } = useRead(reads.qualityIndicator(set, code, period));
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  const name = text(data.indicator.name);
  return (
    <Page>
      <PageHeader title={t('title', { name, period })} lead={t('lead')} actions={<PrintButton />} />
      <div className={styles.stack}>
        <Panel>
          {data.points.length === 0 ? (
            <p className={styles.hint}>{t('none')}</p>
          ) : (
            <div className={styles.beside}>
              <figure className={styles.figure}>
                <FunnelChart view={data} />
                <Legend
                  lines={[
                    { line: 'center', words: t('lines.center') },
                    ...(data.indicator.target === null ? [] : [{ line: 'target' as const, words: t('lines.target') }]),
                    { line: 'warning', words: t('lines.warning') },
                    { line: 'limit', words: t('lines.alarm') },
                  ]}
                />
                <figcaption className={styles.hint}>
                  {t('center', { value: shown(data.center, data.indicator) })} · {t('dispersion', { value: data.dispersion.toFixed(2) })}
                  {data.leftOut > 0 ? ` · ${t('leftOut', { count: data.leftOut })}` : null}
                </figcaption>
              </figure>
              <Points view={data} />
            </div>
          )}
        </Panel>
      </div>
    </Page>
  );
}

function Points({ view: { points, indicator, set } }: { readonly view: IndicatorComparisonView }) {
  const t = useTranslations('quality.funnel');
  const board = useTranslations('quality.board');
  const { name: nameOf } = useText();
  const [limit, setLimit] = useState(ROWS_AT_ONCE);
  const rows = [...points].sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
  const columns: readonly Column<Point>[] = [
    {
      id: 'hospital',
      header: t('hospital'),
      cell: ({ row: { original } }) => (
        <Link href={paths.hospitalQuality(original.id, { set: set.code })}>{nameOf(original.organisation)}</Link>
      ),
    },
    { id: 'value', header: t('value'), cell: ({ row: { original } }) => shown(original.value, indicator) },
    { id: 'count', header: t('count'), cell: ({ row: { original } }) => `${original.numerator}/${original.denominator}` },
    { id: 'score', header: t('score'), cell: ({ row: { original } }) => original.score.toFixed(2) },
    {
      id: 'verdict',
      header: t('verdict'),
      cell: ({ row: { original } }) => (
        <Tag tone={TONES[original.verdict]}>
          {t(`verdicts.${original.verdict}`)}{' '}
          {original.verdict === 'within' || original.side === 'middle' ? null : t(`sides.${original.side}`)}
        </Tag>
      ),
    },
  ];
  return (
    <div>
      <ScrollingTable label={t('table')} columns={columns} rows={rows.slice(0, limit)} rowId={({ id }) => id} />
      {rows.length > limit ? (
        <Button className={`${styles.more} ${styles.noPrint}`} onClick={() => setLimit(limit + ROWS_AT_ONCE * 2)}>
          {board('more')}
        </Button>
      ) : null}
    </div>
  );
}
