'use client';

import type { TaskView } from '#api/views.ts';
import { ReportPanel } from '#web/features/quality/ReportPanel.tsx';
import { StandardPanel } from '#web/features/standards/StandardPanel.tsx';

const ENTERED: readonly string[] = ['enter', 'correct'];

/** What lies beside a task of some flows besides what was said in it: the standard that is adopted, a report's figures from a table. */
export function BesideTask({ task }: { readonly task: TaskView }) {
  const { instance, elementId, taskId } = task;
  if (instance.serviceKey === 'standard-adoption') return <StandardPanel instanceId={instance.id} />;
  if (instance.serviceKey === 'quality-report')
    return <ReportPanel instanceId={instance.id} organisation={instance.from} isEntered={ENTERED.includes(elementId)} key={taskId} />;
  return null;
}
