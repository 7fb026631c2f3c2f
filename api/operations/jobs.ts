/**
 * Jobs for remote workers (`docs/guides/jobs.md`): take some, tell what came of each. Everything that changes an instance is a command
 * through the door. An account does the types of job that an operator gave it, and sees variables only of the jobs that it holds.
 */
import { z } from 'zod';
import type { Json, JsonObject } from '#core/json.ts';
import type { Actor, CommandBody } from '#core/process/command.ts';
import type { ProcessState } from '#core/process/state.ts';
import { readDuration } from '#core/process/time.ts';
import { recordAccess } from '#db/instances.ts';
import { readStanding } from '#db/people.ts';
import {
  endRemoteJob,
  extendRemoteJob,
  type LeasedJob,
  leaseRemoteJobs,
  type RemoteJob,
  readJobTypes,
  readRemoteJob,
  readWaitingJobs,
  setJobTypes,
} from '#db/remote-jobs.ts';
import { readInstance } from '#db/stored-instance.ts';
import { openJson } from '#engine/cipher.ts';
import { commandIdOf } from '#engine/command-id.ts';
import type { Prepared } from '#engine/door.ts';
import { ApiError, errorOf, notFound, refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import type { ActivatedJob, JobAnswer, JobTypesView, WaitingJobsView } from '../views/jobs.ts';

const JOBS_MAX = 100;
const LEASE_MS_MIN = 1_000;
const LEASE_MS_MAX = 24 * 3_600_000;
const LONG_POLL_MS_MAX = 60_000;
const RETRIES_MAX = 100;

/** What a worker polls at most often while it waits: a job is there at the latest so much after it was offered. */
const LOOK_MS_FIRST = 50;
const LOOK_MS_MAX = 1_000;

const jobType = z.string().min(1).max(200);
/** The job and the lease under which it was given: `<uuid>.<number>`. */
const key = z.string().regex(/^[0-9a-f-]{36}\.\d{1,9}$/);
const leaseMs = z.int().min(LEASE_MS_MIN).max(LEASE_MS_MAX);
/** Read from JSON, so it is nothing else. */
const variables = z.record(z.string().min(1).max(200), z.unknown());
const jsonOf = (given: Readonly<Record<string, unknown>>): JsonObject => given as JsonObject;

export const activateJobs = defineOperation({
  name: 'activateJobs',
  method: 'post',
  path: '/jobs/activate',
  summary: 'Take jobs of a type for a time; waits for one to come',
  input: z.object({
    type: jobType,
    worker: z.string().min(1).max(200),
    maxJobs: z.int().min(1).max(JOBS_MAX).default(1),
    timeout: leaseMs.default(300_000),
    requestTimeout: z.int().min(0).max(LONG_POLL_MS_MAX).default(0),
    fetchVariables: z.array(z.string().min(1).max(200)).max(200).optional(),
  }),
  right: 'job.work',
  async run(context, ask): Promise<{ readonly jobs: readonly ActivatedJob[] }> {
    await requireType(context, ask.type);
    const until = Date.now() + ask.requestTimeout;
    for (let pauseMs = LOOK_MS_FIRST; ; pauseMs = Math.min(pauseMs * 2, LOOK_MS_MAX)) {
      const leased = await leaseRemoteJobs(context.runtime.db, {
        jobType: ask.type,
        personId: context.standing.person.id,
        worker: ask.worker,
        leaseMs: ask.timeout,
        limit: ask.maxJobs,
      });
      const jobs = (await Promise.all(leased.map((job) => activated(context, job, ask.fetchVariables)))).flatMap((job) => job ?? []);
      const leftMs = until - Date.now();
      // A client that is gone must not be given a job, which would then wait for its lease to run out.
      if (jobs.length > 0 || leftMs <= 0 || context.signal?.aborted) return { jobs };
      await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, leftMs)));
      if (context.signal?.aborted) return { jobs };
    }
  },
});

