/** Sentinel surveillance: topics, the roster with dates, and what sites reported. */
import { sql } from 'kysely';
import { obligedIn } from '#core/quality/obligation.ts';
import type { Period } from '#core/quality/period.ts';
import type { SentinelCounts } from '#core/sentinel/counts.ts';
import { type SentinelTopic, sentinelTopic } from '#core/sentinel/topic.ts';
import type { LocalizedText } from '#core/text.ts';
import type { Database } from './database.ts';

/** In the order of their codes. */
export async function readTopics(db: Database): Promise<readonly SentinelTopic[]> {
  const rows = await db.selectFrom('sentinel_topic').select('definition').orderBy('code').execute();
  return rows.map(({ definition }) => sentinelTopic.parse(definition));
}

export async function readTopic(db: Database, code: string): Promise<SentinelTopic | null> {
  const row = await db.selectFrom('sentinel_topic').select('definition').where('code', '=', code).executeTakeFirst();
  return row ? sentinelTopic.parse(row.definition) : null;
}

/** What stands already stays as it is. */
export async function storeTopics(db: Database, topics: readonly SentinelTopic[]): Promise<void> {
  await sql`insert into sentinel_topic (code, definition)
    select t->>'code', t from jsonb_array_elements(${JSON.stringify(topics)}::jsonb) t on conflict do nothing`.execute(db);
}

export interface SentinelSite {
  readonly topic: string;
  readonly organisationId: string;
  readonly name: string;
  readonly nameEn: string;
  /** ISO dates, both inclusive; null: until further notice. */
  readonly from: string;
  readonly to: string | null;
  readonly designatedBy: { readonly name: string; readonly nameEn: string };
  readonly endReason: string | null;
}

/** Everybody who ever was one, of all topics or one; by organisation, the newest designation first. */
export async function readSites(db: Database, topic: string | null): Promise<readonly SentinelSite[]> {
  const { rows } = await sql<SentinelSite>`
    select s.topic, s.organisation_id as "organisationId", o.name, o.name_en as "nameEn", s.from_date::text as "from", s.to_date::text as "to",
      jsonb_build_object('name', p.name, 'nameEn', p.name_en) as "designatedBy", s.end_reason as "endReason"
    from sentinel_site s join organisation o on o.id = s.organisation_id join person p on p.id = s.designated_by
    where ${topic}::text is null or s.topic = ${topic}::text
    order by s.topic, s.organisation_id, s.from_date desc`.execute(db);
  return rows;
}

/** Who has to report for a period: whoever is on the roster for all of it. */
export const sitesObliged = (sites: readonly SentinelSite[], period: Pick<Period, 'from' | 'to'>): readonly string[] =>
  obligedIn(period, { obligations: sites, exemptions: [] });

/** Who is on the roster on that day. */
export const sitesOn = (sites: readonly SentinelSite[], date: string): readonly string[] => sitesObliged(sites, { from: date, to: date });

