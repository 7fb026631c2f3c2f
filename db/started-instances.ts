/** Instances that one instance started for many organisations: one of a flow for each on an occasion. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface StartedOccasion {
  readonly serviceKey: string;
  readonly occasion: string;
}

/** The organisations for which one was started. */
export async function readStarted(db: Database, { serviceKey, occasion }: StartedOccasion): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('started_instance')
    .select('organisation_id')
    .where('service_key', '=', serviceKey)
    .where('occasion', '=', occasion)
    .execute();
  return new Set(rows.map((row) => row.organisation_id));
}

/** Does nothing where it stands already. */
export async function storeStarted(
  db: Database,
  started: StartedOccasion & { readonly organisationId: string; readonly instanceId: string; readonly starterId: string },
): Promise<void> {
  await db
    .insertInto('started_instance')
    .values({
      service_key: started.serviceKey,
      occasion: started.occasion,
      organisation_id: started.organisationId,
      instance_id: started.instanceId,
      starter_id: started.starterId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Of them, how many Temporal has still to be told of: whoever starts more looks here first. */
export async function countUntold(db: Database, { serviceKey, occasion }: StartedOccasion): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from started_instance s join relay r on r.instance_id = s.instance_id
    where s.service_key = ${serviceKey} and s.occasion = ${occasion} and not r.stopped and r.confirmed_seq < r.last_seq`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
