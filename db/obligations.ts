/** Who has to report a set, since when and until when, with who said so. Dates are texts as ISO has them; nothing is ever removed. */
import { sql } from 'kysely';
import type { Dated, Exemption } from '#core/quality/obligation.ts';
import type { Database } from './database.ts';

interface Given {
  readonly id: string;
  /** Null: it came with the product, or from before. */
  readonly byPerson: string | null;
  readonly endedBy: string | null;
  readonly endReason: string | null;
}
export interface KeptObligation extends Dated, Given {}
export interface KeptExemption extends Exemption, Given {}

/** One change at a time: what is decided on is what is there when it is written. */
export const changingQuality = <T>(db: Database, change: (trx: Database) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('quality', 0))`.execute(trx);
    return change(trx);
  });

interface DutyRow {
  id: string;
  organisation_id: string;
  from_date: string;
  to_date: string | null;
  by_person: string | null;
  ended_by: string | null;
  end_reason: string | null;
}

/** By their first day. */
export async function readObligations(db: Database, setCode: string): Promise<readonly KeptObligation[]> {
  const { rows } = await sql<DutyRow>`
    select id, organisation_id, from_date::text, to_date::text, by_person, ended_by, end_reason from obligation
    where set_code = ${setCode} order by obligation.from_date, id`.execute(db);
  return rows.map(dutyOf);
}

/** By their first day. */
export async function readExemptions(db: Database, setCode: string): Promise<readonly KeptExemption[]> {
  const { rows } = await sql<DutyRow & { reason: string }>`
    select id, organisation_id, from_date::text, to_date::text, reason, by_person, ended_by, end_reason from exemption
    where set_code = ${setCode} order by exemption.from_date, id`.execute(db);
  return rows.map((row) => ({ ...dutyOf(row), reason: row.reason }));
}

const dutyOf = (row: DutyRow): KeptObligation => ({
  id: row.id,
  organisationId: row.organisation_id,
  from: row.from_date,
  to: row.to_date,
  byPerson: row.by_person,
  endedBy: row.ended_by,
  endReason: row.end_reason,
});

export async function storeObligations(
  db: Database,
  setCode: string,
  obligations: readonly Dated[],
  byPerson: string | null = null,
): Promise<void> {
  await sql`insert into obligation (set_code, organisation_id, from_date, to_date, by_person)
    select ${setCode}, o->>'organisationId', (o->>'from')::date, (o->>'to')::date, ${byPerson}::text
    from jsonb_array_elements(${JSON.stringify(obligations)}::jsonb) o
    on conflict do nothing`.execute(db);
}

export async function storeExemption(
  db: Database,
  setCode: string,
  exemption: Exemption & { readonly byPerson: string | null },
): Promise<void> {
  await sql`insert into exemption (set_code, organisation_id, from_date, to_date, reason, by_person)
    values (${setCode}, ${exemption.organisationId}, ${exemption.from}::date, ${exemption.to}::date, ${exemption.reason}, ${exemption.byPerson})
    on conflict (set_code, organisation_id, from_date) where to_date is null or to_date >= from_date
    do update set to_date = excluded.to_date, reason = excluded.reason, by_person = excluded.by_person`.execute(db);
}

interface End {
  readonly id: string;
  readonly to: string;
  readonly endedBy: string;
  readonly endReason: string;
}

export async function endDuty(db: Database, kind: 'obligation' | 'exemption', { id, to, endedBy, endReason }: End): Promise<void> {
  await sql`update ${sql.table(kind)} set to_date = ${to}::date, ended_by = ${endedBy}, end_reason = ${endReason}
    where id = ${id}::uuid`.execute(db);
}

export interface DutyOrganisation {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly tier: string;
  /** Six digits of GB/T 2260. */
  readonly province: string;
}

/** Everybody who could be obliged, by province, tier and name. */
export async function readDutyOrganisations(db: Database): Promise<readonly DutyOrganisation[]> {
  const rows = await db
    .selectFrom('organisation')
    .select(['id', 'name', 'name_en', 'tier', 'province'])
    .orderBy('province')
    .orderBy('tier')
    .orderBy('name')
    .execute();
  return rows.map(({ name_en, ...row }) => ({ ...row, nameEn: name_en }));
}
