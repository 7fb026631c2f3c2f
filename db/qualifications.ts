/** Qualifications that processes give and take. The role goes with the active one, in the same statement's transaction. */
import { sql } from 'kysely';
import type { JsonObject } from '#core/json.ts';
import type { Database } from './database.ts';

export interface Qualification {
  readonly personId: string;
  readonly role: string;
  readonly organisationId: string;
}

export type QualificationState = 'active' | 'suspended' | 'on-leave';

/** Saying the same twice changes nothing. */
export async function setQualification(
  db: Database,
  { personId, role, organisationId }: Qualification,
  { state, traits }: { readonly state: QualificationState; readonly traits: JsonObject },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into qualification (person_id, role, organisation_id, state, traits)
      values (${personId}, ${role}, ${organisationId}, ${state}, ${JSON.stringify(traits)}::jsonb)
      on conflict (organisation_id, role, person_id)
      do update set state = excluded.state, traits = excluded.traits, changed_at = clock_timestamp()`.execute(trx);
    if (state === 'active')
      await sql`insert into role_assignment (person_id, role, organisation_id) values (${personId}, ${role}, ${organisationId})
        on conflict do nothing`.execute(trx);
    else await removeRole(trx, { personId, role, organisationId });
  });
}

/** Nothing is kept of who is no longer qualified. */
export async function endQualification(db: Database, qualification: Qualification): Promise<void> {
  const { personId, role, organisationId } = qualification;
  await db.transaction().execute(async (trx) => {
    await sql`delete from qualification where person_id = ${personId} and role = ${role} and organisation_id = ${organisationId}`.execute(
      trx,
    );
    await removeRole(trx, qualification);
  });
}

const removeRole = (db: Database, { personId, role, organisationId }: Qualification) =>
  sql`delete from role_assignment where person_id = ${personId} and role = ${role} and organisation_id = ${organisationId}`.execute(db);

export interface QualifiedPerson {
  readonly person: string;
  readonly traits: JsonObject;
  /** Open tasks of the service that are assigned to them. */
  readonly load: number;
}

/** Everybody with an active qualification at the organisation, in the order of their ids. */
export async function readQualified(
  db: Database,
  { role, organisationId, serviceKey }: Omit<Qualification, 'personId'> & { readonly serviceKey: string },
): Promise<readonly QualifiedPerson[]> {
  const { rows } = await sql<{ person: string; traits: JsonObject; load: number }>`
    select q.person_id as person, q.traits,
      (select count(*)::int from inbox i
        where i.principal = 'person:' || q.person_id and i.list = 'todo' and i.service_key = ${serviceKey}::text) as load
    from qualification q
    where q.organisation_id = ${organisationId}::text and q.role = ${role}::text and q.state = 'active'
    order by q.person_id`.execute(db);
  return rows;
}
