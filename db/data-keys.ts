import type { Database } from './database.ts';

export async function readDataKey(db: Database, owner: string): Promise<Buffer | null> {
  const row = await db.selectFrom('data_key').select('wrapped').where('owner', '=', owner).executeTakeFirst();
  return row?.wrapped ?? null;
}

/** Does nothing when the owner has a key already. */
export async function insertDataKey(db: Database, owner: string, wrapped: Buffer): Promise<void> {
  await db
    .insertInto('data_key')
    .values({ owner, wrapped })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
