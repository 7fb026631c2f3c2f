'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { InstanceView, WaitingView } from '#api/views.ts';
import { FlowDiagram } from '#web/features/diagram/FlowDiagram.tsx';
import { RoutingPanel } from '#web/features/routing/RoutingPanel.tsx';
import { useIsPhone } from '#web/lib/use-media.ts';
import { useText } from '#web/lib/use-words.ts';
import { HolderChip, PersonChip } from '#web/ui/PersonChip.tsx';
import { stateOf } from '#web/ui/phase-state.ts';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './InstancePage.module.css';
import { LinkedInstances } from './LinkedInstances.tsx';
import { Lines, Summary } from './Summary.tsx';

/** The drawing for those who read drawings, and the same as a list for everybody else, phones and screen readers. */
export function Progress({ instance }: { readonly instance: InstanceView }) {
  const t = useTranslations('instance');
  const isPhone = useIsPhone();
  const [isShown, setShown] = useState(false);
  return (
    <div className={styles.progress}>
      {isPhone ? (
        <div className={styles.stack}>
          <Summary summary={instance.summary} />
          <Lines lines={instance.lines} />
          <StepList instance={instance} />
          <RoutingPanel instanceId={instance.header.id} serviceKey={instance.header.serviceKey} />
          <LinkedInstances linked={instance.linked} />
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
          <div className={styles.stack}>
            <Summary summary={instance.summary} />
            <Lines lines={instance.lines} />
            <LinkedInstances linked={instance.linked} />
            <RoutingPanel instanceId={instance.header.id} serviceKey={instance.header.serviceKey} />
            <StepList instance={instance} />
          </div>
        </>
      )}
    </div>
  );
}

/** The links of the loop, and what is waited for at each; for a flow without links, what is waited for. */
function StepList({ instance: { header } }: { readonly instance: InstanceView }) {
  const t = useTranslations('instance');
  const common = useTranslations('common');
  const progress = { loop: header.loop, hasEnded: header.endedAt !== null };
  const outside = header.waitingFor.filter(({ phase }) => header.loop.every((each) => each.phase !== phase));
  if (header.loop.length + outside.length === 0) return null;
  return (
    <section>
      <h2>{t(header.loop.length > 0 ? 'steps' : 'waiting')}</h2>
      <ol className={styles.steps}>
        {header.loop.map((each) => {
          const { phase, enteredAt } = each;
          const state = stateOf(each, progress);
          return (
            <li key={phase} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
              <span className={styles.stepName}>
                <span>{common(`phase.${phase}`)}</span>
                <small>{enteredAt ? <TimeText at={enteredAt} as="short" /> : common(`phaseState.${state}`)}</small>
              </span>
              {header.waitingFor
                .filter((waiting) => waiting.phase === phase)
                .map((waiting) => (
                  <StepWaiting key={`${waiting.elementId}/${waiting.taskId}`} waiting={waiting} />
                ))}
            </li>
          );
        })}
        {outside.map((waiting) => (
          <li key={`${waiting.elementId}/${waiting.taskId}`} data-state="current" aria-current="step">
            <StepWaiting waiting={waiting} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepWaiting({ waiting }: { readonly waiting: WaitingView }) {
  const { text } = useText();
  return (
    <span className={styles.stepWaiting}>
      {text(waiting.name)}
      {waiting.assignee ? (
        <PersonChip person={waiting.assignee} />
      ) : (
        waiting.holders.map((holder) => <HolderChip key={holder.principal} holder={holder} />)
      )}
    </span>
  );
}
