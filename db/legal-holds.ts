/** Legal holds (保留): while one lasts, nothing erases the instance. Acts are kept for good; who holds what now stands on the instance. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface LegalHoldAct {
  readonly act: 'place' | 'lift';
  readonly byPerson: string;
  readonly reason: string;
  readonly at: string;
}

export type LegalHoldOutcome = 'done' | 'not-found' | 'on-hold' | 'not-on-hold' | 'command-reused';

/** Places or lifts the hold; the same act again has one effect. What is erased cannot be held any more. */
export async function changeLegalHold(
  db: Database,
  change: Pick<LegalHoldAct, 'act' | 'byPerson' | 'reason'> & { readonly id: string; readonly instanceId: string },
): Promise<LegalHoldOutcome> {
  const { id, instanceId, act, byPerson, reason } = change;
  return db.transaction().execute(async (trx) => {
    // An erasure locks the same row: whoever comes second sees what the first has done.
    const { rows } = await sql<{ erased_at: Date | null; on_hold_since: Date | null }>`
      select erased_at, on_hold_since from instance where id = ${instanceId}::uuid for update`.execute(trx);
    const [instance] = rows;
    if (!instance || instance.erased_at !== null) return 'not-found';
    const former = await trx.selectFrom('legal_hold_act').select(['instance_id', 'act']).where('id', '=', id).executeTakeFirst();
    if (former) return former.instance_id === instanceId && former.act === act ? 'done' : 'command-reused';
    const isOnHold = instance.on_hold_since !== null;
    if (act === 'place' && isOnHold) return 'on-hold';
    if (act === 'lift' && !isOnHold) return 'not-on-hold';
    await sql`update instance set on_hold_since = case when ${act === 'place'}::boolean then clock_timestamp() end where id = ${instanceId}::uuid`.execute(
      trx,
    );
    await trx.insertInto('legal_hold_act').values({ id, instance_id: instanceId, act, by_person: byPerson, reason }).execute();
    return 'done';
  });
}

/** The last first. */
export async function readLegalHoldActs(db: Database, instanceId: string): Promise<readonly LegalHoldAct[]> {
  const rows = await db
    .selectFrom('legal_hold_act')
    .select(['act', 'by_person', 'reason', 'at'])
    .where('instance_id', '=', instanceId)
    .orderBy('at', 'desc')
    .execute();
  return rows.map((row) => ({ act: row.act, byPerson: row.by_person, reason: row.reason, at: row.at.toISOString() }));
}
