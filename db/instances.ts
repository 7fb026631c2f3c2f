/** What the pages of one instance read beside its encrypted state. */
import { sql } from 'kysely';
import type { LocalizedText } from '#core/text.ts';
import type { Database } from './database.ts';
import { hasNumber } from './inbox.ts';

export interface StoredTask {
  readonly taskId: string;
  readonly elementId: string;
  readonly phase: string | null;
  readonly state: 'open' | 'done' | 'canceled';
  readonly candidates: readonly string[];
  readonly assignee: string | null;
  readonly claimedAt: string | null;
  readonly priority: number;
  readonly createdAt: string;
  readonly due: string | null;
  readonly overdue: boolean;
  readonly doneBy: string | null;
  readonly doneAt: string | null;
  readonly outcome: string | null;
}

export async function readTasks(db: Database, instanceId: string): Promise<readonly StoredTask[]> {
  const rows = await db.selectFrom('task').selectAll().where('instance_id', '=', instanceId).orderBy('created_at').execute();
  return rows.map((row) => ({
    taskId: row.task_id,
    elementId: row.element_id,
    phase: row.phase,
    state: row.state,
    candidates: row.candidates,
    assignee: row.assignee,
    claimedAt: row.claimed_at?.toISOString() ?? null,
    priority: row.priority,
    createdAt: row.created_at.toISOString(),
    due: row.due?.toISOString() ?? null,
    overdue: row.overdue,
    doneBy: row.done_by,
    doneAt: row.done_at?.toISOString() ?? null,
    outcome: row.outcome,
  }));
}

export interface StoredSubmission {
  readonly id: string;
  readonly seq: number;
  readonly taskId: string | null;
  readonly elementId: string;
  readonly formKey: string;
  readonly formHash: string;
  readonly byPerson: string;
  readonly at: string;
  readonly body: Buffer;
}

export async function readSubmissions(db: Database, instanceId: string): Promise<readonly StoredSubmission[]> {
  const rows = await db.selectFrom('submission').selectAll().where('instance_id', '=', instanceId).orderBy('seq').execute();
  return rows.map((row) => ({
    id: row.id,
    seq: row.seq,
    taskId: row.task_id,
    elementId: row.element_id,
    formKey: row.form_key,
    formHash: row.form_hash,
    byPerson: row.by_person,
    at: row.at.toISOString(),
    body: row.body,
  }));
}

/** As the lists show whose it is. */
export async function readMaskedPatient(db: Database, instanceId: string): Promise<string | null> {
  const row = await db.selectFrom('instance').select('patient_masked').where('id', '=', instanceId).executeTakeFirst();
  return row?.patient_masked ?? null;
}

/** By the number that people use. */
export async function instanceIdOf(db: Database, number: string): Promise<string | null> {
  const row = await db.selectFrom('instance').select('id').where('number', '=', number).executeTakeFirst();
  return row?.id ?? null;
}

/**
 * May a person with these principals know of the instance as one who takes part, or got a copy? `untilSeq`: only of what happened up to
 * that step.
 */
export async function takesPart(
  db: Database,
  query: { readonly instanceId: string; readonly personId: string; readonly principals: readonly string[] },
): Promise<{ readonly isPart: boolean; readonly untilSeq: number | null }> {
  const { rows } = await sql<{ is_part: boolean; is_whole: boolean; until_seq: number | null }>`
    select count(*) > 0 as is_part, coalesce(bool_or(until_seq is null), false) as is_whole, max(until_seq) as until_seq from (
      select until_seq from participant where instance_id = ${query.instanceId}::uuid and principal = any(${query.principals}::text[])
      union all
      select null from copy where instance_id = ${query.instanceId}::uuid and person_id = ${query.personId}
    ) part`.execute(db);
  const [row] = rows;
  return { isPart: row?.is_part ?? false, untilSeq: row?.is_whole ? null : (row?.until_seq ?? null) };
}

