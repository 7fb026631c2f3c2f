/** Open incidents, oldest first. What failed in words is in the instance's encrypted state. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface IncidentFilter {
  readonly serviceKey?: string | undefined;
  readonly elementId?: string | undefined;
  readonly code?: string | undefined;
}

/** Everything after this incident, up to a moment: what is raised while a walk goes on is not part of it. */
export interface IncidentPlace {
  readonly until: string;
  readonly raisedAt: string;
  readonly instanceId: string;
  readonly incidentId: string;
}

export interface StoredIncident {
  readonly instanceId: string;
  readonly incidentId: string;
  readonly serviceKey: string;
  readonly elementId: string;
  readonly code: string;
  readonly raisedAt: string;
  readonly number: string;
  readonly graphHash: string;
}

export async function readIncidents(
  db: Database,
  query: IncidentFilter & { readonly after: IncidentPlace; readonly limit: number },
): Promise<readonly StoredIncident[]> {
  const { rows } = await sql<{
    instance_id: string;
    incident_id: string;
    service_key: string;
    element_id: string;
    code: string;
    raised_at: Date;
    number: string;
    graph_hash: string;
  }>`
    select c.*, i.number, i.graph_hash from incident c join instance i on i.id = c.instance_id
    where ${matching(query)} order by c.raised_at, c.instance_id, c.incident_id limit ${sql.lit(query.limit)}`.execute(db);
  return rows.map((row) => ({
    instanceId: row.instance_id,
    incidentId: row.incident_id,
    serviceKey: row.service_key,
    elementId: row.element_id,
    code: row.code,
    raisedAt: row.raised_at.toISOString(),
    number: row.number,
    graphHash: row.graph_hash,
  }));
}

export async function countIncidents(db: Database, query: IncidentFilter & { readonly after: IncidentPlace }): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from incident c where ${matching(query)}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

const matching = ({ serviceKey, elementId, code, after }: IncidentFilter & { readonly after: IncidentPlace }) => sql`
  (c.raised_at, c.instance_id, c.incident_id) > (${after.raisedAt}::timestamptz, ${after.instanceId}::uuid, ${after.incidentId}::text)
  and c.raised_at <= ${after.until}::timestamptz
  and (${serviceKey ?? null}::text is null or c.service_key = ${serviceKey ?? null}) and (${elementId ?? null}::text is null or c.element_id = ${elementId ?? null})
  and (${code ?? null}::text is null or c.code = ${code ?? null})`;

/** How many of each kind there are. */
export async function groupIncidents(
  db: Database,
): Promise<readonly { readonly serviceKey: string; readonly elementId: string; readonly code: string; readonly count: number }[]> {
  const { rows } = await sql<{ service_key: string; element_id: string; code: string; count: string }>`
    select service_key, element_id, code, count(*) as count from incident group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit 200`.execute(db);
  return rows.map((row) => ({ serviceKey: row.service_key, elementId: row.element_id, code: row.code, count: Number(row.count) }));
}

/** The clock of the database, with which incidents are raised. */
export async function readClock(db: Database): Promise<string> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database answered a select of constants with no row.');
  return row.now.toISOString();
}
