import { canonicalJson } from '#core/journal/canonical.ts';
import type { Database } from './database.ts';

export interface Deployment {
  readonly serviceKey: string;
  readonly version: number;
  readonly graphHash: string;
  readonly bpmnHash: string;
  readonly descriptor: object;
}

/** A new version, unless the newest is the same set already. */
export async function insertDeployment(db: Database, deployment: Omit<Deployment, 'version'>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const newest = await newestDeployment(trx, deployment.serviceKey);
    const isSame =
      newest?.graphHash === deployment.graphHash &&
      newest.bpmnHash === deployment.bpmnHash &&
      canonicalJson(newest.descriptor) === canonicalJson(deployment.descriptor);
    if (newest && isSame) return newest.version;
    const version = (newest?.version ?? 0) + 1;
    await trx
      .insertInto('deployment')
      .values({
        service_key: deployment.serviceKey,
        version,
        graph_hash: deployment.graphHash,
        bpmn_hash: deployment.bpmnHash,
        descriptor: JSON.stringify(deployment.descriptor),
      })
      .execute();
    return version;
  });
}

export async function newestDeployment(db: Database, serviceKey: string): Promise<Deployment | null> {
  const row = await selectDeployments(db).where('service_key', '=', serviceKey).orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function newestDeployments(db: Database): Promise<readonly Deployment[]> {
  const rows = await selectDeployments(db).distinctOn('service_key').orderBy('service_key').orderBy('version', 'desc').execute();
  return rows.map(fromRow);
}

/** The deployment whose graph an instance pinned; of several with the same graph the newest. */
export async function deploymentOfGraph(db: Database, graphHash: string): Promise<Deployment | null> {
  const row = await selectDeployments(db).where('graph_hash', '=', graphHash).orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row ? fromRow(row) : null;
}

const selectDeployments = (db: Database) => db.selectFrom('deployment').selectAll();

const fromRow = (row: { service_key: string; version: number; graph_hash: string; bpmn_hash: string; descriptor: object }): Deployment => ({
  serviceKey: row.service_key,
  version: row.version,
  graphHash: row.graph_hash,
  bpmnHash: row.bpmn_hash,
  descriptor: row.descriptor,
});
