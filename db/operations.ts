/** What operators look after: instances whose workflow is behind, stopped, not sealed or not archived yet, and incidents. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { hasNumber } from './inbox.ts';

export const PROBLEMS = ['unconfirmed', 'stopped', 'seal-pending', 'incident', 'not-archived', 'suspended'] as const;
export type Problem = (typeof PROBLEMS)[number];

export interface ProblemRow {
  readonly instanceId: string;
  readonly number: string;
  readonly graphHash: string;
  readonly problem: Problem;
  readonly since: string;
  readonly lastSeq: number;
  readonly confirmedSeq: number;
  readonly detail: string | null;
  readonly attempts: number;
}

/** A step is a problem only when it stays unconfirmed: a healthy relay takes well under a second. */
const UNCONFIRMED_AFTER_SECONDS = 45;
const SEAL_AFTER_SECONDS = 15;
/** The archiver takes seconds; Temporal's retention weeks. */
const ARCHIVE_AFTER_SECONDS = 600;

const CONDITIONS = {
  unconfirmed: sql`r.confirmed_seq < r.last_seq and not r.stopped and r.unconfirmed_since < clock_timestamp() - make_interval(secs => ${UNCONFIRMED_AFTER_SECONDS})`,
  stopped: sql`(r.stopped or i.divergence is not null)`,
  'seal-pending': sql`i.ended_at < clock_timestamp() - make_interval(secs => ${SEAL_AFTER_SECONDS}) and i.sealed_at is null`,
  incident: sql`i.incidents > 0`,
  'not-archived': sql`i.archived_at is null and i.sealed_at < clock_timestamp() - make_interval(secs => ${ARCHIVE_AFTER_SECONDS})`,
  suspended: sql`i.suspended_at is not null`,
} as const satisfies Record<Problem, unknown>;

const SINCE = {
  unconfirmed: sql`coalesce(r.unconfirmed_since, i.last_at)`,
  stopped: sql`i.last_at`,
  'seal-pending': sql`i.ended_at`,
  incident: sql`i.last_at`,
  'not-archived': sql`i.sealed_at`,
  suspended: sql`i.suspended_at`,
} as const satisfies Record<Problem, unknown>;

export async function readProblems(
  db: Database,
  query: { readonly problem: Problem; readonly limit: number },
): Promise<readonly ProblemRow[]> {
  const { rows } = await sql<{
    id: string;
    number: string;
    graph_hash: string;
    since: Date;
    last_seq: number;
    confirmed_seq: number | null;
    detail: string | null;
    attempts: number | null;
  }>`
    select i.id, i.number, i.graph_hash, ${SINCE[query.problem]} as since, i.last_seq, r.confirmed_seq,
      coalesce(i.divergence::text, r.last_error, i.archive_error) as detail, r.attempts
    from instance i left join relay r on r.instance_id = i.id
    where ${CONDITIONS[query.problem]} order by since limit ${sql.lit(query.limit)}`.execute(db);
  return rows.map((row) => ({
    instanceId: row.id,
    number: row.number,
    graphHash: row.graph_hash,
    problem: query.problem,
    since: row.since.toISOString(),
    lastSeq: row.last_seq,
    confirmedSeq: row.confirmed_seq ?? row.last_seq,
    detail: row.detail,
    attempts: row.attempts ?? 0,
  }));
}

export async function countProblems(db: Database): Promise<Readonly<Record<Problem, number>>> {
  const { rows } = await sql<Record<Problem, string>>`
    select ${sql.join(
      PROBLEMS.map(
        (problem) =>
          sql`(select count(*) from instance i left join relay r on r.instance_id = i.id where ${CONDITIONS[problem]}) as ${sql.id(problem)}`,
      ),
    )}`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('A select of counts answered no row.');
  return {
    unconfirmed: Number(row.unconfirmed),
    stopped: Number(row.stopped),
    'seal-pending': Number(row['seal-pending']),
    incident: Number(row.incident),
    'not-archived': Number(row['not-archived']),
    suspended: Number(row.suspended),
  };
}

/** Is a worker alive, and when was one last? */
export async function readWorkers(db: Database): Promise<{ readonly alive: number }> {
  const { rows } = await sql<{
    alive: string;
  }>`select count(*) as alive from worker where seen_at > clock_timestamp() - interval '30 seconds'`.execute(db);
  return { alive: Number(rows[0]?.alive ?? 0) };
}

export interface OperatedRow {
  readonly instanceId: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly graphHash: string;
  readonly version: number | null;
  readonly status: string;
  readonly isSealed: boolean;
  readonly isStopped: boolean;
  readonly suspendedAt: string | null;
  readonly incidents: number;
  readonly createdAt: string;
}

/** Instances as an operator looks for them, newest first. `after` is the id of the last row seen. */
export async function findOperated(
  db: Database,
  query: {
    readonly number: string | null;
    readonly key: string | null;
    readonly version: number | null;
    readonly isSuspended: boolean;
    readonly isRunning: boolean;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<readonly OperatedRow[]> {
  const { rows } = await sql<{
    id: string;
    number: string;
    service_key: string;
    graph_hash: string;
    definition_version: number | null;
    status: string;
    sealed: boolean;
    stopped: boolean;
    suspended_at: Date | null;
    incidents: number;
    created_at: Date;
  }>`
    select i.id, i.number, i.service_key, i.graph_hash, i.definition_version, i.status, i.sealed_at is not null as sealed,
      i.divergence is not null as stopped, i.suspended_at, i.incidents, i.created_at
    from instance i
    where true
      ${query.number === null ? sql`` : sql`and ${hasNumber(query.number)}`}
      ${query.key === null ? sql`` : sql`and i.service_key = ${query.key}`}
      ${query.version === null ? sql`` : sql`and i.definition_version = ${query.version}`}
      ${query.isSuspended ? sql`and i.suspended_at is not null` : sql``}
      ${query.isRunning ? sql`and i.ended_at is null` : sql``}
      ${query.after === null ? sql`` : sql`and (i.created_at, i.id) < (select a.created_at, a.id from instance a where a.id = ${query.after}::uuid)`}
    order by i.created_at desc, i.id desc limit ${sql.lit(query.limit)}`.execute(db);
  return rows.map((row) => ({
    instanceId: row.id,
    number: row.number,
    serviceKey: row.service_key,
    graphHash: row.graph_hash,
    version: row.definition_version,
    status: row.status,
    isSealed: row.sealed,
    isStopped: row.stopped,
    suspendedAt: row.suspended_at?.toISOString() ?? null,
    incidents: row.incidents,
    createdAt: row.created_at.toISOString(),
  }));
}
