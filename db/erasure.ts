import { sql } from 'kysely';
import type { Database } from './database.ts';

/** An operator with a reason, or the retention that the instance's flow has, in its own words (`P30Y`). */
export type ErasedBy = { readonly person: string; readonly reason: string } | { readonly policy: string };

export type ErasureOutcome = 'erased' | 'not-found' | 'not-sealed' | 'called' | 'on-hold' | 'not-due';

export interface Erasure {
  readonly instanceId: string;
  readonly by: ErasedBy;
  /** Asked once nothing about the instance can change any more. */
  readonly isDue?: (trx: Database) => Promise<boolean>;
}

/**
 * Erases what an instance says (P25), and with it what the processes that it called say, since they say the same: keys and those of files, so that
 * journal, state, submissions and payloads are ciphertext for ever; the contents of files; drafts of tasks, which are under their writers'
 * keys; what it threw and nobody took; and the one personal column of the lists. The chains still verify. Only sealed instances of which every
 * step is confirmed: their workflows are closed. One that was called is erased with its caller, which has a copy of its results. While any of
 * them is on legal hold, none is.
 */
export async function eraseInstance(db: Database, { instanceId, by, isDue }: Erasure): Promise<ErasureOutcome> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{
      id: string;
      caller_id: string | null;
      sealed_at: Date | null;
      erased_at: Date | null;
      on_hold_since: Date | null;
    }>`
      with recursive tree as (
        select id from instance where id = ${instanceId}::uuid
        union all
        select i.id from tree join instance i on i.caller_id = tree.id
      )
      select i.id, i.caller_id, case when not exists (select from relay r where r.instance_id = i.id) then i.sealed_at end as sealed_at,
        i.erased_at, i.on_hold_since
      from instance i where i.id in (select id from tree) order by i.id for update`.execute(trx);
    const root = rows.find(({ id }) => id === instanceId);
    if (!root) return 'not-found';
    if (root.caller_id !== null) return 'called';
    if (rows.some(({ sealed_at }) => sealed_at === null)) return 'not-sealed';
    if (rows.some(({ on_hold_since }) => on_hold_since !== null)) return 'on-hold';
    // Another was first: it is as somebody wanted it.
    if (root.erased_at !== null) return 'erased';
    if (isDue && !(await isDue(trx))) return 'not-due';
    for (const { id } of rows) await eraseOne(trx, id, by);
    return 'erased';
  });
}

async function eraseOne(trx: Database, instanceId: string, by: ErasedBy): Promise<void> {
  await sql`delete from data_key where owner = ${`instance:${instanceId}`} or owner in (select 'file:' || id from file where instance_id = ${instanceId}::uuid)`.execute(
    trx,
  );
  await sql`delete from file_chunk where file_id in (select id from file where instance_id = ${instanceId}::uuid)`.execute(trx);
  await trx.deleteFrom('draft').where('instance_id', '=', instanceId).execute();
  await sql`update message set body = null, consumed_at = coalesce(consumed_at, clock_timestamp()) where sender_id = ${instanceId}::uuid`.execute(
    trx,
  );
  await trx.updateTable('signal').set({ body: null }).where('sender_id', '=', instanceId).execute();
  await sql`update instance set patient_masked = null, erased_at = clock_timestamp() where id = ${instanceId}::uuid`.execute(trx);
  await trx
    .insertInto('erasure')
    .values({
      instance_id: instanceId,
      ...('policy' in by
        ? { by_person: null, reason: null, policy: by.policy }
        : { by_person: by.person, reason: by.reason, policy: null }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function isErased(db: Database, instanceId: string): Promise<boolean> {
  const row = await db.selectFrom('erasure').select('instance_id').where('instance_id', '=', instanceId).executeTakeFirst();
  return row !== undefined;
}

export interface PolicyErasure {
  readonly instanceId: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly policy: string;
  readonly at: string;
}

/** What was erased because its retention was over, the last first; what went with its caller is not told apart. */
export async function readPolicyErasures(
  db: Database,
  query: { readonly days: number; readonly limit: number },
): Promise<readonly PolicyErasure[]> {
  const { rows } = await sql<{ instance_id: string; number: string; service_key: string; policy: string; at: Date }>`
    select e.instance_id, i.number, i.service_key, e.policy, e.at from erasure e join instance i on i.id = e.instance_id
    where e.policy is not null and e.at > clock_timestamp() - make_interval(days => ${query.days}::int) and i.caller_id is null
    order by e.at desc limit ${sql.lit(query.limit)}`.execute(db);
  return rows.map((row) => ({
    instanceId: row.instance_id,
    number: row.number,
    serviceKey: row.service_key,
    policy: row.policy,
    at: row.at.toISOString(),
  }));
}
