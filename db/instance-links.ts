/** Instances that opened each other by messages. */
import { sql } from 'kysely';
import type { LocalizedText } from '#core/text.ts';
import type { Database } from './database.ts';

export interface LinkedInstance {
  readonly relation: 'opened' | 'opened-by';
  readonly id: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly title: LocalizedText;
  readonly status: string;
  readonly isSealed: boolean;
  readonly isStopped: boolean;
  readonly applicantId: string | null;
  readonly organisationId: string;
  /** Does somebody with these principals take part in it? `departed`: they did, and are told nothing more. */
  readonly part: 'none' | 'whole' | 'departed';
}

/** What opened it first, then what it opened, in the order of their numbers. */
export async function readLinked(
  db: Database,
  query: { readonly instanceId: string; readonly principals: readonly string[] },
): Promise<readonly LinkedInstance[]> {
  const { rows } = await sql<LinkedInstance>`
    select l.relation, i.id, i.number, i.service_key as "serviceKey", i.title, i.status, i.sealed_at is not null as "isSealed",
      i.divergence is not null as "isStopped", i.applicant_id as "applicantId", i.organisation_id as "organisationId",
      coalesce((select case when bool_or(p.until_seq is null) then 'whole' else 'departed' end from participant p
        where p.instance_id = i.id and p.principal = any(${query.principals}::text[]) having count(*) > 0), 'none') as part
    from (
      select 'opened-by' as relation, opened_by as id from instance_link where instance_id = ${query.instanceId}::uuid
      union all
      select 'opened', instance_id from instance_link where opened_by = ${query.instanceId}::uuid
    ) l join instance i on i.id = l.id
    order by l.relation desc, i.number`.execute(db);
  return rows;
}

export async function readOpener(db: Database, instanceId: string): Promise<string | null> {
  const row = await db.selectFrom('instance_link').select('opened_by').where('instance_id', '=', instanceId).executeTakeFirst();
  return row?.opened_by ?? null;
}
