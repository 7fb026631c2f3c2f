'use client';

import { useTranslations } from 'next-intl';
import { PHASES } from '#core/bpmn/graph.ts';
import styles from './LoopRing.module.css';

const RADIUS = 100;
const LABEL_RADIUS = 120;

/** The nine links as what they are: a ring. A picture only; the words stand beside it. */
export function LoopRing() {
  const t = useTranslations('common.phase');
  return (
    <svg className={styles.ring} viewBox="-190 -165 380 330" aria-hidden="true">
      <circle r={RADIUS} className={styles.track} />
      {PHASES.map((phase, index) => {
        const angle = (index / PHASES.length) * 2 * Math.PI - Math.PI / 2;
        const [x, y] = [Math.cos(angle), Math.sin(angle)];
        return (
          <g key={phase}>
            <circle cx={round(x * RADIUS)} cy={round(y * RADIUS)} r={6.5} className={styles.link} />
            <text
              x={round(x * LABEL_RADIUS)}
              y={round(y * (LABEL_RADIUS + 4))}
              className={styles.name}
              dominantBaseline="central"
              textAnchor={Math.abs(x) < 0.2 ? 'middle' : x > 0 ? 'start' : 'end'}
            >
              {t(phase)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The server and the browser may differ in the last digits of a cosine. */
const round = (value: number): number => Math.round(value * 10) / 10;
