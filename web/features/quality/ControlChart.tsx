'use client';

import { useTranslations } from 'next-intl';
import type { HospitalIndicator } from '#api/views/quality.ts';
import { useText } from '#web/lib/use-words.ts';
import type { Column } from '#web/ui/DataTable.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { shown } from './numbers.ts';
import styles from './Quality.module.css';
import { ScrollingTable } from './ScrollingTable.tsx';
import { scaleOf, ticksOf } from './scale.ts';

type Point = HospitalIndicator['chart']['points'][number];

const VARIATION_TONES: Readonly<Record<Point['variation'], Tone>> = {
  'common-cause': 'neutral',
  improvement: 'success',
  concern: 'danger',
  change: 'warning',
};
const ASSURANCE_TONES = { passes: 'success', fails: 'danger', unsure: 'warning' } as const satisfies Record<string, Tone>;

/** One indicator of a hospital over its periods: the drawing and, beside it, every number in it. */
export function ControlChart({ indicator, chart }: HospitalIndicator) {
  const t = useTranslations('quality.chart');
  const { text } = useText();
  const name = text(indicator.name);
  const { points, assurance } = chart;
  const columns = useColumns(indicator);
  return (
    <Panel
      title={t('title', { name })}
      extra={assurance ? <Tag tone={ASSURANCE_TONES[assurance]}>{t(`assurance.${assurance}`)}</Tag> : null}
    >
      {points.length === 0 ? (
        <p className={styles.hint}>{t('none')}</p>
      ) : (
        <div className={styles.beside}>
          <figure className={styles.figure}>
            <Drawing indicator={indicator} points={points} name={name} />
            {points.at(-1)?.isTrial ? <figcaption className={styles.hint}>{t('trial')}</figcaption> : null}
          </figure>
          <ScrollingTable label={t('table', { name })} columns={columns} rows={[...points].reverse()} rowId={({ period }) => period} />
        </div>
      )}
    </Panel>
  );
}

function useColumns(indicator: HospitalIndicator['indicator']): readonly Column<Point>[] {
  const t = useTranslations('quality.chart');
  return [
    { id: 'period', header: t('period'), cell: ({ row: { original } }) => original.period },
    { id: 'value', header: t('value'), cell: ({ row: { original } }) => shown(original.value, indicator) },
    { id: 'count', header: t('count'), cell: ({ row: { original } }) => `${original.numerator}/${original.denominator}` },
    {
      id: 'limits',
      header: t('limits'),
      cell: ({ row: { original } }) => `${shown(original.limits.lower, indicator)} – ${shown(original.limits.upper, indicator)}`,
    },
    { id: 'signal', header: t('signal'), cell: ({ row: { original } }) => <Signals point={original} /> },
  ];
}

function Signals({ point: { signals, variation } }: { readonly point: Point }) {
  const t = useTranslations('quality.chart');
  if (signals.length === 0) return t('variation.common-cause');
  return (
    <Tag tone={VARIATION_TONES[variation]}>
      {t(`variation.${variation}`)}: {signals.map((signal) => t(`signals.${signal}`)).join(', ')}
    </Tag>
  );
}

const WIDTH = 560;
const HEIGHT = 260;
const EDGE = { left: 56, right: 12, top: 12, bottom: 32 } as const;
const LABELS_MAX = 7;

function Drawing({
  indicator,
  points,
  name,
}: {
  readonly indicator: HospitalIndicator['indicator'];
  readonly points: readonly Point[];
  readonly name: string;
}) {
  const t = useTranslations('quality.chart');
  const targets = indicator.target === null ? [] : [indicator.target];
  const values = [...points.flatMap(({ value, limits }) => [value, limits.lower, limits.upper]), ...targets];
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  const x = scaleOf([0, Math.max(1, points.length - 1)], [EDGE.left + 8, WIDTH - EDGE.right - 8]);
  const y = scaleOf([ticks[0] ?? 0, ticks.at(-1) ?? 1], [HEIGHT - EDGE.bottom, EDGE.top]);
  const line = (of: (point: Point) => number): string => points.map((point, index) => `${x(index)},${y(of(point))}`).join(' ');
  const every = Math.ceil(points.length / LABELS_MAX);
  const last = points.at(-1);
  const label = t('label', {
    name,
    count: points.length,
    center: shown(last?.limits.center ?? 0, indicator),
    lower: shown(last?.limits.lower ?? 0, indicator),
    upper: shown(last?.limits.upper ?? 0, indicator),
  });
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(tick)} y2={y(tick)} />
          <text className={styles.axis} x={EDGE.left - 6} y={y(tick) + 4} textAnchor="end">
            {shown(tick, indicator)}
          </text>
        </g>
      ))}
      {points.map(({ period }, index) =>
        index % every === 0 ? (
          <text key={period} className={styles.axis} x={x(index)} y={HEIGHT - 10} textAnchor="middle">
            {period}
          </text>
        ) : null,
      )}
      <polyline className={styles.limit} points={line(({ limits }) => limits.upper)} />
      <polyline className={styles.limit} points={line(({ limits }) => limits.lower)} />
      <polyline className={styles.center} points={line(({ limits }) => limits.center)} />
      {indicator.target === null ? null : (
        <line className={styles.target} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(indicator.target)} y2={y(indicator.target)} />
      )}
      <polyline className={styles.series} points={line(({ value }) => value)} />
      {points.map((point, index) => (
        <circle key={point.period} className={styles.point} data-variation={point.variation} cx={x(index)} cy={y(point.value)} r={4}>
          <title>{`${point.period}: ${shown(point.value, indicator)}`}</title>
        </circle>
      ))}
    </svg>
  );
}
