'use client';

import { Button, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { HospitalIndicator } from '#api/views/quality.ts';
import { useText } from '#web/lib/use-words.ts';
import type { Column } from '#web/ui/DataTable.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { Legend } from './Legend.tsx';
import { shown } from './numbers.ts';
import styles from './Quality.module.css';
import { ScrollingTable } from './ScrollingTable.tsx';
import { scaleOf, ticksOf } from './scale.ts';

type Point = HospitalIndicator['chart']['points'][number];

interface Row extends Point {
  /** Its limits begin anew with it. */
  readonly beginsPhase: boolean;
}

const VARIATION_TONES: Readonly<Record<Point['variation'], Tone>> = {
  'common-cause': 'neutral',
  improvement: 'success',
  concern: 'danger',
  change: 'warning',
};
const ASSURANCE_TONES = { passes: 'success', fails: 'danger', unsure: 'warning' } as const satisfies Record<string, Tone>;

export interface ControlChartProps extends HospitalIndicator {
  /** Begins the limits anew; absent for whoever may not decide so. */
  readonly onRebase?: ((decision: { readonly from: string; readonly reason: string }) => Promise<boolean>) | undefined;
}

/** One indicator of a hospital over its periods: the drawing and, beside it, every number in it. */
export function ControlChart({ indicator, chart, onRebase }: ControlChartProps) {
  const t = useTranslations('quality.chart');
  const { text } = useText();
  const name = text(indicator.name);
  const { points, assurance, decisions } = chart;
  const columns = useColumns(indicator);
  return (
    <Panel
      title={t('title', { name })}
      extra={
        <span className={styles.links}>
          {assurance ? <Tag tone={ASSURANCE_TONES[assurance]}>{t(`assurance.${assurance}`)}</Tag> : null}
          {onRebase && points.length > 1 ? <Rebase name={name} points={points} onRebase={onRebase} /> : null}
        </span>
      }
    >
      {points.length === 0 ? (
        <p className={styles.hint}>{t('none')}</p>
      ) : (
        <div className={styles.beside}>
          <figure className={styles.figure}>
            <Drawing indicator={indicator} points={points} name={name} />
            <Legend
              lines={[
                { line: 'series', words: t('lines.series') },
                { line: 'center', words: t('lines.center') },
                ...(indicator.target === null ? [] : [{ line: 'target' as const, words: t('lines.target') }]),
                { line: 'limit', words: t('lines.limit') },
              ]}
            />
            {points.at(-1)?.isTrial ? <figcaption className={styles.hint}>{t('trial')}</figcaption> : null}
            <Decisions decisions={decisions} />
          </figure>
          <ScrollingTable
            label={t('table', { name })}
            columns={columns}
            rows={rowsOf(points).toReversed()}
            rowId={({ period }) => period}
          />
        </div>
      )}
    </Panel>
  );
}

function Decisions({ decisions }: { readonly decisions: HospitalIndicator['chart']['decisions'] }) {
  const t = useTranslations('quality.chart');
  const { name: nameOf } = useText();
  if (decisions.length === 0) return null;
  return (
    <ul className={styles.decisions} aria-label={t('decisions')}>
      {decisions.map(({ from, reason, by, at }) => (
        <li key={from}>
          {t('decision', { from, reason })}{' '}
          <span className={styles.hint}>
            {by ? t('by', { name: nameOf(by) }) : null}
            <TimeText at={at} as="full" />
          </span>
        </li>
      ))}
    </ul>
  );
}

interface RebaseProps extends Pick<Required<ControlChartProps>, 'onRebase'> {
  readonly name: string;
  readonly points: readonly Point[];
}

/** A decision with its reason: limits never begin anew by themselves. */
function Rebase({ name, points, onRebase }: RebaseProps) {
  const t = useTranslations('quality.chart');
  const quality = useTranslations('quality');
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isSending, setSending] = useState(false);
  const begins = points.filter(({ phase }, index) => phase === points[index - 1]?.phase).map(({ period }) => period);
  const [from, setFrom] = useState<string | null>(null);
  const send = async (reason: string) => {
    if (!onRebase || from === null) return;
    setSending(true);
    if (await onRebase({ from, reason })) setOpen(false);
    setSending(false);
  };
  return (
    <>
      <Button size="small" className={styles.noPrint ?? ''} onClick={() => setOpen(true)}>
        {t('rebase')}
      </Button>
      {isOpen ? (
        <ReasonDialog
          title={t('rebaseTitle', { name })}
          hint={t('rebaseHint')}
          label={quality('reason')}
          required={quality('reasonMissing')}
          okText={t('rebase')}
          canSend={from !== null}
          isSending={isSending}
          onClose={() => setOpen(false)}
          onSend={send}
        >
          <label htmlFor={id}>{t('rebaseFrom')}</label>
          <Select
            id={id}
            className={styles.period ?? ''}
            value={from}
            onChange={setFrom}
            options={begins.toReversed().map((period) => ({ value: period, label: period }))}
          />
        </ReasonDialog>
      ) : null}
    </>
  );
}