/** False: the organisation is on the roster for some of that time already. */
export async function designateSite(
  db: Database,
  site: Pick<SentinelSite, 'topic' | 'organisationId' | 'from' | 'to'> & { readonly byPerson: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into sentinel_site (topic, organisation_id, from_date, to_date, designated_by)
    select ${site.topic}, ${site.organisationId}, ${site.from}::date, ${site.to}::date, ${site.byPerson}
    where not exists (
      select from sentinel_site s where s.topic = ${site.topic} and s.organisation_id = ${site.organisationId}
        and daterange(s.from_date, s.to_date, '[]') && daterange(${site.from}::date, ${site.to}::date, '[]')
    ) on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

/** False: there is no such designation that still goes on then. */
export async function endSite(
  db: Database,
  end: {
    readonly topic: string;
    readonly organisationId: string;
    readonly from: string;
    /** The last day. */
    readonly to: string;
    readonly byPerson: string;
    readonly reason: string;
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update sentinel_site set to_date = ${end.to}::date, ended_by = ${end.byPerson}, end_reason = ${end.reason}
    where topic = ${end.topic} and organisation_id = ${end.organisationId} and from_date = ${end.from}::date
      and from_date <= ${end.to}::date and (to_date is null or to_date > ${end.to}::date)`.execute(db);
  return numAffectedRows === 1n;
}

export type WarningLevel = 'none' | 'yellow' | 'red';

export interface SentinelReport {
  readonly topic: string;
  readonly period: string;
  readonly organisationId: string;
  readonly version: number;
  readonly instanceId: string;
  readonly submittedAt: string;
  readonly isOnTime: boolean;
  readonly counts: SentinelCounts;
  readonly level: WarningLevel;
  /** By which this report was judged, whatever the rule says since. */
  readonly caseLimit: number;
}

/** The same version again changes nothing. */
export async function storeSentinelReport(db: Database, report: SentinelReport): Promise<void> {
  await sql`insert into sentinel_report
      (topic, period, organisation_id, version, instance_id, submitted_at, is_on_time, counts, level, case_limit)
    values (${report.topic}, ${report.period}, ${report.organisationId}, ${report.version}::int, ${report.instanceId}::uuid,
      ${report.submittedAt}::timestamptz, ${report.isOnTime}, ${JSON.stringify(report.counts)}::jsonb, ${report.level}, ${report.caseLimit}::numeric)
    on conflict do nothing`.execute(db);
}

/** The last version of each, by hospital and period. */
export async function readSentinelReports(
  db: Database,
  query: { readonly topic: string; readonly period?: string; readonly organisationId?: string },
): Promise<readonly SentinelReport[]> {
  const { rows } = await sql<Omit<SentinelReport, 'submittedAt' | 'caseLimit'> & { submittedAt: Date; caseLimit: string }>`
    select distinct on (organisation_id, period) topic, period, organisation_id as "organisationId", version, instance_id as "instanceId",
      submitted_at as "submittedAt", is_on_time as "isOnTime", counts, level, case_limit as "caseLimit"
    from sentinel_report where topic = ${query.topic}
      and (${query.period ?? null}::text is null or period = ${query.period ?? null}::text)
      and (${query.organisationId ?? null}::text is null or organisation_id = ${query.organisationId ?? null}::text)
    order by organisation_id, period, version desc`.execute(db);
  return rows.map((row) => ({ ...row, submittedAt: row.submittedAt.toISOString(), caseLimit: Number(row.caseLimit) }));
}

export interface SentinelWarning {
  readonly instanceId: string;
  readonly number: string;
  readonly title: LocalizedText;
  readonly status: string;
  readonly isSealed: boolean;
  readonly openedAt: string;
  /** Of the report that opened it; null: a single case. */
  readonly report: {
    readonly topic: string;
    readonly period: string;
    readonly organisationId: string;
    readonly level: WarningLevel;
  } | null;
}

/** Newest first; of a topic those that its reports opened, else the single cases as well. */
export async function readWarnings(
  db: Database,
  { topic, limit }: { readonly topic: string | null; readonly limit: number },
): Promise<readonly SentinelWarning[]> {
  const { rows } = await sql<Omit<SentinelWarning, 'openedAt'> & { openedAt: Date }>`
    select i.id as "instanceId", i.number, i.title, i.status, i.sealed_at is not null as "isSealed", i.created_at as "openedAt", r.report
    from instance i left join instance_link l on l.instance_id = i.id
      left join lateral (
        select jsonb_build_object('topic', s.topic, 'period', s.period, 'organisationId', s.organisation_id, 'level', s.level) as report
        from sentinel_report s where s.instance_id = l.opened_by and s.level <> 'none' order by s.version limit 1
      ) r on true
    where i.service_key = 'sentinel-warning' and (${topic}::text is null or r.report->>'topic' = ${topic}::text)
    order by i.created_at desc limit ${limit}::int`.execute(db);
  return rows.map((row) => ({ ...row, openedAt: row.openedAt.toISOString() }));
}
