/** The registry of activities: effects of the world, and the reports that go back through the door. */
import { ApplicationFailure } from '@temporalio/common';
import type { CommandBody } from '#core/process/command.ts';
import { commandIdOf } from '#engine/command-id.ts';
import type { Door } from '#engine/door.ts';
import type { InstanceActivities } from '#workflows/messages.ts';
import type { JobHandlers } from './jobs/jobs.ts';
import { runJobBy } from './jobs/run-job.ts';

export interface ActivityDependencies {
  readonly door: Pick<Door, 'submit'>;
  readonly jobs: JobHandlers;
  /** For types that no handler is here for (`jobs/offer.ts`). */
  readonly offerJob: InstanceActivities['offerJob'];
}

export function createActivities({ door, jobs, offerJob }: ActivityDependencies): InstanceActivities {
  /** The id follows from the cause, so a second run finds the first one's answer. */
  async function report(instanceId: string, name: 'timer' | 'job' | 'workflow', cause: string, body: CommandBody): Promise<void> {
    const result = await door.submit({
      instanceId,
      commandId: commandIdOf(instanceId, body.type, cause),
      actor: { kind: 'system', name },
      asked: body,
      prepare: () => ({ kind: 'ready', body }),
    });
    // Refused: no longer wanted (P15). Not found: erased. Reused: an earlier report of this cause stands, with another outcome.
    // All are answers; the rest is tried again.
    if (result.kind === 'stopped' || result.kind === 'busy') throw ApplicationFailure.retryable(`The door is ${result.kind}.`, result.kind);
  }

  return {
    fireTimer: ({ instanceId, effectId }) => report(instanceId, 'timer', effectId, { type: 'timer.fire', effectId }),
    runJob: runJobBy(jobs),
    offerJob,
    completeJob: ({ instanceId, effectId, outcome }) =>
      report(
        instanceId,
        'job',
        effectId,
        outcome.kind === 'error'
          ? { type: 'job.throwError', effectId, errorCode: outcome.errorCode, variables: outcome.variables }
          : { type: 'job.complete', effectId, variables: outcome.variables },
      ),
    failJob: ({ instanceId, effectId, message }) =>
      report(instanceId, 'job', `${effectId}:failed`, { type: 'job.fail', effectId, message, retriesLeft: 0 }),
    async seal({ instanceId, runIds, lastSeq, lastHash }) {
      await report(instanceId, 'workflow', `seal:${lastSeq}`, { type: 'seal', runIds, lastSeq, lastHash });
    },
  };
}