function useColumns(indicator: HospitalIndicator['indicator']): readonly Column<Row>[] {
  const t = useTranslations('quality.chart');
  return [
    {
      id: 'period',
      header: t('period'),
      cell: ({ row: { original } }) =>
        original.beginsPhase ? (
          <>
            <Period of={original} /> <Tag tone="neutral">{t('phase')}</Tag>
          </>
        ) : (
          <Period of={original} />
        ),
    },
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

const Period = ({ of: { period } }: { readonly of: Point }) => <span className={styles.whole}>{period}</span>;

function Signals({ point: { signals, variation } }: { readonly point: Point }) {
  const t = useTranslations('quality.chart');
  if (signals.length === 0) return t('variation.common-cause');
  return (
    <Tag tone={VARIATION_TONES[variation]}>
      {t('signalsOf', { variation: t(`variation.${variation}`), signals: signals.map((signal) => t(`signals.${signal}`)).join(t('and')) })}
    </Tag>
  );
}

const rowsOf = (points: readonly Point[]): readonly Row[] =>
  points.map((point, index) => ({ ...point, beginsPhase: index > 0 && point.phase !== points[index - 1]?.phase }));

const WIDTH = 560;
const HEIGHT = 264;
const EDGE = { left: 84, right: 12, top: 12, bottom: 40 } as const;
const LABELS_MAX = 7;

interface Span {
  /** Position of the first point, and behind the last. */
  readonly from: number;
  readonly to: number;
}

/** Limits of one phase are no continuation of another's. */
function phasesOf(points: readonly Point[]): readonly (Span & { readonly phase: number })[] {
  const starts = rowsOf(points).flatMap(({ beginsPhase, phase }, index) => (beginsPhase || index === 0 ? [{ phase, from: index }] : []));
  return starts.map(({ phase, from }, index) => ({ phase, from, to: starts[index + 1]?.from ?? points.length }));
}

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
  const line = (of: (point: Point) => number, { from, to }: Span = { from: 0, to: points.length }): string =>
    points
      .slice(from, to)
      .map((point, index) => `${x(from + index)},${y(of(point))}`)
      .join(' ');
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
          <text
            key={period}
            data-minor={(index / every) % 2 === 1 || undefined}
            className={styles.axis}
            x={x(index)}
            y={HEIGHT - 8}
            textAnchor="middle"
          >
            {period}
          </text>
        ) : null,
      )}
      {phasesOf(points).map(({ phase, from, to }) => (
        <g key={phase}>
          {from === 0 ? null : (
            <line className={styles.phase} x1={x(from - 0.5)} x2={x(from - 0.5)} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} />
          )}
          <polyline className={styles.limit} points={line(({ limits }) => limits.upper, { from, to })} />
          <polyline className={styles.limit} points={line(({ limits }) => limits.lower, { from, to })} />
          <polyline className={styles.center} points={line(({ limits }) => limits.center, { from, to })} />
        </g>
      ))}
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
