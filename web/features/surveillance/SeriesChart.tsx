'use client';

import { useTranslations } from 'next-intl';
import type { SentinelSeries } from '#api/views/surveillance.ts';
import { useText } from '#web/lib/use-words.ts';
import type { Column } from '#web/ui/DataTable.tsx';
import { Legend } from '../quality/Legend.tsx';
import styles from '../quality/Quality.module.css';
import { ScrollingTable } from '../quality/ScrollingTable.tsx';
import { scaleOf, ticksOf } from '../quality/scale.ts';
import { LevelTag } from './tags.tsx';

type Point = SentinelSeries['points'][number];

const WIDTH = 560;
const HEIGHT = 248;
const EDGE = { left: 44, right: 12, top: 12, bottom: 40 } as const;
const LABELS_MAX = 6;

/** Cases of one hospital over its periods under the limit that each was judged by, and every number beside the drawing. */
export function SeriesChart({ organisation, points }: SentinelSeries) {
  const t = useTranslations('surveillance.page');
  const { name } = useText();
  const hospital = name(organisation);
  const columns: readonly Column<Point>[] = [
    { id: 'period', header: t('choose'), cell: ({ row: { original } }) => original.period },
    { id: 'cases', header: t('cases'), cell: ({ row: { original } }) => original.cases },
    { id: 'limit', header: t('limit'), cell: ({ row: { original } }) => original.caseLimit },
    { id: 'level', header: t('stage'), cell: ({ row: { original } }) => <LevelTag level={original.level} /> },
  ];
  return (
    <div className={styles.beside}>
      <figure className={styles.figure}>
        <Drawing points={points} hospital={hospital} />
        <Legend
          lines={[
            { line: 'series', words: t('cases') },
            { line: 'limit', words: t('limit') },
          ]}
        />
      </figure>
      <ScrollingTable
        label={t('seriesTable', { hospital })}
        columns={columns}
        rows={[...points].reverse()}
        rowId={({ period }) => period}
      />
    </div>
  );
}

function Drawing({ points, hospital }: { readonly points: readonly Point[]; readonly hospital: string }) {
  const t = useTranslations('surveillance.page');
  const last = points.at(-1);
  const ticks = ticksOf(0, Math.max(1, ...points.flatMap(({ cases, caseLimit }) => [cases, caseLimit])));
  const x = scaleOf([0, Math.max(1, points.length - 1)], [EDGE.left + 8, WIDTH - EDGE.right - 8]);
  const y = scaleOf([ticks[0] ?? 0, ticks.at(-1) ?? 1], [HEIGHT - EDGE.bottom, EDGE.top]);
  const line = (of: (point: Point) => number): string => points.map((point, index) => `${x(index)},${y(of(point))}`).join(' ');
  const every = Math.ceil(points.length / LABELS_MAX);
  const label = t('seriesLabel', { hospital, count: points.length, cases: last?.cases ?? 0, limit: last?.caseLimit ?? 0 });
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(tick)} y2={y(tick)} />
          <text className={styles.axis} x={EDGE.left - 6} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {points.map(({ period }, index) =>
        index % every === 0 ? (
          <text
            key={period}
            data-minor={(index / every) % 2 === 1 || undefined}
            className={styles.axis}
            x={x(index)}
            y={HEIGHT - 8}
            textAnchor={index === 0 ? 'start' : 'middle'}
          >
            {period}
          </text>
        ) : null,
      )}
      <polyline className={styles.limit} points={line(({ caseLimit }) => caseLimit)} />
      <polyline className={styles.series} points={line(({ cases }) => cases)} />
      {points.map((point, index) => (
        <circle
          key={point.period}
          className={styles.point}
          data-verdict={point.level === 'red' ? 'alarm' : point.level === 'yellow' ? 'warning' : undefined}
          cx={x(index)}
          cy={y(point.cases)}
          r={4}
        >
          <title>{`${point.period}: ${point.cases} / ${point.caseLimit}`}</title>
        </circle>
      ))}
    </svg>
  );
}
