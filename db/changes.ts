/** Histories of who changed what, in tables of one shape that nothing is taken out of. */
import { sql } from 'kysely';
import type { Json } from '#core/json.ts';
import type { Database } from './database.ts';

type History = 'master_data_change' | 'quality_change';

export interface Change<Subject extends string> {
  readonly id: string;
  readonly at: string;
  readonly byPerson: string;
  readonly subject: Subject;
  readonly subjectId: string;
  readonly act: string;
  readonly reason: string | null;
  readonly before: Json;
  readonly after: Json;
}

export async function insertChange(db: Database, history: History, change: Omit<Change<string>, 'id' | 'at'>): Promise<void> {
  await sql`insert into ${sql.table(history)} (by_person, subject, subject_id, act, reason, before, after)
    values (${change.byPerson}, ${change.subject}, ${change.subjectId}, ${change.act}, ${change.reason}, ${JSON.stringify(change.before)}::jsonb,
      ${JSON.stringify(change.after)}::jsonb)`.execute(db);
}

export interface ChangeQuery {
  readonly subject?: string | null;
  readonly subjectId?: string | null;
  /** Newest first, before the change with this id. */
  readonly before: string | null;
  readonly limit: number;
}

export async function selectChanges<Subject extends string>(
  db: Database,
  history: History,
  { subject = null, subjectId = null, before, limit }: ChangeQuery,
): Promise<readonly Change<Subject>[]> {
  const { rows } = await sql<ChangeRow<Subject>>`
    select id::text, at, by_person, subject, subject_id, act, reason, before, after from ${sql.table(history)} change
    where (${subject}::text is null or subject = ${subject}::text) and (${subjectId}::text is null or subject_id = ${subjectId}::text)
      and (${before}::bigint is null or id < ${before}::bigint)
    order by change.id desc limit ${sql.lit(limit)}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    byPerson: row.by_person,
    subject: row.subject,
    subjectId: row.subject_id,
    act: row.act,
    reason: row.reason,
    before: row.before,
    after: row.after,
  }));
}

interface ChangeRow<Subject> {
  id: string;
  at: Date;
  by_person: string;
  subject: Subject;
  subject_id: string;
  act: string;
  reason: string | null;
  before: Json;
  after: Json;
}
