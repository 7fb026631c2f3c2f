/**
 * One job of an instance, from the wish for it to the report at the door (P14). What runs it is the activity's to know; retries and
 * back-off are Temporal's, told by the diagram. A job that is offered to remote workers needs nothing more here: its result comes as a
 * step like everybody's (docs/decisions/0017-jobs.md).
 */
import { ActivityFailure, CancellationScope, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { httpSeconds, httpVariables, isHttpJob, secretNamesOf } from '#core/bpmn/http-job.ts';
import type { Effect } from '#core/process/effect.ts';
import { readDuration } from '#core/process/time.ts';
import { effectSummary } from './details.ts';
import type { InstanceActivities, JobOutcome } from './messages.ts';

type JobEffect = Extract<Effect, { kind: 'job' }>;
type Reports = Pick<InstanceActivities, 'completeJob' | 'failJob' | 'offerJob'>;

const HANDLER_MS_MAX = 60_000;
/** A worker that is silent for so long is taken for dead, and its job is run by another. */
const HEARTBEAT_MS_MAX = 12_000;
/** Around a call: reading secrets, looking names up, mapping the answer. */
const MARGIN_MS = 15_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MS_MAX = 60_000;

export async function performJob(graph: ProcessGraph, instanceId: string, effect: JobEffect, door: Reports): Promise<void> {
  const { id: effectId, elementId, jobType, retries, headers, notBefore } = effect;
  const element = graph.elements[elementId];
  const { runJob } = proxyActivities<Pick<InstanceActivities, 'runJob'>>({
    startToCloseTimeout: timeLimitMs(effect),
    heartbeatTimeout: HEARTBEAT_MS_MAX,
    summary: effectSummary(graph, effect),
    // A call that is under way comes to its end: its result is reported late (P15), or held while the instance is suspended.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: { ...backoff(headers.retryBackoff), maximumAttempts: Math.max(1, retries) },
  });
  let outcome: JobOutcome;
  try {
    outcome = await runJob({
      instanceId,
      effectId,
      jobType,
      headers,
      retries,
      ...(isHttpJob(jobType)
        ? { variables: httpVariables(element, effect.variables), secrets: secretNamesOf(element) }
        : { variables: effect.variables }),
    });
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await reported(() => door.failJob({ instanceId, effectId, message: error.cause?.message ?? 'unknown' }));
    return;
  }
  if (outcome.kind === 'remote') {
    await door.offerJob({ instanceId, effectId, elementId, jobType, ...(notBefore === undefined ? {} : { notBefore }) });
    return;
  }
  const result = outcome;
  // Apart from the call, so that a door that is away never makes the call happen again.
  await reported(() => door.completeJob({ instanceId, effectId, outcome: result }));
}

/** A report under way is let through: the step that it brings is what ends the wish for it. */
export const reported = (report: () => Promise<void>): Promise<void> => CancellationScope.nonCancellable(report);

/** A header `retryBackoff` waits the same time before each further attempt, as Camunda 8 has it; without it the wait doubles. */
function backoff(header: string | undefined) {
  const ms = header === undefined ? undefined : readDuration(header)?.ms;
  return ms === undefined
    ? { initialInterval: BACKOFF_FIRST_MS, backoffCoefficient: 2, maximumInterval: BACKOFF_MS_MAX }
    : { initialInterval: Math.max(1, ms), backoffCoefficient: 1, maximumInterval: Math.max(1, ms) };
}

function timeLimitMs({ jobType, variables }: JobEffect): number {
  if (!isHttpJob(jobType)) return HANDLER_MS_MAX;
  const { connect, read } = httpSeconds(variables);
  return (connect + read) * 1_000 + MARGIN_MS;
}
