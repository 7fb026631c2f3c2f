/** Which records are kept no longer: sealed before their flow's day, with all that they called, and nothing that keeps them. */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

export interface FlowRetention {
  readonly key: string;
  /** As the flow says it; null: its records are kept for ever. */
  readonly retention: string | null;
  /** Since when that version is the current one. */
  readonly since: string;
}

/** Of every flow that has a current version: that version says how long. Where none is current, nothing is erased. */
export async function readRetentions(db: Database): Promise<readonly FlowRetention[]> {
  const { rows } = await sql<{ service_key: string; retention: string | null; since: Date }>`
    select d.service_key, d.descriptor ->> 'retention' as retention, max(a.at) as since
    from deployment d join deployment_act a on a.service_key = d.service_key and a.version = d.version and a.act in ('publish', 'make-current')
    where d.is_current group by 1, 2 order by 1`.execute(db);
  return rows.map((row) => ({ key: row.service_key, retention: row.retention, since: row.since.toISOString() }));
}

export async function readZones(db: Database): Promise<readonly string[]> {
  const rows = await db.selectFrom('organisation').select('zone').distinct().execute();
  return rows.map(({ zone }) => zone);
}

/** What a flow's instances of organisations in a zone were sealed before, to be kept no longer. Names of fields are columns. */
export interface Cutoff {
  readonly service_key: string;
  readonly zone: string;
  readonly sealed_before: string;
}

/** Instances that were not called, after an id; with what they called they may be erased. */
export async function findDue(
  db: Database,
  query: { readonly cutoffs: readonly Cutoff[]; readonly after: string | null; readonly limit: number },
): Promise<readonly { readonly instanceId: string; readonly serviceKey: string }[]> {
  const { rows } = await sql<{ id: string; service_key: string }>`
    ${over(query.cutoffs)} and not ${isKept} and ${query.after === null ? sql`true` : sql`i.id > ${query.after}::uuid`}
    order by i.id limit ${sql.lit(query.limit)}`.execute(db);
  return rows.map((row) => ({ instanceId: row.id, serviceKey: row.service_key }));
}

export async function isDue(db: Database, instanceId: string, cutoffs: readonly Cutoff[]): Promise<boolean> {
  const { rows } = await sql`${over(cutoffs)} and not ${isKept} and i.id = ${instanceId}::uuid`.execute(db);
  return rows.length > 0;
}

export interface DueCount {
  readonly key: string;
  readonly due: number;
  /** Over too, and kept because it, or what it called, is on legal hold. */
  readonly onHold: number;
}

export async function countDue(db: Database, cutoffs: readonly Cutoff[]): Promise<readonly DueCount[]> {
  const { rows } = await sql<{ service_key: string; due: string; on_hold: string }>`
    select service_key, count(*) filter (where not is_kept) as due, count(*) filter (where is_on_hold) as on_hold
    from (${over(cutoffs, sql`, ${isKept} as is_kept, ${isOnHold} as is_on_hold`)}) found group by service_key order by service_key`.execute(
    db,
  );
  return rows.map((row) => ({ key: row.service_key, due: Number(row.due), onHold: Number(row.on_hold) }));
}

/** Those whose own term is over, whatever else keeps them: `i`, by the cutoff `c`. */
const over = (cutoffs: readonly Cutoff[], more: RawBuilder<unknown> = sql``) => sql`
  with cutoff as (
    select * from jsonb_to_recordset(${JSON.stringify(cutoffs)}::jsonb) as t(service_key text, zone text, sealed_before timestamptz)
  )
  select i.id, i.service_key${more}
  from cutoff c join organisation o on o.zone = c.zone
    join instance i on i.service_key = c.service_key and i.organisation_id = o.id and i.sealed_at < c.sealed_before
  where i.sealed_at is not null and i.erased_at is null and i.caller_id is null`;

const inTree = (condition: RawBuilder<unknown>) => sql`exists (
  with recursive tree as (
    select i.id
    union all
    select called.id from tree join instance called on called.caller_id = tree.id
  )
  select from tree join instance m on m.id = tree.id join organisation mo on mo.id = m.organisation_id
    left join cutoff own on own.service_key = m.service_key and own.zone = mo.zone
  where ${condition})`;

const isOnHold = inTree(sql`m.on_hold_since is not null`);

/**
 * By anything in the tree: it is not sealed, not all of it is confirmed (P25), it is on hold, or its own term is not over. A called process whose flow
 * says nothing goes by its caller's.
 */
const isKept = inTree(sql`m.sealed_at is null or exists (select from relay r where r.instance_id = m.id) or m.on_hold_since is not null
  or m.sealed_at >= coalesce(own.sealed_before, c.sealed_before)`);

/** How long an instance's flow keeps it, and in which zone its days are counted. */
export async function readRetentionOf(
  db: Database,
  instanceId: string,
): Promise<{ readonly retention: string | null; readonly zone: string } | null> {
  const { rows } = await sql<{ retention: string | null; zone: string }>`
    select d.descriptor ->> 'retention' as retention, o.zone from instance i join organisation o on o.id = i.organisation_id
      left join deployment d on d.service_key = i.service_key and d.is_current
    where i.id = ${instanceId}::uuid`.execute(db);
  return rows[0] ?? null;
}
