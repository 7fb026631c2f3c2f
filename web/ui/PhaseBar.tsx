'use client';

import { CheckOutlined, RollbackOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { PHASES } from '#core/bpmn/graph.ts';
import styles from './PhaseBar.module.css';
import { type LoopProgress, stateOf } from './phase-state.ts';
import { TimeText } from './TimeText.tsx';

/** The nine links of the loop and how far this instance has come. */
export function PhaseBar({ phases, current, hasEnded }: LoopProgress) {
  const t = useTranslations('common');
  return (
    <div className={styles.frame}>
      <ol className={styles.bar}>
        {PHASES.map((phase) => {
          const state = stateOf(phase, { phases, current, hasEnded });
          const at = phases[phase];
          return (
            <li key={phase} className={`${styles.link} ${styles[state] ?? ''}`} aria-current={state === 'current' ? 'step' : undefined}>
              <span className={styles.name}>
                {state === 'done' ? <CheckOutlined aria-hidden /> : null}
                {state === 'returned' ? <RollbackOutlined aria-hidden /> : null}
                <span className={styles.words}>{t(`phase.${phase}`)}</span>
                <span className="bh-visually-hidden">{t(`phaseState.${state}`)}</span>
              </span>
              <span className={styles.when}>{at ? <TimeText at={at} as="short" /> : '\u00a0'}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
