import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Erases what an instance says (P25): its key and those of its files, so that journal, state, submissions and payloads are ciphertext
 * for ever; the contents of its files; drafts of its tasks, which are under their writers' keys; and the one personal column of the lists.
 * The chain still verifies. Only a sealed instance: its workflow is closed.
 */
export async function eraseInstance(
  db: Database,
  erasure: { readonly instanceId: string; readonly byPerson: string; readonly reason: string },
): Promise<'erased' | 'not-found' | 'not-sealed'> {
  const { instanceId, byPerson, reason } = erasure;
  return db.transaction().execute(async (trx) => {
    const instance = await trx.selectFrom('instance').select('sealed_at').where('id', '=', instanceId).forUpdate().executeTakeFirst();
    if (!instance) return 'not-found';
    if (!instance.sealed_at) return 'not-sealed';
    await sql`delete from data_key where owner = ${`instance:${instanceId}`} or owner in (select 'file:' || id from file where instance_id = ${instanceId}::uuid)`.execute(
      trx,
    );
    await sql`delete from file_chunk where file_id in (select id from file where instance_id = ${instanceId}::uuid)`.execute(trx);
    await trx.deleteFrom('draft').where('instance_id', '=', instanceId).execute();
    // What it threw and nobody took goes with its key; what is left is that it was thrown.
    await trx
      .updateTable('message')
      .set({ body: null, consumed_at: sql`coalesce(consumed_at, clock_timestamp())` })
      .where('sender_id', '=', instanceId)
      .execute();
    await trx.updateTable('signal').set({ body: null }).where('sender_id', '=', instanceId).execute();
    await trx.updateTable('instance').set({ patient_masked: null }).where('id', '=', instanceId).execute();
    await trx
      .insertInto('erasure')
      .values({ instance_id: instanceId, by_person: byPerson, reason })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return 'erased';
  });
}

export async function isErased(db: Database, instanceId: string): Promise<boolean> {
  const row = await db.selectFrom('erasure').select('instance_id').where('instance_id', '=', instanceId).executeTakeFirst();
  return row !== undefined;
}