/** What the worker is shown; null where nobody wants the job any more. */
async function activated(context: Context, job: LeasedJob, names: readonly string[] | undefined): Promise<ActivatedJob | null> {
  const { db, keys } = context.runtime;
  const instance = await readInstance(db, job.instanceId);
  // Stopped: it is offered again when the lease has run out, and then perhaps wanted.
  if (instance?.isDiverged) return null;
  const dataKey = instance && (await keys.find(`instance:${job.instanceId}`, instance.wrappedKey));
  const state = dataKey ? openJson<ProcessState>(dataKey, 'journal', instance.state) : null;
  const wanted = state?.jobs[job.effectId];
  if (!instance || !wanted) {
    await endRemoteJob(db, job.id);
    return null;
  }
  await recordAccess(db, { personId: context.standing.person.id, instanceId: job.instanceId, operation: 'activateJobs' });
  return {
    key: `${job.id}.${job.leaseNo}`,
    type: job.jobType,
    instanceId: job.instanceId,
    serviceKey: instance.serviceKey,
    elementId: job.elementId,
    retries: wanted.retries,
    deadline: job.leaseUntil,
    headers: wanted.headers,
    variables: names ? only(wanted.variables, names) : wanted.variables,
  };
}

const only = (values: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((name): [string, Json][] => (name in values ? [[name, values[name] ?? null]] : [])));

export const completeJob = defineOperation({
  name: 'completeJob',
  method: 'post',
  path: '/jobs/:key/complete',
  summary: 'The job is done, with these variables as its result',
  input: z.object({ key, variables: variables.default({}) }),
  right: 'job.work',
  run: async (context, { key: given, variables: result }) =>
    report(context, await jobOf(context, given), { type: 'job.complete', variables: jsonOf(result) }),
});

export const throwJobError = defineOperation({
  name: 'throwJobError',
  method: 'post',
  path: '/jobs/:key/error',
  summary: 'The job came to an answer that the diagram catches as a BPMN error',
  input: z.object({
    key,
    errorCode: z.string().min(1).max(200),
    message: z.string().max(2_000).optional(),
    variables: variables.default({}),
  }),
  right: 'job.work',
  run: async (context, { key: given, errorCode, message, variables: result }) =>
    report(context, await jobOf(context, given), {
      type: 'job.throwError',
      errorCode,
      variables: jsonOf(message === undefined ? result : { errorMessage: message, ...result }),
    }),
});

export const failJob = defineOperation({
  name: 'failJob',
  method: 'post',
  path: '/jobs/:key/fail',
  summary: 'The job failed: it is tried again as often as is left, and then an incident',
  input: z.object({
    key,
    message: z.string().trim().min(1).max(1_000),
    /** Absent: one less than it was given with. */
    retries: z.int().min(0).max(RETRIES_MAX).optional(),
    /** ISO 8601 or milliseconds; absent: what the diagram says (`retryBackoff`). */
    retryBackoff: z.union([z.int().min(0).max(LEASE_MS_MAX), z.string().refine((text) => isFixed(text))]).optional(),
  }),
  right: 'job.work',
  async run(context, { key: given, ...failure }) {
    const held = await jobOf(context, given);
    // A worker whose lease is over must not fail the work of the next one.
    if (!held.isCurrent) throw leaseLost();
    return report(context, held, { type: 'job.fail', ...failure });
  },
});

export const extendJob = defineOperation({
  name: 'extendJob',
  method: 'post',
  path: '/jobs/:key/extend',
  summary: 'Keep the job for longer, from now on',
  input: z.object({ key, timeout: leaseMs }),
  right: 'job.work',
  async run(context, { key: given, timeout }): Promise<{ readonly deadline: string }> {
    const { job, leaseNo } = await jobOf(context, given);
    const personId = context.standing.person.id;
    const deadline = await extendRemoteJob(context.runtime.db, { id: job.id, leaseNo, personId, leaseMs: timeout });
    if (deadline === null) throw leaseLost();
    return { deadline };
  },
});

export const waitingJobs = defineOperation({
  name: 'waitingJobs',
  method: 'get',
  path: '/operations/jobs',
  summary: 'Jobs that are offered to remote workers, by type: how many wait, and since when',
  input: z.object({}),
  right: 'instance.operate',
  run: async (context): Promise<WaitingJobsView> => ({ types: await readWaitingJobs(context.runtime.db) }),
});

