'use client';

import { CheckOutlined, RollbackOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { PHASES, type Phase } from '#core/bpmn/graph.ts';
import styles from './PhaseBar.module.css';
import { TimeText } from './TimeText.tsx';

export interface PhaseBarProps {
  readonly phases: Readonly<Partial<Record<Phase, string>>>;
  readonly current: readonly Phase[];
  readonly hasEnded: boolean;
}

type LinkState = 'done' | 'current' | 'returned' | 'ahead';

/** The nine links of the loop and how far this instance has come. */
export function PhaseBar({ phases, current, hasEnded }: PhaseBarProps) {
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

/**
 * A link is returned when the work stands again at one before it that was entered earlier. A link that was entered later, such as a
 * review after the fact, sends nothing back.
 */
export function stateOf(phase: Phase, { phases, current, hasEnded }: PhaseBarProps): LinkState {
  if (current.includes(phase)) return 'current';
  const entered = phases[phase];
  if (entered === undefined) return 'ahead';
  const isReturned = current.some((each) => PHASES.indexOf(each) < PHASES.indexOf(phase) && (phases[each] ?? '') < entered);
  return isReturned && !hasEnded ? 'returned' : 'done';
}
