/** What comes of jobs at random: done, refused by an error of the diagram, failed for good, or failed once and then done. */
import { randomUUID } from 'node:crypto';
import { BpmnError, JobError, type JobHandler } from '#activities/jobs/jobs.ts';
import { ApiError } from '#api/errors.ts';
import type { Random } from '../../load/random.ts';
import type { World } from '../world.ts';

/** In the worker's own process, and by a program elsewhere. */
export const JOB_TYPES = { inside: 'work', remote: 'work-elsewhere' } as const;

const WORKER = 'p-lis-interface';
const OPERATOR = 'p-kang-ning';
const JOBS_AT_ONCE = 10;
const POLL_MS = 500;

type Fate = 'done' | 'error' | 'failed' | 'failed once';

const fateOf = (random: Random): Fate => random.pick<Fate>(['done', 'done', 'error', 'failed', 'failed once']) ?? 'done';

export function randomHandler(random: Random): JobHandler {
  const failedOnce = new Set<string>();
  return async ({ instanceId, effectId }) => {
    const id = `${instanceId} ${effectId}`;
    const fate = failedOnce.has(id) ? 'done' : fateOf(random);
    if (fate === 'error') throw new BpmnError('FAULT');
    if (fate === 'failed') throw new JobError('It cannot be done.', { isFinal: true });
    if (fate === 'failed once') {
      failedOnce.add(id);
      throw new JobError('Not now.', { retryAfterMs: 100 });
    }
    return { n: 1 };
  };
}

/** A program elsewhere that takes jobs over the API; returns what stops it. */
export async function aRemoteWorker(world: World, random: Random): Promise<() => Promise<void>> {
  const type = JOB_TYPES.remote;
  await world.call(OPERATOR, 'setWorkerJobTypes', { personId: WORKER, jobTypes: [type] });
  let isStopped = false;
  const working = work();
  return async () => {
    isStopped = true;
    await working;
  };

  async function work(): Promise<void> {
    while (!isStopped) {
      const ask = { type, worker: randomUUID(), maxJobs: JOBS_AT_ONCE, requestTimeout: POLL_MS };
      const { jobs } = await world.call(WORKER, 'activateJobs', ask);
      for (const { key } of jobs) await answer(key).catch(passWhenEnded);
    }
  }

  async function answer(key: string): Promise<void> {
    const fate = fateOf(random);
    if (fate === 'error') await world.call(WORKER, 'throwJobError', { key, errorCode: 'FAULT' });
    else if (fate === 'failed') await world.call(WORKER, 'failJob', { key, message: 'It cannot be done.', retries: 0 });
    else if (fate === 'failed once') await world.call(WORKER, 'failJob', { key, message: 'Not now.', retryBackoff: 'PT0.1S' });
    else await world.call(WORKER, 'completeJob', { key, variables: { n: 1 } });
  }
}

/** Its instance came to its end while the job was out. */
function passWhenEnded(error: unknown): void {
  if (!(error instanceof ApiError) || error.view.code !== 'instance-ended') throw error;
}
