import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface StoredNotice {
  readonly id: string;
  readonly type: string;
  readonly instanceId: string;
  readonly number: string;
  readonly graphHash: string;
  readonly taskId: string | null;
  readonly elementId: string | null;
  readonly at: string;
  readonly readAt: string | null;
}

/** Newest first. */
export async function readNotices(
  db: Database,
  query: { readonly personId: string; readonly before: string | null; readonly limit: number },
): Promise<readonly StoredNotice[]> {
  let select = db
    .selectFrom('notice')
    .innerJoin('instance', 'instance.id', 'notice.instance_id')
    .select([
      'notice.id',
      'notice.type',
      'notice.instance_id',
      'instance.number',
      'instance.graph_hash',
      'notice.task_id',
      'notice.element_id',
      'notice.at',
      'notice.read_at',
    ])
    .where('notice.person_id', '=', query.personId);
  if (query.before !== null) select = select.where('notice.id', '<', query.before);
  const rows = await select.orderBy('notice.id', 'desc').limit(sql.lit(query.limit)).execute();
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    instanceId: row.instance_id,
    number: row.number,
    graphHash: row.graph_hash,
    taskId: row.task_id,
    elementId: row.element_id,
    at: row.at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  }));
}

const UNREAD_CAP = 100;

/** Counted up to 100: more is shown as "99+". */
export async function countUnread(db: Database, personId: string): Promise<number> {
  const { rows } = await sql<{
    unread: string;
  }>`select count(*) as unread from (select 1 from notice where person_id = ${personId} and read_at is null limit ${sql.lit(UNREAD_CAP)}) x`.execute(
    db,
  );
  return Number(rows[0]?.unread ?? 0);
}

/** All of the person's, or those named. */
export async function markNoticesRead(
  db: Database,
  query: { readonly personId: string; readonly ids: readonly string[] | null },
): Promise<void> {
  let update = db
    .updateTable('notice')
    .set({ read_at: sql`clock_timestamp()` })
    .where('person_id', '=', query.personId)
    .where('read_at', 'is', null);
  if (query.ids !== null) update = update.where('id', 'in', query.ids.length > 0 ? [...query.ids] : ['0']);
  await update.execute();
}
