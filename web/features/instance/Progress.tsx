'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { InstanceView } from '#api/views.ts';
import { PHASES } from '#core/bpmn/graph.ts';
import { FlowDiagram } from '#web/features/diagram/FlowDiagram.tsx';
import { useIsPhone } from '#web/lib/use-media.ts';
import { useText } from '#web/lib/use-words.ts';
import { HolderChip, PersonChip } from '#web/ui/PersonChip.tsx';
import { stateOf } from '#web/ui/phase-state.ts';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './InstancePage.module.css';

/** The drawing for those who read drawings, and the same as a list for everybody else, phones and screen readers. */
export function Progress({ instance }: { readonly instance: InstanceView }) {
  const t = useTranslations('instance');
  const isPhone = useIsPhone();
  const [isShown, setShown] = useState(false);
  return (
    <div className={styles.progress}>
      {isPhone ? (
        <div className={styles.stack}>
          <StepList instance={instance} />
          <Button block onClick={() => setShown(!isShown)} aria-expanded={isShown}>
            {t(isShown ? 'hideDiagram' : 'showDiagram')}
          </Button>
          {isShown ? <FlowDiagram diagram={instance.diagram} /> : null}
        </div>
      ) : (
        <>
          <section>
            <h2>{t('diagram')}</h2>
            <FlowDiagram diagram={instance.diagram} />
          </section>
          <StepList instance={instance} />
        </>
      )}
    </div>
  );
}

function StepList({ instance: { header } }: { readonly instance: InstanceView }) {
  const t = useTranslations('instance');
  const common = useTranslations('common');
  const { text } = useText();
  const progress = { phases: header.phases, current: header.currentPhases, hasEnded: header.endedAt !== null };
  return (
    <section>
      <h2>{t('steps')}</h2>
      <ol className={styles.steps}>
        {PHASES.map((phase) => {
          const state = stateOf(phase, progress);
          const at = header.phases[phase];
          return (
            <li key={phase} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
              <span className={styles.stepName}>
                <span>{common(`phase.${phase}`)}</span>
                <small>{at ? <TimeText at={at} as="short" /> : common(`phaseState.${state}`)}</small>
              </span>
              {header.waitingFor
                .filter((waiting) => waiting.phase === phase)
                .map((waiting) => (
                  <span key={`${waiting.elementId}/${waiting.taskId}`} className={styles.stepWaiting}>
                    {text(waiting.name)}
                    {waiting.assignee ? (
                      <PersonChip person={waiting.assignee} />
                    ) : (
                      waiting.holders.map((holder) => <HolderChip key={holder.principal} holder={holder} />)
                    )}
                  </span>
                ))}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
