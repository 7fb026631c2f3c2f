/** What a Temporal Schedule starts each time: it has the door start an instance, once for its time (P19). */
import { ApplicationFailure, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { CycleActivities } from './messages.ts';

const { startScheduled } = proxyActivities<CycleActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** The Schedule and the time are Temporal's own search attributes, so that nothing has to be passed on that would need a key. */
export async function cycle(): Promise<void> {
  const { searchAttributes } = workflowInfo();
  const [scheduleId] = searchAttributes.TemporalScheduledById ?? [];
  const [scheduledAt] = searchAttributes.TemporalScheduledStartTime ?? [];
  if (typeof scheduleId !== 'string' || !(scheduledAt instanceof Date))
    throw ApplicationFailure.nonRetryable('A cycle is started by a Schedule only.', 'not-scheduled');
  await startScheduled({ scheduleId, scheduledAt: scheduledAt.toISOString() });
}
