import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Erases what an instance says (P25), and with it what the processes that it called say, since they say the same: keys and those of files, so that
 * journal, state, submissions and payloads are ciphertext for ever; the contents of files; drafts of tasks, which are under their writers'
 * keys; what it threw and nobody took; and the one personal column of the lists. The chains still verify. Only sealed instances of which every
 * step is confirmed: their workflows are closed. One that was called is erased with its caller, which has a copy of its results.
 */
export async function eraseInstance(
  db: Database,
  erasure: { readonly instanceId: string; readonly byPerson: string; readonly reason: string },
): Promise<'erased' | 'not-found' | 'not-sealed' | 'called'> {
  const { instanceId, byPerson, reason } = erasure;
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string; caller_id: string | null; sealed_at: Date | null }>`
      with recursive tree as (
        select id from instance where id = ${instanceId}::uuid
        union all
        select i.id from tree join instance i on i.caller_id = tree.id
      )
      select i.id, i.caller_id, case when not exists (select from relay r where r.instance_id = i.id) then i.sealed_at end as sealed_at
      from instance i where i.id in (select id from tree) order by i.id for update`.execute(trx);
    const root = rows.find(({ id }) => id === instanceId);
    if (!root) return 'not-found';
    if (root.caller_id !== null) return 'called';
    if (rows.some(({ sealed_at }) => sealed_at === null)) return 'not-sealed';
    for (const { id } of rows) await eraseOne(trx, { instanceId: id, byPerson, reason });
    return 'erased';
  });
}

async function eraseOne(
  trx: Database,
  { instanceId, byPerson, reason }: { readonly instanceId: string; readonly byPerson: string; readonly reason: string },
): Promise<void> {
  await sql`delete from data_key where owner = ${`instance:${instanceId}`} or owner in (select 'file:' || id from file where instance_id = ${instanceId}::uuid)`.execute(
    trx,
  );
  await sql`delete from file_chunk where file_id in (select id from file where instance_id = ${instanceId}::uuid)`.execute(trx);
  await trx.deleteFrom('draft').where('instance_id', '=', instanceId).execute();
  await sql`update message set body = null, consumed_at = coalesce(consumed_at, clock_timestamp()) where sender_id = ${instanceId}::uuid`.execute(
    trx,
  );
  await trx.updateTable('signal').set({ body: null }).where('sender_id', '=', instanceId).execute();
  await trx.updateTable('instance').set({ patient_masked: null }).where('id', '=', instanceId).execute();
  await trx
    .insertInto('erasure')
    .values({ instance_id: instanceId, by_person: byPerson, reason })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function isErased(db: Database, instanceId: string): Promise<boolean> {
  const row = await db.selectFrom('erasure').select('instance_id').where('instance_id', '=', instanceId).executeTakeFirst();
  return row !== undefined;
}
