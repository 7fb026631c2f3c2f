/** Where running instances stand, by flow, version and element: rows that the door keeps with every step that moves something. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Names of fields are columns: they travel as one JSON parameter. */
export interface WhereaboutsChange {
  /** Every element where the instance stands after the step. */
  readonly here: readonly string[];
  /** It stands no more where it stood. */
  readonly isLeft: boolean;
  readonly changed: readonly {
    readonly element_id: string;
    readonly tokens: number;
    readonly incidents: number;
    /** The element, by its name before the step, since whose time it stands here; null: since this step. */
    readonly since_of: string | null;
  }[];
}

export interface VersionRef {
  readonly key: string;
  readonly version: number;
}

export interface ElementCount {
  readonly elementId: string;
  /** Without those that have an incident here. */
  readonly instances: number;
  readonly incidents: number;
}

/** How many instances stand at each element of a version. */
export async function countWhereabouts(db: Database, { key, version }: VersionRef): Promise<readonly ElementCount[]> {
  const { rows } = await sql<{ element_id: string; instances: string; incidents: string }>`
    select element_id, count(*) filter (where incidents = 0) as instances, count(*) filter (where incidents > 0) as incidents
    from whereabouts where service_key = ${key} and version = ${version} group by element_id order by element_id`.execute(db);
  return rows.map((row) => ({ elementId: row.element_id, instances: Number(row.instances), incidents: Number(row.incidents) }));
}

/** The last row seen. */
export interface WhereaboutsPlace {
  readonly hasIncident: boolean;
  readonly since: string;
  readonly instanceId: string;
}

export interface InstanceAt extends WhereaboutsPlace {
  readonly number: string;
  readonly tokens: number;
  readonly incidents: number;
  readonly suspendedAt: string | null;
}

/** The instances that stand at an element: those with an incident there first, then those that have stood there longest. */
export async function readInstancesAt(
  db: Database,
  query: VersionRef & { readonly elementId: string; readonly after: WhereaboutsPlace | null; readonly limit: number },
): Promise<readonly InstanceAt[]> {
  const { after } = query;
  const { rows } = await sql<{
    instance_id: string;
    number: string;
    tokens: number;
    incidents: number;
    since: Date;
    suspended_at: Date | null;
  }>`
    select w.instance_id, i.number, w.tokens, w.incidents, w.since, i.suspended_at
    from whereabouts w join instance i on i.id = w.instance_id
    where w.service_key = ${query.key} and w.version = ${query.version} and w.element_id = ${query.elementId}
      ${after === null ? sql`` : sql`and (w.incidents = 0, w.since, w.instance_id) > (${!after.hasIncident}::boolean, ${after.since}::timestamptz, ${after.instanceId}::uuid)`}
    order by w.incidents = 0, w.since, w.instance_id limit ${sql.lit(query.limit)}`.execute(db);
  return rows.map((row) => ({
    instanceId: row.instance_id,
    number: row.number,
    tokens: row.tokens,
    incidents: row.incidents,
    hasIncident: row.incidents > 0,
    since: row.since.toISOString(),
    suspendedAt: row.suspended_at?.toISOString() ?? null,
  }));
}

export interface RunningCount {
  readonly key: string;
  /** Null for instances from before versions were numbered. */
  readonly version: number | null;
  readonly running: number;
  readonly incidents: number;
  readonly suspended: number;
}

/** How many instances run with each version, how many of them have incidents, and how many are suspended. */
export async function countRunning(db: Database, query: { readonly key?: string } = {}): Promise<readonly RunningCount[]> {
  const { rows } = await sql<{
    service_key: string;
    definition_version: number | null;
    running: string;
    incidents: string;
    suspended: string;
  }>`
    select service_key, definition_version, count(*) as running, count(*) filter (where incidents > 0) as incidents,
      count(*) filter (where suspended_at is not null) as suspended
    from instance where ended_at is null and (${query.key ?? null}::text is null or service_key = ${query.key ?? null}::text)
    group by 1, 2 order by 1, 2 desc nulls last`.execute(db);
  return rows.map((row) => ({
    key: row.service_key,
    version: row.definition_version,
    running: Number(row.running),
    incidents: Number(row.incidents),
    suspended: Number(row.suspended),
  }));
}

/** Running instances of which nobody has written down yet where they stand, after an id. */
export async function readUnknownWhereabouts(
  db: Database,
  query: { readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from instance where not is_whereabouts_known and ended_at is null
      ${query.after === null ? sql`` : sql`and id > ${query.after}::uuid`}
    order by id limit ${sql.lit(query.limit)}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Writes down where an instance stands after a step; false when another step, or somebody else, was first. */
export async function fillWhereabouts(
  db: Database,
  filling: {
    readonly instanceId: string;
    readonly seq: number;
    readonly rows: readonly { readonly element_id: string; readonly tokens: number; readonly incidents: number; readonly since: string }[];
  },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with filled as (
      update instance set is_whereabouts_known = true
      where id = ${filling.instanceId}::uuid and last_seq = ${filling.seq}::int and not is_whereabouts_known
      returning id, service_key, definition_version
    ), written as (
      insert into whereabouts (instance_id, element_id, service_key, version, tokens, incidents, since)
      select filled.id, t.element_id, filled.service_key, filled.definition_version, t.tokens, t.incidents, t.since
      from filled, jsonb_to_recordset(${JSON.stringify(filling.rows)}::jsonb) as t(element_id text, tokens int, incidents int, since timestamptz)
    )
    select id from filled`.execute(db);
  return rows.length === 1;
}
