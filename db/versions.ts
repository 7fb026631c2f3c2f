/** The life of versions: rows of `deployment` with who did what, and how many instances run with each. */
import { sql } from 'kysely';
import type { Finding } from '#core/bpmn/finding.ts';
import type { VersionAct, VersionState } from '#core/version/life.ts';
import type { Database } from './database.ts';

export interface VersionKey {
  readonly key: string;
  readonly version: number;
}

export interface StoredVersion extends VersionKey {
  readonly state: VersionState;
  readonly isCurrent: boolean;
  readonly setHash: string | null;
  /** Null for a draft that does not compile. */
  readonly graphHash: string | null;
  readonly bpmnHash: string;
  readonly descriptor: object;
  readonly findings: readonly Finding[];
  readonly acts: readonly StoredAct[];
  /** Instances that run with it. */
  readonly running: number;
}

export interface StoredAct {
  readonly act: 'deploy' | VersionAct;
  readonly byPerson: string | null;
  readonly at: string;
  readonly note: string | null;
}

/** Oldest flow first by key, newest version first; one flow, or one version, where asked. */
export async function readVersions(
  db: Database,
  query: { readonly key?: string; readonly version?: number } = {},
): Promise<readonly StoredVersion[]> {
  const { rows } = await sql<VersionRow>`
    select d.*,
      coalesce((select jsonb_agg(jsonb_build_object('act', a.act, 'byPerson', a.by_person, 'at', a.at, 'note', a.note) order by a.id)
        from deployment_act a where a.service_key = d.service_key and a.version = d.version), '[]') as acts,
      (select count(*) from instance i where i.service_key = d.service_key and i.definition_version = d.version and i.ended_at is null) as running
    from deployment d
    where (${query.key ?? null}::text is null or d.service_key = ${query.key ?? null}::text)
      and (${query.version ?? null}::int is null or d.version = ${query.version ?? null}::int)
    order by d.service_key, d.version desc`.execute(db);
  return rows.map((row) => ({
    key: row.service_key,
    version: row.version,
    state: row.state,
    isCurrent: row.is_current,
    setHash: row.set_hash,
    graphHash: row.graph_hash,
    bpmnHash: row.bpmn_hash,
    descriptor: row.descriptor,
    findings: row.findings,
    acts: row.acts.map((act) => ({ ...act, at: new Date(act.at).toISOString() })),
    running: Number(row.running),
  }));
}

interface VersionRow {
  service_key: string;
  version: number;
  state: VersionState;
  is_current: boolean;
  set_hash: string | null;
  graph_hash: string | null;
  bpmn_hash: string;
  descriptor: object;
  findings: readonly Finding[];
  acts: readonly StoredAct[];
  running: string;
}

export async function readVersion(db: Database, { key, version }: VersionKey): Promise<StoredVersion | null> {
  return (await readVersions(db, { key, version }))[0] ?? null;
}

/** One at a time for a flow, until the transaction ends: numbers are given out, and one version is current. */
export async function lockVersions(trx: Database, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`deployment:${key}`}, 0))`.execute(trx);
}

/** The newest version with this very set, or, from before sets were kept, with the same graph, diagram and descriptor. */
export async function findSameVersion(
  db: Database,
  set: {
    readonly key: string;
    readonly setHash: string;
    readonly graphHash: string | null;
    readonly bpmnHash: string;
    readonly descriptor: object;
  },
): Promise<number | null> {
  const { rows } = await sql<{ version: number }>`
    select version from deployment
    where service_key = ${set.key} and (set_hash = ${set.setHash} or (set_hash is null and graph_hash = ${set.graphHash}
      and bpmn_hash = ${set.bpmnHash} and descriptor = ${JSON.stringify(set.descriptor)}::jsonb))
    order by version desc limit 1`.execute(db);
  return rows[0]?.version ?? null;
}

export async function insertDraft(
  trx: Database,
  draft: Omit<StoredVersion, 'version' | 'state' | 'isCurrent' | 'acts' | 'running'>,
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into deployment (service_key, version, graph_hash, bpmn_hash, descriptor, state, set_hash, findings)
    select ${draft.key}, coalesce(max(version), 0) + 1, ${draft.graphHash}::text, ${draft.bpmnHash}, ${JSON.stringify(draft.descriptor)}::jsonb, 'draft',
      ${draft.setHash}::text, ${JSON.stringify(draft.findings)}::jsonb
    from deployment where service_key = ${draft.key}
    returning version`.execute(trx);
  const [row] = rows;
  if (!row) throw new Error(`The draft of ${draft.key} was not inserted.`);
  return row.version;
}

/** The set of a version from before sets were kept, found when the same was deployed again. */
export async function keepSet(trx: Database, { key, version }: VersionKey, setHash: string): Promise<void> {
  await trx
    .updateTable('deployment')
    .set({ set_hash: setHash })
    .where('service_key', '=', key)
    .where('version', '=', version)
    .where('set_hash', 'is', null)
    .execute();
}

export async function publishDraft(
  trx: Database,
  { key, version }: VersionKey,
  checked: { readonly graphHash: string; readonly findings: readonly Finding[] },
): Promise<void> {
  await trx
    .updateTable('deployment')
    .set({ state: 'published', graph_hash: checked.graphHash, findings: JSON.stringify(checked.findings) })
    .where('service_key', '=', key)
    .where('version', '=', version)
    .execute();
  await makeCurrent(trx, { key, version });
}

/** Also brings a retired version back. The version that was current stays published. */
export async function makeCurrent(trx: Database, { key, version }: VersionKey): Promise<void> {
  await trx.updateTable('deployment').set({ is_current: false }).where('service_key', '=', key).where('is_current', '=', true).execute();
  await trx
    .updateTable('deployment')
    .set({ state: 'published', is_current: true })
    .where('service_key', '=', key)
    .where('version', '=', version)
    .execute();
}

export async function retireVersion(trx: Database, { key, version }: VersionKey): Promise<void> {
  await trx
    .updateTable('deployment')
    .set({ state: 'retired', is_current: false })
    .where('service_key', '=', key)
    .where('version', '=', version)
    .execute();
}

export async function recordAct(
  trx: Database,
  { key, version }: VersionKey,
  act: Pick<StoredAct, 'act' | 'byPerson' | 'note'>,
): Promise<void> {
  await trx
    .insertInto('deployment_act')
    .values({ service_key: key, version, act: act.act, by_person: act.byPerson, note: act.note })
    .execute();
}
