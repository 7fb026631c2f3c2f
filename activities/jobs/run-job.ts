/** Runs one job: by the handler of its type in this process, or by offering it to remote workers. */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { bytesUpTo, VALUES_BYTES_MAX } from '#core/process/sizes.ts';
import type { InstanceActivities, JobOutcome } from '#workflows/messages.ts';
import { BpmnError, JobError, type JobHandler, type JobHandlers } from './jobs.ts';

export type RunJobInput = Parameters<InstanceActivities['runJob']>[0];
export type OfferJob = (job: RunJobInput) => Promise<void>;

const MESSAGE_CHARACTERS_MAX = 1_000;

export const runJobBy =
  (jobs: JobHandlers, offer: OfferJob): InstanceActivities['runJob'] =>
  async (job) => {
    const handler = Object.hasOwn(jobs, job.jobType) ? jobs[job.jobType] : undefined;
    if (handler) return runHandler(handler, job);
    await offer(job);
    return { kind: 'offered' };
  };

async function runHandler(
  handler: JobHandler,
  { instanceId, effectId, headers, variables, secrets = {}, retries }: RunJobInput,
): Promise<JobOutcome> {
  try {
    const result = await handler({ instanceId, effectId, headers, variables, secrets });
    const bytes = bytesUpTo(result, VALUES_BYTES_MAX);
    // Here already, so that it never stands in a history.
    if (bytes > VALUES_BYTES_MAX) {
      throw new JobError(`The result has more than ${VALUES_BYTES_MAX} bytes. Let the job give only what the process needs, and retry.`, {
        isFinal: true,
      });
    }
    return { kind: 'completed', variables: result };
  } catch (error) {
    if (error instanceof BpmnError) return { kind: 'error', errorCode: error.code, variables: error.variables };
    throw failureOf(error, retries);
  }
}

/** Says which attempt it was: Temporal shows each, and the last one's words become the incident's. */
function failureOf(error: unknown, retries: number): ApplicationFailure {
  const isFinal = error instanceof JobError && error.isFinal;
  const said = error instanceof Error ? error.message : 'The handler threw what is no error.';
  const message = `Attempt ${activityInfo().attempt} of ${retries}: ${said}`.slice(0, MESSAGE_CHARACTERS_MAX);
  const nextRetryDelay = error instanceof JobError ? error.retryAfterMs : undefined;
  return ApplicationFailure.create({
    message,
    type: error instanceof Error ? error.name : 'unknown',
    nonRetryable: isFinal,
    ...(nextRetryDelay === undefined ? {} : { nextRetryDelay }),
  });
}
