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

/** How many instances Temporal has still to be told of, counted up to `max`: whoever makes more of them looks here first. */
export async function countUnrelayed(db: Database, max: number): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from (
      select 1 from relay where not stopped and confirmed_seq < last_seq and due_at <= clock_timestamp() limit ${max}::int
    ) waiting`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
