/** The row of an instance, as the door and the pages read it: its encrypted state with what is known in clear. */
import { type Kysely, sql } from 'kysely';
import type { Caller } from '#core/process/command.ts';
import type { LocalizedText } from '#core/text.ts';
import type { Tables } from './tables.ts';

export interface StoredInstance {
  readonly id: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly graphHash: string;
  /** Null for instances from before versions were numbered here. */
  readonly definitionVersion: number | null;
  readonly organisationId: string;
  /** Null where no person applied: a timer, a message or a signal started it. */
  readonly applicantId: string | null;
  /** The call activity that it was started for. */
  readonly caller: Caller | null;
  readonly status: string;
  readonly urgency: string;
  readonly title: LocalizedText;
  readonly semantics: number;
  readonly lastSeq: number;
  readonly lastHash: string;
  readonly lastAt: string;
  readonly state: Buffer;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly sealedAt: string | null;
  readonly isDiverged: boolean;
  /** False for one that is older than the table of whereabouts, until a worker has looked where it stands. */
  readonly isWhereaboutsKnown: boolean;
  readonly wrappedKey: Buffer | null;
}

/** One instance row without anything around it. */
export async function readInstance(db: Kysely<Tables>, instanceId: string): Promise<StoredInstance | null> {
  const { rows } = await sql<InstanceRow>`
    select i.*, i.divergence is not null as is_diverged, (select k.wrapped from data_key k where k.owner = 'instance:' || i.id) as wrapped
    from instance i where i.id = ${instanceId}::uuid`.execute(db);
  return rows[0] ? instanceFromRow(rows[0]) : null;
}

export interface InstanceRow {
  id: string;
  number: string;
  service_key: string;
  graph_hash: string;
  definition_version: number | null;
  organisation_id: string;
  applicant_id: string | null;
  caller_id: string | null;
  caller_effect: string | null;
  status: string;
  urgency: string;
  title: LocalizedText;
  semantics: number;
  last_seq: number;
  last_hash: Buffer;
  last_at: Date;
  state: Buffer;
  created_at: Date;
  ended_at: Date | null;
  sealed_at: Date | null;
  is_diverged: boolean;
  is_whereabouts_known: boolean;
  wrapped: Buffer | null;
}

export const instanceFromRow = (row: InstanceRow): StoredInstance => ({
  id: row.id,
  number: row.number,
  serviceKey: row.service_key,
  graphHash: row.graph_hash,
  definitionVersion: row.definition_version,
  organisationId: row.organisation_id,
  applicantId: row.applicant_id,
  caller: row.caller_id !== null && row.caller_effect !== null ? { instanceId: row.caller_id, effectId: row.caller_effect } : null,
  status: row.status,
  urgency: row.urgency,
  title: row.title,
  semantics: row.semantics,
  lastSeq: row.last_seq,
  lastHash: row.last_hash.toString('hex'),
  lastAt: row.last_at.toISOString(),
  state: row.state,
  createdAt: row.created_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  sealedAt: row.sealed_at?.toISOString() ?? null,
  isDiverged: row.is_diverged,
  isWhereaboutsKnown: row.is_whereabouts_known,
  wrappedKey: row.wrapped,
});
