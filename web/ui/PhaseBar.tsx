'use client';

import { CheckOutlined, RollbackOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import styles from './PhaseBar.module.css';
import { type LoopProgress, stateOf } from './phase-state.ts';
import { TimeText } from './TimeText.tsx';

/** The links of the flow's loop and how far this instance has come; nothing for a flow without. */
export function PhaseBar(progress: LoopProgress) {
  const t = useTranslations('common');
  if (progress.loop.length === 0) return null;
  return (
    <div className={styles.frame}>
      <ol className={styles.bar}>
        {progress.loop.map((each) => {
          const { phase, enteredAt } = each;
          const state = stateOf(each, progress);
          return (
            <li key={phase} className={`${styles.link} ${styles[state] ?? ''}`} aria-current={state === 'current' ? 'step' : undefined}>
              <span className={styles.name}>
                {state === 'done' ? <CheckOutlined aria-hidden /> : null}
                {state === 'returned' ? <RollbackOutlined aria-hidden /> : null}
                <span className={styles.words}>{t(`phase.${phase}`)}</span>
                <span className="bh-visually-hidden">{t(`phaseState.${state}`)}</span>
              </span>
              <span className={styles.when}>{enteredAt ? <TimeText at={enteredAt} as="short" /> : '\u00a0'}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
