/** Errands: what a page asks of a worker and looks after until it is done. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface Errand {
  readonly id: string;
  readonly kind: string;
  readonly instanceId: string | null;
  readonly byPerson: string;
  readonly byOrganisation: string;
  readonly reason: string;
  readonly askedAt: string;
  readonly done: number;
  readonly total: number;
  readonly finishedAt: string | null;
  readonly outcome: object | null;
}

export type AskedErrand = Pick<Errand, 'kind' | 'instanceId' | 'byPerson' | 'byOrganisation' | 'reason'>;

/** Does nothing while one of the kind is under way for the instance. */
export async function askErrand(db: Database, asked: AskedErrand): Promise<void> {
  await sql`
    insert into errand (kind, instance_id, by_person, by_organisation, reason)
    values (${asked.kind}::text, ${asked.instanceId}::uuid, ${asked.byPerson}::text, ${asked.byOrganisation}::text, ${asked.reason}::text)
    on conflict (kind, instance_id) where finished_at is null do nothing`.execute(db);
}

/** The newest of a kind, for one instance or for none. */
export async function readNewestErrand(db: Database, kind: string, instanceId: string | null): Promise<Errand | null> {
  const { rows } = await sql<ErrandRow>`
    select * from errand where kind = ${kind}::text and instance_id is not distinct from ${instanceId}::uuid
    order by asked_at desc limit 1`.execute(db);
  return rows[0] ? errandFromRow(rows[0]) : null;
}

/** Takes the errand that waits longest, for `leaseSeconds`; null when there is none. */
export async function takeErrand(db: Database, leaseSeconds: number): Promise<Errand | null> {
  const { rows } = await sql<ErrandRow>`
    with due as materialized (
      select id from errand where finished_at is null and due_at <= clock_timestamp() order by due_at limit 1 for update skip locked
    )
    update errand set due_at = clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8)
    from due where errand.id = due.id returning errand.*`.execute(db);
  return rows[0] ? errandFromRow(rows[0]) : null;
}

/** Also keeps the errand for `leaseSeconds` more. */
export async function tellProgress(
  db: Database,
  progress: { readonly id: string; readonly done: number; readonly total: number; readonly leaseSeconds: number },
): Promise<void> {
  await sql`
    update errand set done = ${progress.done}::int, total = ${progress.total}::int,
      due_at = clock_timestamp() + make_interval(secs => ${progress.leaseSeconds}::float8)
    where id = ${progress.id}::uuid and finished_at is null`.execute(db);
}

export async function finishErrand(db: Database, id: string, outcome: object): Promise<void> {
  await sql`
    update errand set finished_at = clock_timestamp(), done = greatest(done, total), outcome = ${JSON.stringify(outcome)}::jsonb
    where id = ${id}::uuid and finished_at is null`.execute(db);
}

interface ErrandRow {
  id: string;
  kind: string;
  instance_id: string | null;
  by_person: string;
  by_organisation: string;
  reason: string;
  asked_at: Date;
  done: number;
  total: number;
  finished_at: Date | null;
  outcome: object | null;
}

const errandFromRow = (row: ErrandRow): Errand => ({
  id: row.id,
  kind: row.kind,
  instanceId: row.instance_id,
  byPerson: row.by_person,
  byOrganisation: row.by_organisation,
  reason: row.reason,
  askedAt: row.asked_at.toISOString(),
  done: row.done,
  total: row.total,
  finishedAt: row.finished_at?.toISOString() ?? null,
  outcome: row.outcome,
});
