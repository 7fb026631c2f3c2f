/** Versions of flows as instances need them: the one that starts, the one that was pinned. Their life stands in `versions.ts`. */
import type { Database } from './database.ts';

export interface Deployment {
  readonly serviceKey: string;
  readonly version: number;
  readonly graphHash: string;
  readonly bpmnHash: string;
  readonly descriptor: object;
}

/** The version of a flow that starts new instances. */
export async function currentDeployment(db: Database, serviceKey: string): Promise<Deployment | null> {
  const row = await selectDeployments(db).where('service_key', '=', serviceKey).where('is_current', '=', true).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Of every flow the version that starts new instances. */
export async function currentDeployments(db: Database): Promise<readonly Deployment[]> {
  const rows = await selectDeployments(db).where('is_current', '=', true).orderBy('service_key').execute();
  return rows.map(fromRow);
}

/** Keys of the flows that instances can begin of. */
export async function publishedFlows(db: Database): Promise<readonly string[]> {
  const rows = await db.selectFrom('deployment').select('service_key').where('is_current', '=', true).orderBy('service_key').execute();
  return rows.map(({ service_key }) => service_key);
}

/** The version whose graph an instance pinned; of several with the same graph the newest. A draft is nobody's. */
export async function deploymentOfGraph(db: Database, graphHash: string): Promise<Deployment | null> {
  const row = await selectDeployments(db)
    .where('graph_hash', '=', graphHash)
    .where('state', '<>', 'draft')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

const selectDeployments = (db: Database) =>
  db
    .selectFrom('deployment')
    .select(['service_key', 'version', 'graph_hash', 'bpmn_hash', 'descriptor'])
    .where('graph_hash', 'is not', null)
    .$narrowType<{ graph_hash: string }>();

const fromRow = (row: { service_key: string; version: number; graph_hash: string; bpmn_hash: string; descriptor: object }): Deployment => ({
  serviceKey: row.service_key,
  version: row.version,
  graphHash: row.graph_hash,
  bpmnHash: row.bpmn_hash,
  descriptor: row.descriptor,
});
