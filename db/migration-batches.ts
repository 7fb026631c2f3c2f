/** Batches of migrations: which instances are to go on in which version, and what became of each. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export type BatchState = 'running' | 'paused' | 'done';

export interface MigrationBatch {
  readonly id: string;
  readonly key: string;
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly graphHash: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly byPerson: string;
  readonly state: BatchState;
  readonly createdAt: string;
  readonly counts: { readonly pending: number; readonly migrated: number; readonly refused: number };
}

export interface MigrationRow {
  readonly instanceId: string;
  readonly number: string;
  readonly state: 'pending' | 'migrated' | 'refused';
  readonly code: string | null;
}

/** With every instance that runs with the version now; how many those are. A batch that was inserted before stays as it is. */
export async function insertBatch(db: Database, batch: Omit<MigrationBatch, 'state' | 'createdAt' | 'counts'>): Promise<void> {
  await sql`
    with batch as (
      insert into migration_batch (id, service_key, from_version, to_version, graph_hash, mapping, reason, by_person, state)
      values (${batch.id}::uuid, ${batch.key}, ${batch.fromVersion}::int, ${batch.toVersion}::int, ${batch.graphHash}, ${JSON.stringify(batch.mapping)}::jsonb,
        ${batch.reason}, ${batch.byPerson}, 'running')
      on conflict (id) do nothing
      returning id
    )
    insert into migration_row (batch_id, instance_id)
    select batch.id, i.id from batch, instance i
    where i.service_key = ${batch.key} and i.definition_version = ${batch.fromVersion}::int and i.ended_at is null`.execute(db);
}

/** Newest first. */
export async function readBatches(
  db: Database,
  query: { readonly key?: string; readonly id?: string; readonly limit: number },
): Promise<readonly MigrationBatch[]> {
  const { rows } = await sql<BatchRow>`
    select b.*, (select count(*) from migration_row r where r.batch_id = b.id and r.state = 'pending') as pending,
      (select count(*) from migration_row r where r.batch_id = b.id and r.state = 'migrated') as migrated,
      (select count(*) from migration_row r where r.batch_id = b.id and r.state = 'refused') as refused
    from migration_batch b
    where (${query.key ?? null}::text is null or b.service_key = ${query.key ?? null}::text)
      and (${query.id ?? null}::uuid is null or b.id = ${query.id ?? null}::uuid)
    order by b.created_at desc limit ${query.limit}::int`.execute(db);
  return rows.map(fromRow);
}

/** Those that were refused first, then those that are done, then those to come. */
export async function readBatchRows(
  db: Database,
  query: { readonly id: string; readonly limit: number },
): Promise<readonly MigrationRow[]> {
  const { rows } = await sql<{ instance_id: string; number: string; state: MigrationRow['state']; code: string | null }>`
    select r.instance_id, i.number, r.state, r.code from migration_row r join instance i on i.id = r.instance_id
    where r.batch_id = ${query.id}::uuid
    order by case r.state when 'refused' then 0 when 'migrated' then 1 else 2 end, i.number limit ${query.limit}::int`.execute(db);
  return rows.map((row) => ({ instanceId: row.instance_id, number: row.number, state: row.state, code: row.code }));
}

/** False when it is done already. */
export async function setBatchState(db: Database, id: string, state: 'running' | 'paused'): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('migration_batch')
    .set({ state })
    .where('id', '=', id)
    .where('state', '<>', 'done')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The oldest batch under way with the next instances of it; a batch without any is done. */
export async function nextOfBatch(
  db: Database,
  limit: number,
): Promise<{ readonly batch: MigrationBatch; readonly instanceIds: readonly string[] } | null> {
  const { rows } = await sql<BatchRow>`
    select b.*, 0 as pending, 0 as migrated, 0 as refused from migration_batch b where b.state = 'running' order by b.created_at limit 1`.execute(
    db,
  );
  const [row] = rows;
  if (!row) return null;
  const pending = await db
    .selectFrom('migration_row')
    .select('instance_id')
    .where('batch_id', '=', row.id)
    .where('state', '=', 'pending')
    .orderBy('instance_id')
    .limit(limit)
    .execute();
  if (pending.length === 0) await db.updateTable('migration_batch').set({ state: 'done' }).where('id', '=', row.id).execute();
  return { batch: fromRow(row), instanceIds: pending.map(({ instance_id }) => instance_id) };
}

export async function finishRow(
  db: Database,
  row: { readonly batchId: string; readonly instanceId: string; readonly state: 'migrated' | 'refused'; readonly code: string | null },
): Promise<void> {
  await sql`update migration_row set state = ${row.state}, code = ${row.code}, at = clock_timestamp()
    where batch_id = ${row.batchId}::uuid and instance_id = ${row.instanceId}::uuid and state = 'pending'`.execute(db);
}

interface BatchRow {
  id: string;
  service_key: string;
  from_version: number;
  to_version: number;
  graph_hash: string;
  mapping: Readonly<Record<string, string>>;
  reason: string;
  by_person: string;
  state: BatchState;
  created_at: Date;
  pending: string | number;
  migrated: string | number;
  refused: string | number;
}

const fromRow = (row: BatchRow): MigrationBatch => ({
  id: row.id,
  key: row.service_key,
  fromVersion: row.from_version,
  toVersion: row.to_version,
  graphHash: row.graph_hash,
  mapping: row.mapping,
  reason: row.reason,
  byPerson: row.by_person,
  state: row.state,
  createdAt: row.created_at.toISOString(),
  counts: { pending: Number(row.pending), migrated: Number(row.migrated), refused: Number(row.refused) },
});
