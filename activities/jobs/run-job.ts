/** Runs one job by the handler of its type in this process, where there is one. */
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { InstanceActivities, JobOutcome } from '#workflows/messages.ts';
import { BpmnError, JobError, type JobHandler, type JobHandlers } from './jobs.ts';
import { problemOf } from './result.ts';

type RunJobInput = Parameters<InstanceActivities['runJob']>[0];

const MESSAGE_CHARACTERS_MAX = 1_000;
/** Far below the time after which a job whose worker is silent is run by another (`HEARTBEAT_MS_MAX` in `workflows/job.ts`). */
const HEARTBEAT_EVERY_MS = 3_000;

export const runJobBy =
  (jobs: JobHandlers): InstanceActivities['runJob'] =>
  async (job) => {
    const handler = Object.hasOwn(jobs, job.jobType) ? jobs[job.jobType] : undefined;
    return handler ? runHandler(handler, job) : { kind: 'remote' };
  };

async function runHandler(
  handler: JobHandler,
  { instanceId, effectId, headers, variables, secrets = {}, retries }: RunJobInput,
): Promise<JobOutcome> {
  const beating = setInterval(() => heartbeat(), HEARTBEAT_EVERY_MS);
  try {
    const result = await handler({ instanceId, effectId, headers, variables, secrets });
    const problem = problemOf(result);
    if (problem) throw new JobError(problem, { isFinal: true });
    return { kind: 'completed', variables: result };
  } catch (error) {
    if (!(error instanceof BpmnError)) throw failureOf(error, retries);
    const problem = problemOf(error.variables);
    if (problem) throw failureOf(new JobError(problem, { isFinal: true }), retries);
    return { kind: 'error', errorCode: error.code, variables: error.variables };
  } finally {
    clearInterval(beating);
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
