/** The steps of an instance, as they were written: for pages, for audits, and for the relay. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

export interface StoredStep {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly commandId: string;
  readonly commandType: string;
  readonly commitment: string;
  readonly hash: string;
  readonly body: Buffer;
}

/** Steps after `afterSeq`, in order. */
export async function readSteps(
  db: Kysely<Tables>,
  query: { readonly instanceId: string; readonly afterSeq: number; readonly limit: number },
): Promise<readonly StoredStep[]> {
  const rows = await db
    .selectFrom('step')
    .selectAll()
    .where('instance_id', '=', query.instanceId)
    .where('seq', '>', query.afterSeq)
    .orderBy('seq')
    .limit(query.limit)
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at.toISOString(),
    actor: row.actor,
    commandId: row.command_id,
    commandType: row.command_type,
    commitment: row.commitment.toString('hex'),
    hash: row.hash.toString('hex'),
    body: row.body,
  }));
}

/** The first step that a command of this type made; rare types only: the whole journal of the instance is looked through. */
export async function readFirstStepOf(
  db: Kysely<Tables>,
  query: { readonly instanceId: string; readonly commandType: string },
): Promise<{ readonly seq: number; readonly body: Buffer } | null> {
  const row = await db
    .selectFrom('step')
    .select(['seq', 'body'])
    .where('instance_id', '=', query.instanceId)
    .where('command_type', '=', query.commandType)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export interface ForRelay {
  readonly serviceKey: string;
  readonly graphHash: string;
  readonly organisationId: string;
  readonly callerId: string | null;
  readonly semantics: number;
  readonly isEnded: boolean;
  readonly wrappedKey: Buffer | null;
  /** The hash before the first of the steps; null where there is no step before. */
  readonly previousHash: string | null;
  readonly steps: readonly { readonly seq: number; readonly hash: string; readonly body: Buffer }[];
}

/** What a workflow is told next: the steps after `afterSeq` up to `lastSeq`, in order, with what belongs to them; null for none. */
export async function readForRelay(
  db: Kysely<Tables>,
  query: { readonly instanceId: string; readonly afterSeq: number; readonly lastSeq: number; readonly limit: number },
): Promise<ForRelay | null> {
  const { rows } = await sql<{
    service_key: string;
    graph_hash: string;
    organisation_id: string;
    caller_id: string | null;
    semantics: number;
    is_ended: boolean;
    wrapped: Buffer | null;
    seq: number;
    hash: Buffer;
    body: Buffer | null;
  }>`
    select i.service_key, i.graph_hash, i.organisation_id, i.caller_id, i.semantics, i.ended_at is not null as is_ended,
      (select k.wrapped from data_key k where k.owner = 'instance:' || i.id) as wrapped,
      s.seq, s.hash, case when s.seq > ${query.afterSeq}::int then s.body end as body
    from instance i join step s on s.instance_id = i.id
    where i.id = ${query.instanceId}::uuid and s.seq between ${query.afterSeq}::int and ${query.lastSeq}::int order by s.seq limit ${query.limit + 1}::int`.execute(
    db,
  );
  const [first] = rows;
  if (!first) return null;
  return {
    serviceKey: first.service_key,
    graphHash: first.graph_hash,
    organisationId: first.organisation_id,
    callerId: first.caller_id,
    semantics: first.semantics,
    isEnded: first.is_ended,
    wrappedKey: first.wrapped,
    previousHash: first.seq === query.afterSeq ? first.hash.toString('hex') : null,
    steps: rows.flatMap(({ seq, hash, body }) => (body === null ? [] : [{ seq, hash: hash.toString('hex'), body }])),
  };
}
