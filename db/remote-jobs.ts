/**
 * Jobs that are offered to remote workers. A lease is a time in a row: when it has run out, the next one who asks gets the job, and nothing
 * has to happen in between.
 */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface OfferedJob {
  readonly id: string;
  readonly instanceId: string;
  readonly effectId: string;
  readonly jobType: string;
  readonly elementId: string;
  readonly notBefore: string | null;
}

export async function offerRemoteJob(db: Database, job: OfferedJob): Promise<void> {
  // An offer may come after the step that ended the job: whoever takes it then finds that it is wanted no more.
  await sql`
    insert into remote_job (id, instance_id, effect_id, job_type, element_id, available_at)
    values (${job.id}::uuid, ${job.instanceId}::uuid, ${job.effectId}, ${job.jobType}, ${job.elementId},
      coalesce(${job.notBefore}::timestamptz, clock_timestamp()))
    on conflict (id) do nothing`.execute(db);
}

export interface LeasedJob {
  readonly id: string;
  readonly instanceId: string;
  readonly effectId: string;
  readonly jobType: string;
  readonly elementId: string;
  readonly leaseNo: number;
  readonly leaseUntil: string;
}

/** Takes jobs that are free, oldest first, each for one worker. */
export async function leaseRemoteJobs(
  db: Database,
  ask: {
    readonly jobType: string;
    readonly personId: string;
    readonly worker: string;
    readonly leaseMs: number;
    readonly limit: number;
  },
): Promise<readonly LeasedJob[]> {
  const { rows } = await sql<{
    id: string;
    instance_id: string;
    effect_id: string;
    job_type: string;
    element_id: string;
    lease_no: number;
    lease_until: Date;
  }>`
    -- Materialized: a subquery in the update's own where may be run again and lock more rows than asked for.
    with free as materialized (
      select id from remote_job
      where job_type = ${ask.jobType}::text and ended_at is null and available_at <= clock_timestamp()
        and (lease_until is null or lease_until <= clock_timestamp())
      order by available_at limit ${sql.lit(ask.limit)} for update skip locked
    )
    update remote_job set lease_no = lease_no + 1, lease_by = ${ask.personId}::text, lease_worker = ${ask.worker}::text,
      lease_until = clock_timestamp() + make_interval(secs => ${ask.leaseMs / 1_000}::float8)
    from free where remote_job.id = free.id
    returning remote_job.id, instance_id, effect_id, job_type, element_id, lease_no, lease_until`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    instanceId: row.instance_id,
    effectId: row.effect_id,
    jobType: row.job_type,
    elementId: row.element_id,
    leaseNo: row.lease_no,
    leaseUntil: row.lease_until.toISOString(),
  }));
}

/** Nobody wants it any more, or its instance cannot be read. */
export async function endRemoteJob(db: Database, id: string): Promise<void> {
  await sql`update remote_job set ended_at = clock_timestamp() where id = ${id}::uuid and ended_at is null`.execute(db);
}

/** Gives a lease back before its time. */
export async function releaseRemoteJob(db: Database, lease: { readonly id: string; readonly leaseNo: number }): Promise<void> {
  await sql`update remote_job set lease_until = null where id = ${lease.id}::uuid and lease_no = ${lease.leaseNo}::int`.execute(db);
}

/** Null when the lease is not held any more: it ran out, another has it, or the job has ended. */
export async function extendRemoteJob(
  db: Database,
  lease: { readonly id: string; readonly leaseNo: number; readonly personId: string; readonly leaseMs: number },
): Promise<string | null> {
  const { rows } = await sql<{ lease_until: Date }>`
    update remote_job set lease_until = clock_timestamp() + make_interval(secs => ${lease.leaseMs / 1_000}::float8)
    where id = ${lease.id}::uuid and lease_no = ${lease.leaseNo}::int and lease_by = ${lease.personId}::text and ended_at is null
      and lease_until > clock_timestamp()
    returning lease_until`.execute(db);
  return rows[0]?.lease_until.toISOString() ?? null;
}

export interface RemoteJob {
  readonly id: string;
  readonly instanceId: string;
  readonly effectId: string;
  readonly jobType: string;
  readonly elementId: string;
  /** The last lease, and whether it still runs. */
  readonly leaseNo: number;
  readonly isLeased: boolean;
}

export async function readRemoteJob(db: Database, id: string): Promise<RemoteJob | null> {
  const { rows } = await sql<{
    id: string;
    instance_id: string;
    effect_id: string;
    job_type: string;
    element_id: string;
    lease_no: number;
    is_leased: boolean;
  }>`
    select id, instance_id, effect_id, job_type, element_id, lease_no, ended_at is null and coalesce(lease_until > clock_timestamp(), false) as is_leased
    from remote_job where id = ${id}::uuid`.execute(db);
  const [row] = rows;
  if (!row) return null;
  return {
    id: row.id,
    instanceId: row.instance_id,
    effectId: row.effect_id,
    jobType: row.job_type,
    elementId: row.element_id,
    leaseNo: row.lease_no,
    isLeased: row.is_leased,
  };
}

export async function readJobTypes(db: Database, personId: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('worker_job_type').select('job_type').where('person_id', '=', personId).orderBy('job_type').execute();
  return rows.map(({ job_type }) => job_type);
}

/** What an account may do from now on. */
export async function setJobTypes(db: Database, personId: string, jobTypes: readonly string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('worker_job_type').where('person_id', '=', personId).execute();
    if (jobTypes.length === 0) return;
    await trx
      .insertInto('worker_job_type')
      .values([...new Set(jobTypes)].map((job_type) => ({ person_id: personId, job_type })))
      .execute();
  });
}

/** How many jobs of each type wait, and since when: a type for which nobody comes is seen here. */
export async function readWaitingJobs(
  db: Database,
): Promise<readonly { readonly jobType: string; readonly waiting: number; readonly leased: number; readonly oldest: string }[]> {
  const { rows } = await sql<{ job_type: string; waiting: string; leased: string; oldest: Date }>`
    select job_type, count(*) filter (where lease_until is null or lease_until <= clock_timestamp()) as waiting,
      count(*) filter (where lease_until > clock_timestamp()) as leased, min(offered_at) as oldest
    from remote_job where ended_at is null group by job_type order by job_type`.execute(db);
  return rows.map((row) => ({
    jobType: row.job_type,
    waiting: Number(row.waiting),
    leased: Number(row.leased),
    oldest: row.oldest.toISOString(),
  }));
}
