/** Quality reporting: definitions, who has to report, and what was reported. Dates are texts as ISO has them. */
import { sql } from 'kysely';
import type { Catalogue } from '#core/quality/catalogue.ts';
import type { Figure } from '#core/quality/figure.ts';
import type { ReportCheck } from '#core/quality/figure-check.ts';
import { type IndicatorDefinition, indicatorDefinition } from '#core/quality/indicator.ts';
import type { IndicatorSet } from '#core/quality/indicator-set.ts';
import { obligedIn } from '#core/quality/obligation.ts';
import type { Period } from '#core/quality/period.ts';
import { setOn } from '#core/quality/set-version.ts';
import type { Database } from './database.ts';
import { readSetVersions, storeDefinition, storeSetVersion } from './indicator-sets.ts';
import { readExemptions, readObligations } from './obligations.ts';

export async function storeCatalogue(db: Database, { sets, indicators }: Catalogue): Promise<void> {
  for (const set of sets) await storeSetVersion(db, { set, validFrom: null, editedBy: [], publishedBy: null });
  for (const definition of indicators) await storeDefinition(db, definition);
}

/** Each set in the version that holds on a day (ISO date): for a period, on its last. */
export async function readSets(db: Database, on: string): Promise<readonly IndicatorSet[]> {
  const versions = await readSetVersions(db);
  const codes = [...new Set(versions.map(({ set }) => set.code))];
  return codes.flatMap((code) => {
    const own = versions.filter(({ set }) => set.code === code);
    return setOn(own, on)?.set ?? [];
  });
}

export async function readSet(db: Database, code: string, on: string): Promise<IndicatorSet | null> {
  return setOn(await readSetVersions(db, code), on)?.set ?? null;
}

/** All versions of these, of the nation and of hospitals. */
export async function readIndicators(db: Database, codes: readonly string[]): Promise<readonly IndicatorDefinition[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .selectFrom('indicator')
    .select('definition')
    .where('code', 'in', [...codes])
    .execute();
  return rows.map(({ definition }) => indicatorDefinition.parse(definition));
}

/** Who is obliged for a period, with who approves for them above: null where a level is missing or would be they themselves. */
export interface ObligedHospital {
  readonly organisationId: string;
  readonly city: string | null;
  readonly province: string | null;
}

export async function readObliged(db: Database, setCode: string, period: Pick<Period, 'from' | 'to'>): Promise<readonly ObligedHospital[]> {
  const [obligations, exemptions] = await Promise.all([readObligations(db, setCode), readExemptions(db, setCode)]);
  const ids = obligedIn(period, { obligations, exemptions });
  const { rows } = await sql<{ id: string; city: string | null; province: string | null }>`
    select o.id,
      case when o.tier <> 'province' and not o.is_platform and c.organisation_id <> o.id then c.organisation_id end as city,
      case when not o.is_platform and p.organisation_id <> o.id then p.organisation_id end as province
    from organisation o
      left join region_centre c on c.region = o.city and c.level = 'city'
      left join region_centre p on p.region = o.province and p.level = 'province'
    where o.id = any(${ids}::text[]) order by o.id`.execute(db);
  return rows.map(({ id, city, province }) => ({ organisationId: id, city, province }));
}

