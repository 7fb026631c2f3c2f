import { sql } from 'kysely';
import type { Database } from './database.ts';

export type DraftScopeRow = { readonly serviceKey: string } | { readonly instanceId: string; readonly taskId: string };

export interface StoredDraft {
  readonly id: string;
  readonly serviceKey: string | null;
  readonly instanceId: string | null;
  readonly taskId: string | null;
  readonly formHash: string;
  readonly version: number;
  readonly savedAt: string;
  readonly body: Buffer;
}

/**
 * Saves a draft on top of the version it was made from; null when another page or device saved one meanwhile (nothing was written).
 * Version 0 makes a new draft. What lies there may also be one of the saves whose answer never came: then nobody else saved.
 */
export async function saveDraft(
  db: Database,
  draft: {
    readonly id: string;
    readonly personId: string;
    readonly scope: DraftScopeRow;
    readonly formHash: string;
    readonly version: number;
    readonly saveId: string | null;
    readonly unanswered: readonly string[];
    readonly body: Buffer;
  },
): Promise<StoredDraft | null> {
  const serviceKey = 'serviceKey' in draft.scope ? draft.scope.serviceKey : null;
  const instanceId = 'instanceId' in draft.scope ? draft.scope.instanceId : null;
  const taskId = 'taskId' in draft.scope ? draft.scope.taskId : null;
  if (draft.version === 0) {
    const { rows } = await sql<DraftRow>`
      insert into draft (id, person_id, service_key, instance_id, task_id, form_hash, version, saved_at, save_id, body)
      values (${draft.id}::uuid, ${draft.personId}, ${serviceKey}, ${instanceId}::uuid, ${taskId}, ${draft.formHash}, 1, clock_timestamp(),
        ${draft.saveId}::uuid, ${draft.body})
      on conflict do nothing returning *`.execute(db);
    if (rows[0]) return fromRow(rows[0]);
  }
  const { rows } = await sql<DraftRow>`
    update draft set form_hash = ${draft.formHash}, version = version + 1, saved_at = clock_timestamp(), save_id = ${draft.saveId}::uuid,
      body = ${draft.body}
    where id = ${draft.id}::uuid and person_id = ${draft.personId}
      and (version = ${draft.version} or save_id = any(${draft.unanswered}::uuid[]))
    returning *`.execute(db);
  return rows[0] ? fromRow(rows[0]) : null;
}

export async function readDraft(db: Database, query: { readonly id: string; readonly personId: string }): Promise<StoredDraft | null> {
  const row = await db
    .selectFrom('draft')
    .selectAll()
    .where('id', '=', query.id)
    .where('person_id', '=', query.personId)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function readTaskDraft(
  db: Database,
  query: { readonly personId: string; readonly instanceId: string; readonly taskId: string },
): Promise<StoredDraft | null> {
  const row = await db
    .selectFrom('draft')
    .selectAll()
    .where('person_id', '=', query.personId)
    .where('instance_id', '=', query.instanceId)
    .where('task_id', '=', query.taskId)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function listDrafts(
  db: Database,
  query: { readonly personId: string; readonly serviceKey: string | null },
): Promise<readonly StoredDraft[]> {
  let select = db.selectFrom('draft').selectAll().where('person_id', '=', query.personId);
  if (query.serviceKey !== null) select = select.where('service_key', '=', query.serviceKey);
  return (await select.orderBy('saved_at', 'desc').limit(100).execute()).map(fromRow);
}

export async function deleteDraft(db: Database, query: { readonly id: string; readonly personId: string }): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('draft')
    .where('id', '=', query.id)
    .where('person_id', '=', query.personId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

interface DraftRow {
  id: string;
  service_key: string | null;
  instance_id: string | null;
  task_id: string | null;
  form_hash: string;
  version: number;
  saved_at: Date;
  body: Buffer;
}

const fromRow = (row: DraftRow): StoredDraft => ({
  id: row.id,
  serviceKey: row.service_key,
  instanceId: row.instance_id,
  taskId: row.task_id,
  formHash: row.form_hash,
  version: row.version,
  savedAt: row.saved_at.toISOString(),
  body: row.body,
});