/** Of these instances those of which somebody with these principals is told nothing more. */
export async function departedFrom(
  db: Database,
  query: { readonly instanceIds: readonly string[]; readonly personId: string; readonly principals: readonly string[] },
): Promise<ReadonlySet<string>> {
  if (query.instanceIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select p.instance_id as id from participant p
    where p.instance_id = any(${query.instanceIds}::uuid[]) and p.principal = any(${query.principals}::text[])
      and not exists (select from copy c where c.instance_id = p.instance_id and c.person_id = ${query.personId})
    group by p.instance_id having bool_and(p.until_seq is not null)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export interface Confirmation {
  readonly lastSeq: number;
  readonly confirmedSeq: number;
  readonly divergence: { readonly seq: number; readonly journalHash: string; readonly workflowHash: string; readonly at: string } | null;
}

/** How far the workflow has confirmed; an instance without a relay row is sealed and confirmed to its end. */
export async function readConfirmation(db: Database, instanceId: string): Promise<Confirmation> {
  const { rows } = await sql<{
    last_seq: number;
    confirmed_seq: number | null;
    relayed_seq: number | null;
    divergence: Confirmation['divergence'];
  }>`
    select i.last_seq, r.confirmed_seq, r.last_seq as relayed_seq, i.divergence
    from instance i left join relay r on r.instance_id = i.id where i.id = ${instanceId}::uuid`.execute(db);
  const row = rows[0];
  if (!row) throw new Error(`Instance ${instanceId} vanished.`);
  // Annex entries after the last relayed step need no confirmation (P9).
  const isComplete = row.confirmed_seq === null || row.confirmed_seq === row.relayed_seq;
  return { lastSeq: row.last_seq, confirmedSeq: isComplete ? row.last_seq : (row.confirmed_seq ?? 0), divergence: row.divergence };
}

/** Reading is recorded too (requirements.md 8.11). */
export async function recordAccess(
  db: Database,
  access: { readonly personId: string; readonly instanceId: string; readonly operation: string },
): Promise<void> {
  await db
    .insertInto('access')
    .values({ person_id: access.personId, instance_id: access.instanceId, operation: access.operation })
    .execute();
}

/** A copy counts as read once its instance was opened. */
export async function markCopyRead(db: Database, copy: { readonly personId: string; readonly instanceId: string }): Promise<void> {
  await sql`update copy set read_at = clock_timestamp() where person_id = ${copy.personId} and instance_id = ${copy.instanceId}::uuid and read_at is null`.execute(
    db,
  );
}

export interface ListedInstance {
  readonly id: string;
  readonly number: string;
  readonly graphHash: string;
  readonly title: LocalizedText;
  readonly status: string;
  readonly isSealed: boolean;
  readonly organisationId: string;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly lastSeq: number;
  readonly confirmedSeq: number;
}

/** Newest first, for auditors: all, or those of some organisations. `after` is the id of the last row seen. */
export async function listInstances(
  db: Database,
  query: {
    readonly organisations: 'all' | readonly string[];
    readonly number: string | null;
    readonly status: string | null;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<readonly ListedInstance[]> {
  const { rows } = await sql<{
    id: string;
    number: string;
    graph_hash: string;
    title: LocalizedText;
    status: string;
    sealed_at: Date | null;
    organisation_id: string;
    created_at: Date;
    ended_at: Date | null;
    last_seq: number;
    confirmed_seq: number | null;
    relayed_seq: number | null;
  }>`
    select i.id, i.number, i.graph_hash, i.title, i.status, i.sealed_at, i.organisation_id, i.created_at, i.ended_at, i.last_seq, r.confirmed_seq, r.last_seq as relayed_seq
    from instance i left join relay r on r.instance_id = i.id
    where true
      ${query.organisations === 'all' ? sql`` : sql`and i.organisation_id = any(${query.organisations}::text[])`}
      ${query.number === null ? sql`` : sql`and ${hasNumber(query.number)}`}
      ${query.status === null ? sql`` : sql`and i.status = ${query.status}`}
      ${query.after === null ? sql`` : sql`and (i.created_at, i.id) < (select a.created_at, a.id from instance a where a.id = ${query.after}::uuid)`}
    order by i.created_at desc, i.id desc limit ${sql.lit(query.limit)}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    graphHash: row.graph_hash,
    title: row.title,
    status: row.status,
    isSealed: row.sealed_at !== null,
    organisationId: row.organisation_id,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    lastSeq: row.last_seq,
    confirmedSeq: row.confirmed_seq === null || row.confirmed_seq === row.relayed_seq ? row.last_seq : row.confirmed_seq,
  }));
}