/** The hospitals for which one of these approves, as a centre of their city or province. */
export async function readHospitalsBelow(db: Database, organisationIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from organisation o
    where not o.is_platform and exists (
      select 1 from region_centre c where c.organisation_id = any(${organisationIds}::text[]) and c.organisation_id <> o.id
        and ((c.level = 'city' and c.region = o.city and o.tier <> 'province') or (c.level = 'province' and c.region = o.province)))
    order by o.id`.execute(db);
  return rows.map(({ id }) => id);
}

export interface RegionCentre {
  readonly region: string;
  readonly level: 'city' | 'province';
  readonly organisationId: string;
}

export async function storeRegionCentres(db: Database, centres: readonly RegionCentre[]): Promise<void> {
  await sql`insert into region_centre (region, level, organisation_id)
    select c->>'region', c->>'level', c->>'organisationId' from jsonb_array_elements(${JSON.stringify(centres)}::jsonb) c
    on conflict do nothing`.execute(db);
}

/** A figure with the definition by which it was counted (`definitionKey`). */
export interface ReportedFigure extends Figure {
  readonly definition: string;
}

export interface QualityReport {
  /** Null: brought over from before. */
  readonly instanceId: string | null;
  readonly version: number;
  readonly setCode: string;
  readonly period: string;
  readonly organisationId: string;
  readonly submittedAt: string;
  readonly isOnTime: boolean;
  readonly isNothing: boolean;
  readonly check: ReportCheck;
  readonly figures: readonly ReportedFigure[];
}

/** The same version again changes nothing. */
export async function storeReport(db: Database, report: QualityReport): Promise<void> {
  await sql`insert into quality_report
      (instance_id, version, set_code, period, organisation_id, submitted_at, is_on_time, is_nothing, verdict, findings, figures)
    values (${report.instanceId}::uuid, ${report.version}::int, ${report.setCode}, ${report.period}, ${report.organisationId},
      ${report.submittedAt}::timestamptz, ${report.isOnTime}, ${report.isNothing}, ${report.check.verdict},
      ${JSON.stringify(report.check)}::jsonb, ${JSON.stringify(report.figures)}::jsonb)
    on conflict do nothing`.execute(db);
}

export interface ReportQuery {
  readonly setCode: string;
  readonly period?: string;
  readonly organisationId?: string;
}

/** All versions, by hospital, period and version. */
export async function readReports(db: Database, { setCode, period, organisationId }: ReportQuery): Promise<readonly QualityReport[]> {
  const { rows } = await sql<ReportRow>`
    select * from quality_report where set_code = ${setCode}
      and (${period ?? null}::text is null or period = ${period ?? null}::text)
      and (${organisationId ?? null}::text is null or organisation_id = ${organisationId ?? null}::text)
    order by organisation_id, period, version`.execute(db);
  return rows.map((row) => ({
    instanceId: row.instance_id,
    version: row.version,
    setCode: row.set_code,
    period: row.period,
    organisationId: row.organisation_id,
    submittedAt: row.submitted_at.toISOString(),
    isOnTime: row.is_on_time,
    isNothing: row.is_nothing,
    check: row.findings,
    figures: row.figures,
  }));
}

interface ReportRow {
  instance_id: string | null;
  version: number;
  set_code: string;
  period: string;
  organisation_id: string;
  submitted_at: Date;
  is_on_time: boolean;
  is_nothing: boolean;
  findings: ReportCheck;
  figures: ReportedFigure[];
}

/** The newest period of which there are reports, those brought over from before too. */
export async function readLastReported(db: Database, setCode: string): Promise<string | null> {
  const row = await db
    .selectFrom('quality_report')
    .select((is) => is.fn.max('period').as('period'))
    .where('set_code', '=', setCode)
    .executeTakeFirst();
  return row?.period ?? null;
}

/** For which periods a flow was started for many, newest first. */
export async function readPeriods(db: Database, setCode: string, serviceKey = 'quality-report'): Promise<readonly string[]> {
  const { rows } = await sql<{ period: string }>`
    select distinct substr(occasion, length(${setCode}) + 2) as period from started_instance
    where service_key = ${serviceKey} and starts_with(occasion, ${setCode} || ':') order by 1 desc`.execute(db);
  return rows.map((row) => row.period);
}

/** Code of the set that a report answers; null where the instance is no report that was asked for. */
export async function readSetOfReport(db: Database, instanceId: string, serviceKey = 'quality-report'): Promise<string | null> {
  const { rows } = await sql<{ occasion: string }>`select occasion from started_instance
    where service_key = ${serviceKey} and instance_id = ${instanceId}::uuid`.execute(db);
  return rows[0]?.occasion.split(':')[0] ?? null;
}

/** Where the report of each hospital stands. */
export interface ReportStanding {
  readonly organisationId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly tier: string;
  readonly province: string;
  readonly instanceId: string;
  readonly number: string;
  readonly status: string;
  /** Of its open tasks; empty while it waits or when it has ended. */
  readonly elementIds: readonly string[];
  readonly isOverdue: boolean;
  /** Until when it may be entered and is on time; null where it is not being entered. */
  readonly enterUntil: string | null;
}

/** Of all hospitals, or of one. */
export async function readStandings(
  db: Database,
  occasion: string,
  organisationId: string | null = null,
  serviceKey = 'quality-report',
): Promise<readonly ReportStanding[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    name_en: string;
    tier: string;
    province: string;
    instance_id: string;
    number: string;
    status: string;
    element_ids: string[];
    overdue: boolean;
    enter_until: Date | null;
  }>`
    select o.id, o.name, o.name_en, o.tier, o.province, s.instance_id, i.number, i.status,
      coalesce(t.element_ids, '{}') as element_ids, coalesce(t.overdue, false) as overdue, t.enter_until
    from started_instance s join organisation o on o.id = s.organisation_id join instance i on i.id = s.instance_id
      left join lateral (
        select array_agg(element_id order by element_id) as element_ids, bool_or(overdue) as overdue,
          max(due) filter (where element_id = 'enter') as enter_until
        from task where task.instance_id = s.instance_id and task.state = 'open'
      ) t on true
    where s.service_key = ${serviceKey} and s.occasion = ${occasion}
      and (${organisationId}::text is null or s.organisation_id = ${organisationId}::text)
    order by o.id`.execute(db);
  return rows.map((row) => ({
    organisationId: row.id,
    name: row.name,
    nameEn: row.name_en,
    tier: row.tier,
    province: row.province,
    instanceId: row.instance_id,
    number: row.number,
    status: row.status,
    elementIds: row.element_ids,
    isOverdue: row.overdue,
    enterUntil: row.enter_until?.toISOString() ?? null,
  }));
}
