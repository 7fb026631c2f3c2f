'use client';

import { useTranslations } from 'next-intl';
import type { IndicatorComparisonView } from '#api/views/quality.ts';
import { useText } from '#web/lib/use-words.ts';
import { shown } from './numbers.ts';
import styles from './Quality.module.css';
import { scaleOf, ticksOf } from './scale.ts';

const WIDTH = 560;
const HEIGHT = 320;
const EDGE = { left: 84, right: 16, top: 12, bottom: 44 } as const;

/** Hospitals by size and value between limits that narrow with size. Every point stands in the table beside it as well. */
export function FunnelChart({ view: { indicator, points, center } }: { readonly view: IndicatorComparisonView }) {
  const t = useTranslations('quality.funnel');
  const { name: nameOf } = useText();
  const bySize = [...points].sort((a, b) => a.denominator - b.denominator);
  const sizes = ticksOf(0, Math.max(...points.map(({ denominator }) => denominator)));
  const values = points.map(({ value }) => value);
  const middle = bySize[Math.floor(bySize.length / 10)];
  const ticks = ticksOf(Math.min(...values, middle?.alarm.lower ?? center), Math.max(...values, middle?.alarm.upper ?? center));
  const [bottom, top] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const x = scaleOf([0, sizes.at(-1) ?? 1], [EDGE.left, WIDTH - EDGE.right]);
  const y = scaleOf([bottom, top], [HEIGHT - EDGE.bottom, EDGE.top]);
  const within = (value: number): number => Math.min(Math.max(value, bottom), top);
  const line = (of: (point: (typeof points)[number]) => number): string =>
    bySize.map((point) => `${x(point.denominator)},${y(within(of(point)))}`).join(' ');
  const count = (verdict: string): number => points.filter((point) => point.verdict === verdict).length;
  const label = t('label', { count: points.length, center: shown(center, indicator), warnings: count('warning'), alarms: count('alarm') });
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
      {sizes.map((size, index) => (
        <text key={size} data-minor={index % 2 === 1 || undefined} className={styles.axis} x={x(size)} y={HEIGHT - 24} textAnchor="middle">
          {size}
        </text>
      ))}
      <text className={styles.axis} x={WIDTH - EDGE.right} y={HEIGHT - 6} textAnchor="end">
        {t('size')}
      </text>
      {(['upper', 'lower'] as const).map((side) => (
        <g key={side}>
          <polyline className={styles.limit} points={line(({ alarm }) => alarm[side])} />
          <polyline className={styles.warning} points={line(({ warning }) => warning[side])} />
        </g>
      ))}
      <line className={styles.center} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(center)} y2={y(center)} />
      {indicator.target !== null && indicator.target >= bottom && indicator.target <= top ? (
        <line className={styles.target} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(indicator.target)} y2={y(indicator.target)} />
      ) : null}
      {points.map((point) => (
        <circle
          key={point.id}
          className={styles.point}
          data-verdict={point.verdict}
          cx={x(point.denominator)}
          cy={y(point.value)}
          r={point.verdict === 'within' ? 2.5 : 4.5}
        >
          <title>{`${nameOf(point.organisation)}: ${shown(point.value, indicator)}`}</title>
        </circle>
      ))}
    </svg>
  );
}
