/** What operators look after: instances whose workflow is behind, stopped, not sealed or not archived yet, and incidents. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export const PROBLEMS = ['unconfirmed', 'stopped', 'seal-pending', 'incident', 'not-archived'] as const;
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
} as const satisfies Record<Problem, unknown>;

const SINCE = {
  unconfirmed: sql`coalesce(r.unconfirmed_since, i.last_at)`,
  stopped: sql`i.last_at`,
  'seal-pending': sql`i.ended_at`,
  incident: sql`i.last_at`,
  'not-archived': sql`i.sealed_at`,
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
  };
}

/** Is a worker alive, and when was one last? */
export async function readWorkers(db: Database): Promise<{ readonly alive: number }> {
  const { rows } = await sql<{
    alive: string;
  }>`select count(*) as alive from worker where seen_at > clock_timestamp() - interval '30 seconds'`.execute(db);
  return { alive: Number(rows[0]?.alive ?? 0) };
}