export const setWorkerJobTypes = defineOperation({
  name: 'setWorkerJobTypes',
  method: 'put',
  path: '/operations/workers/:personId/job-types',
  summary: 'Which types of job an account may take',
  input: z.object({ personId: z.string().max(100), jobTypes: z.array(jobType).max(100) }),
  right: 'instance.operate',
  async run(context, { personId, jobTypes }): Promise<JobTypesView> {
    const { db } = context.runtime;
    const standing = await readStanding(db, { personId, sessionId: null });
    if (!standing?.roles.some(({ role }) => role === 'job-worker')) throw refused({ code: 'not-a-worker' });
    await setJobTypes(db, personId, jobTypes);
    return { personId, jobTypes: await readJobTypes(db, personId) };
  },
});

const isFixed = (text: string): boolean => {
  const duration = readDuration(text);
  return duration !== null && duration.months === 0 && duration.ms >= 0 && duration.ms <= LEASE_MS_MAX;
};

const leaseLost = (): ApiError => new ApiError(409, { code: 'lease-lost' });

async function requireType(context: Context, type: string): Promise<void> {
  const types = await readJobTypes(context.runtime.db, context.standing.person.id);
  if (!types.includes(type)) throw refused({ code: 'job-type-not-given', data: { type } });
}

interface Held {
  readonly job: RemoteJob;
  readonly leaseNo: number;
  readonly isCurrent: boolean;
}

/** The job of a key, for an account that may do its type; to everybody else there is none. */
async function jobOf(context: Context, given: string): Promise<Held> {
  const [id = '', lease = ''] = given.split('.');
  const leaseNo = Number(lease);
  const job = z.uuid().safeParse(id).success ? await readRemoteJob(context.runtime.db, id) : null;
  if (!job || leaseNo < 1 || leaseNo > job.leaseNo) throw notFound();
  const types = await readJobTypes(context.runtime.db, context.standing.person.id);
  if (!types.includes(job.jobType)) throw notFound();
  return { job, leaseNo, isCurrent: job.isLeased && leaseNo === job.leaseNo };
}

type Report =
  | { readonly type: 'job.complete'; readonly variables: JsonObject }
  | { readonly type: 'job.throwError'; readonly errorCode: string; readonly variables: JsonObject }
  | {
      readonly type: 'job.fail';
      readonly message: string;
      readonly retries?: number | undefined;
      readonly retryBackoff?: number | string | undefined;
    };

/**
 * Through the door, once for each lease: sent twice it has one effect and one answer, and the result of an earlier lease is a command of
 * its own, which core takes if the job is still open and journals as late if it is not (P15).
 */
async function report(context: Context, { job, leaseNo }: Held, said: Report): Promise<JobAnswer> {
  const { effectId, instanceId } = job;
  const actor: Actor = { kind: 'system', name: 'job', workerId: context.standing.person.id };
  let isLate = false;
  const result = await context.runtime.door.submit({
    instanceId,
    commandId: commandIdOf(instanceId, said.type, effectId, leaseNo),
    actor,
    asked: said,
    prepare: ({ state }): Prepared => {
      isLate = !(effectId in state.jobs);
      return { kind: 'ready', body: bodyOf(said, effectId, state) };
    },
  });
  if (result.kind !== 'accepted') throw errorOf(result);
  return { instanceId, seq: result.seq, outcome: result.isRepeated ? 'repeated' : isLate ? 'late' : 'taken' };
}

function bodyOf(said: Report, effectId: string, state: ProcessState): CommandBody {
  if (said.type !== 'job.fail') return { ...said, effectId };
  const wanted = state.jobs[effectId];
  const backoff = said.retryBackoff ?? wanted?.headers.retryBackoff ?? 0;
  const retryBackoffMs = typeof backoff === 'number' ? backoff : (readDuration(backoff)?.ms ?? 0);
  const retriesLeft = said.retries ?? Math.max(0, (wanted?.retries ?? 1) - 1);
  return { type: 'job.fail', effectId, message: said.message, retriesLeft, ...(retryBackoffMs > 0 ? { retryBackoffMs } : {}) };
}
