'use client';

import { useTranslations } from 'next-intl';
import { FiredRules } from '#web/features/decision/FiredRules.tsx';
import { FlowDiagram } from '#web/features/diagram/FlowDiagram.tsx';
import { SubmissionList } from '#web/features/forms/SubmissionCard.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { HolderChip, PersonChip } from '#web/ui/PersonChip.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Audit.module.css';

/** The instance as it was after one step. While the next moment is being read, the last one stays. */
export function MomentView({ instanceId, seq }: { readonly instanceId: string; readonly seq: number }) {
  const t = useTranslations('audit');
  const decision = useTranslations('decision');
  const { text } = useText();
  const {
    data: moment,
    error,
    refetch,
  } = useRead(reads.auditMoment(instanceId, seq), { keepPrevious: true, staleTime: Number.POSITIVE_INFINITY });
  if (error && !moment) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!moment) return <Bone height="420px" />;
  const hasVariables = Object.keys(moment.variables).length > 0;
  return (
    <>
      <FlowDiagram diagram={moment.diagram} />
      <Panel title={t('openTasks')}>
        {moment.openTasks.length === 0 ? <p className={styles.none}>{t('noOpenTasks')}</p> : null}
        <ul className={styles.tasks}>
          {moment.openTasks.map((task) => (
            <li key={`${task.elementId}/${task.taskId}`}>
              <strong>{text(task.name)}</strong>
              {task.assignee ? (
                <PersonChip person={task.assignee} showsOrganisation />
              ) : (
                task.holders.map((holder) => <HolderChip key={holder.principal} holder={holder} />)
              )}
              <TimeText at={task.since} as="full" />
            </li>
          ))}
        </ul>
      </Panel>
      <section>
        <h2 style={{ fontSize: 'var(--bh-text-base)', marginBottom: 8 }}>{t('answers')}</h2>
        {moment.submissions.length === 0 ? (
          <p className={styles.none}>{t('noAnswers')}</p>
        ) : (
          <SubmissionList submissions={moment.submissions} />
        )}
      </section>
      {moment.rules.length > 0 ? (
        <Panel title={decision('title')}>
          <FiredRules rules={moment.rules} />
        </Panel>
      ) : null}
      {hasVariables ? (
        <Panel title={t('variables')}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard. */}
          <pre className={styles.variables} tabIndex={0}>
            {JSON.stringify(moment.variables, null, 2)}
          </pre>
        </Panel>
      ) : null}
    </>
  );
}
