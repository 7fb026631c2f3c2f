/** Registries of single diseases: the listed stays, their cases, what they came to. */
import { sql } from 'kysely';
import { type DiseaseSet, diseaseSet } from '#core/registry/disease.ts';
import type { KeyStep } from '#core/registry/key-steps.ts';
import type { StayStanding } from '#core/registry/reconciliation.ts';
import type { Database } from './database.ts';

/** In the order of their codes. */
export async function readDiseases(db: Database): Promise<readonly DiseaseSet[]> {
  const rows = await db.selectFrom('disease_set').select('definition').orderBy('code').execute();
  return rows.map(({ definition }) => diseaseSet.parse(definition));
}

export const readDisease = async (db: Database, code: string): Promise<DiseaseSet | null> =>
  (await readDiseases(db)).find((disease) => disease.code === code) ?? null;

/** What stands already stays as it is. */
export async function storeDiseases(db: Database, diseases: readonly DiseaseSet[]): Promise<void> {
  await sql`insert into disease_set (code, definition)
    select d->>'code', d from jsonb_array_elements(${JSON.stringify(diseases)}::jsonb) d on conflict do nothing`.execute(db);
}

export interface ListedStay {
  readonly id: string;
  /** Of the instance that its case is, once it is opened. */
  readonly caseId: string;
  readonly disease: string;
  readonly organisationId: string;
  /** Keyed commitment to disease and stay number. */
  readonly match: Buffer;
  /** Encrypted stay number and department. */
  readonly body: Buffer;
  readonly icd: string;
  /** ISO date. */
  readonly dischargedOn: string;
}

/** Of one that is listed already nothing changes: the one that stands is answered, and `isNew` is false. */
export async function listStay(
  db: Database,
  stay: ListedStay & { readonly byPerson: string },
): Promise<Pick<ListedStay, 'id' | 'icd' | 'dischargedOn'> & { readonly isNew: boolean }> {
  const { rows } = await sql<{ id: string; icd: string; dischargedOn: string; isNew: boolean }>`
    with listed as (
      insert into eligible_stay (id, case_id, disease, organisation_id, stay_match, body, icd, discharged_on, listed_by)
      values (${stay.id}::uuid, ${stay.caseId}::uuid, ${stay.disease}, ${stay.organisationId}, ${stay.match}, ${stay.body}, ${stay.icd}, ${stay.dischargedOn}::date, ${stay.byPerson})
      on conflict (organisation_id, disease, stay_match) do nothing
      returning id, icd, discharged_on
    )
    select id, icd, discharged_on::text as "dischargedOn", true as "isNew" from listed
    union all
    select id, icd, discharged_on::text, false from eligible_stay
    where organisation_id = ${stay.organisationId} and disease = ${stay.disease} and stay_match = ${stay.match}`.execute(db);
  const [row] = rows;
  // Another one listed it between the two halves of the statement: it stands now, and the next look finds it.
  return row ?? listStay(db, stay);
}

export async function readStay(db: Database, id: string): Promise<ListedStay | null> {
  const { rows } = await sql<ListedStay>`
    select id, case_id as "caseId", disease, organisation_id as "organisationId", stay_match as match, body, icd, discharged_on::text as "dischargedOn"
    from eligible_stay where id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

export async function linkStay(
  db: Database,
  link: { readonly stayId: string; readonly byPerson: string; readonly body: Buffer },
): Promise<void> {
  await db.insertInto('stay_link').values({ stay_id: link.stayId, by_person: link.byPerson, body: link.body }).execute();
}

/** Only what is not excluded yet. */
export async function excludeStay(db: Database, id: string, reason: string): Promise<void> {
  await sql`update eligible_stay set exclusion = ${reason} where id = ${id}::uuid and exclusion is null`.execute(db);
}

export interface StayCase extends StayStanding {
  readonly id: string;
  readonly organisationId: string;
  readonly organisation: { readonly id: string; readonly name: string; readonly nameEn: string };
  readonly body: Buffer;
  readonly icd: string;
  readonly dischargedOn: string;
  readonly links: number;
  readonly caseId: string | null;
  readonly number: string | null;
  readonly isOnTime: boolean | null;
  readonly version: number;
  readonly steps: readonly KeyStep[];
  readonly outcome: string | null;
  readonly readmitted: boolean | null;
}

/** The listed stays of a disease with where their cases stand, the last discharged first; of these organisations, or of all. */
export async function readStayCases(
  db: Database,
  { disease, organisationIds }: { readonly disease: string; readonly organisationIds: readonly string[] | null },
): Promise<readonly StayCase[]> {
  const { rows } = await sql<Omit<StayCase, 'steps'> & { steps: readonly KeyStep[] | null }>`
    select s.id, s.organisation_id as "organisationId", jsonb_build_object('id', o.id, 'name', o.name, 'nameEn', o.name_en) as organisation, s.body, s.icd,
      s.discharged_on::text as "dischargedOn", (select count(*)::int from stay_link l where l.stay_id = s.id) as links,
      i.id as "caseId", i.number, i.status, coalesce(t.element_ids, '{}') as "elementIds",
      c.is_on_time as "isOnTime", coalesce(c.version, 0) as version, c.steps, c.outcome, c.readmitted,
      c.version is not null as "isSubmitted", c.accepted_at is not null as "isAccepted", s.exclusion is not null as "isExcluded"
    from eligible_stay s join organisation o on o.id = s.organisation_id
      left join instance i on i.id = s.case_id
      left join lateral (select array_agg(element_id order by element_id) as element_ids from task where task.instance_id = i.id and task.state = 'open') t on true
      left join lateral (select * from disease_case d where d.stay_id = s.id order by version desc limit 1) c on true
    where s.disease = ${disease} and (${organisationIds}::text[] is null or s.organisation_id = any(${organisationIds}::text[]))
    order by s.organisation_id, s.discharged_on desc, s.id`.execute(db);
  return rows.map((row) => ({ ...row, steps: row.steps ?? [] }));
}

export interface DiseaseCase {
  readonly stayId: string;
  readonly version: number;
  readonly instanceId: string;
  readonly submittedAt: string;
  readonly isOnTime: boolean;
  readonly steps: readonly KeyStep[];
  readonly outcome: string;
  readonly readmitted: boolean;
}

/** The same version again changes nothing. */
export async function storeCase(db: Database, kept: DiseaseCase): Promise<void> {
  await sql`insert into disease_case (stay_id, version, instance_id, submitted_at, is_on_time, steps, outcome, readmitted)
    values (${kept.stayId}::uuid, ${kept.version}::int, ${kept.instanceId}::uuid, ${kept.submittedAt}::timestamptz, ${kept.isOnTime},
      ${JSON.stringify(kept.steps)}::jsonb, ${kept.outcome}, ${kept.readmitted})
    on conflict do nothing`.execute(db);
}

export async function acceptCase(db: Database, { stayId, version }: Pick<DiseaseCase, 'stayId' | 'version'>): Promise<void> {
  await sql`update disease_case set accepted_at = coalesce(accepted_at, now())
    where stay_id = ${stayId}::uuid and version = ${version}::int`.execute(db);
}
