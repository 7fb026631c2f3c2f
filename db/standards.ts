/** Norms and standards as they were published, and what members did with them. Dates are texts as ISO has them. */
import { sql } from 'kysely';
import type { Adopted } from '#core/standards/adoption.ts';
import type { Database } from './database.ts';

export interface StandardFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
}

export interface PublishedStandard {
  /** Of the instance that brought it. */
  readonly id: string;
  readonly number: string | null;
  readonly title: string;
  readonly version: string;
  readonly kind: string;
  readonly scope: string;
  readonly summary: string | null;
  readonly training: string | null;
  readonly effective: string;
  readonly adoptionDeadline: string;
  readonly tiers: readonly string[];
  readonly kinds: readonly string[];
  readonly files: readonly StandardFile[];
  readonly replaces: string | null;
  readonly publishedAt: string;
  readonly supersededAt: string | null;
  readonly supersededBy: string | null;
}

/** Publishes it, and supersedes what it replaces where nothing else has. The same again changes nothing. True: it superseded the former. */
export async function publishStandard(
  db: Database,
  standard: Omit<PublishedStandard, 'publishedAt' | 'supersededAt' | 'supersededBy'>,
): Promise<boolean> {
  const { id, replaces } = standard;
  return db.transaction().execute(async (trx) => {
    await sql`insert into standard (id, number, title, version, kind, scope, summary, training, effective, adoption_deadline, tiers, kinds, files, replaces)
      values (${id}::uuid, ${standard.number}, ${standard.title}, ${standard.version}, ${standard.kind}, ${standard.scope}, ${standard.summary},
        ${standard.training}, ${standard.effective}::date, ${standard.adoptionDeadline}::date, ${standard.tiers}::text[], ${standard.kinds}::text[],
        ${JSON.stringify(standard.files)}::jsonb, ${replaces}::uuid)
      on conflict do nothing`.execute(trx);
    if (replaces === null) return false;
    const { rows } = await sql`update standard set superseded_at = coalesce(superseded_at, now()), superseded_by = ${id}::uuid
      where id = ${replaces}::uuid and (superseded_by is null or superseded_by = ${id}::uuid) returning id`.execute(trx);
    return rows.length > 0;
  });
}

export interface StandardQuery {
  /** A part of title, number, scope or summary. */
  readonly text?: string;
  readonly id?: string;
}

/** Newest first. */
export async function readStandards(db: Database, { text = '', id }: StandardQuery = {}): Promise<readonly PublishedStandard[]> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<StandardRow>`
    select *, effective::text as effective_day, adoption_deadline::text as deadline_day from standard
    where (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)
      and (title ilike ${pattern} or number ilike ${pattern} or scope ilike ${pattern} or summary ilike ${pattern})
    order by published_at desc, id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    version: row.version,
    kind: row.kind,
    scope: row.scope,
    summary: row.summary,
    training: row.training,
    effective: row.effective_day,
    adoptionDeadline: row.deadline_day,
    tiers: row.tiers,
    kinds: row.kinds,
    files: row.files,
    replaces: row.replaces,
    publishedAt: row.published_at.toISOString(),
    supersededAt: row.superseded_at?.toISOString() ?? null,
    supersededBy: row.superseded_by,
  }));
}

export const readStandard = async (db: Database, id: string): Promise<PublishedStandard | null> =>
  (await readStandards(db, { id }))[0] ?? null;

interface StandardRow {
  id: string;
  number: string | null;
  title: string;
  version: string;
  kind: string;
  scope: string;
  summary: string | null;
  training: string | null;
  effective_day: string;
  deadline_day: string;
  tiers: string[];
  kinds: string[];
  files: StandardFile[];
  replaces: string | null;
  published_at: Date;
  superseded_at: Date | null;
  superseded_by: string | null;
}

/** Does the file belong to the text of something published? Then the whole network may read it. */
export async function isPublishedFile(db: Database, fileId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from standard where files @> ${JSON.stringify([{ id: fileId }])}::jsonb limit 1`.execute(db);
  return rows.length > 0;
}

/** Members of one of the tiers and one of the kinds; the platform itself publishes. */
export async function readMembers(db: Database, { tiers, kinds }: Pick<PublishedStandard, 'tiers' | 'kinds'>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('organisation')
    .select('id')
    .where('tier', 'in', [...tiers])
    .where('kind', 'in', [...kinds])
    .where('is_platform', '=', false)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export interface AdoptionRef {
  readonly standardId: string;
  readonly organisationId: string;
}

/** When it was read first; again changes nothing. */
export async function recordReading(db: Database, { standardId, organisationId }: AdoptionRef): Promise<string> {
  const { rows } = await sql<{ read_at: Date }>`insert into standard_adoption (standard_id, organisation_id, read_at)
    values (${standardId}::uuid, ${organisationId}, now())
    on conflict (standard_id, organisation_id) do update set read_at = coalesce(standard_adoption.read_at, excluded.read_at)
    returning read_at`.execute(db);
  return rows[0]?.read_at.toISOString() ?? '';
}

export interface AdoptionAnswer {
  readonly adopted: Adopted;
  /** Codes. */
  readonly obstacles: readonly string[];
  /** Instant of the deadline. */
  readonly adoptBy: string;
}

/** The newest report counts; whether it was on time is said by the first. */
export async function recordAdoption(
  db: Database,
  { standardId, organisationId }: AdoptionRef,
  { adopted, obstacles, adoptBy }: AdoptionAnswer,
): Promise<string> {
  const { rows } = await sql<{ reported_at: Date }>`
    insert into standard_adoption (standard_id, organisation_id, reported_at, adopted, obstacles, is_on_time)
    values (${standardId}::uuid, ${organisationId}, now(), ${adopted}, ${obstacles}::text[], now() <= ${adoptBy}::timestamptz)
    on conflict (standard_id, organisation_id) do update set reported_at = excluded.reported_at, adopted = excluded.adopted,
      obstacles = excluded.obstacles, is_on_time = coalesce(standard_adoption.is_on_time, excluded.is_on_time)
    returning reported_at`.execute(db);
  return rows[0]?.reported_at.toISOString() ?? '';
}

/** One member that was reached. */
export interface StandardAdoption {
  readonly standardId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly tier: string;
  readonly instanceId: string;
  readonly number: string;
  readonly status: string;
  /** Of its open tasks; empty while a job runs or when it has ended. */
  readonly elementIds: readonly string[];
  readonly isOverdue: boolean;
  readonly readAt: string | null;
  readonly reportedAt: string | null;
  readonly adopted: Adopted | null;
  readonly obstacles: readonly string[];
  readonly isOnTime: boolean | null;
}

export interface AdoptionQuery {
  readonly standardId?: string;
  readonly organisationIds?: readonly string[];
}

/** By member. */
export async function readAdoptions(db: Database, { standardId, organisationIds }: AdoptionQuery): Promise<readonly StandardAdoption[]> {
  const { rows } = await sql<AdoptionRow>`
    select s.occasion, o.id, o.name, o.name_en, o.tier, s.instance_id, i.number, i.status,
      coalesce(t.element_ids, '{}') as element_ids, coalesce(t.overdue, false) as overdue,
      a.read_at, a.reported_at, a.adopted, coalesce(a.obstacles, '{}') as obstacles, a.is_on_time
    from started_instance s join organisation o on o.id = s.organisation_id join instance i on i.id = s.instance_id
      left join standard_adoption a on a.standard_id = s.occasion::uuid and a.organisation_id = s.organisation_id
      left join lateral (
        select array_agg(element_id order by element_id) as element_ids, bool_or(overdue) as overdue
        from task where task.instance_id = s.instance_id and task.state = 'open'
      ) t on true
    where s.service_key = 'standard-adoption' and (${standardId ?? null}::text is null or s.occasion = ${standardId ?? null}::text)
      and (${organisationIds ?? null}::text[] is null or s.organisation_id = any(${organisationIds ?? null}::text[]))
    order by o.id, s.occasion`.execute(db);
  return rows.map((row) => ({
    standardId: row.occasion,
    organisationId: row.id,
    name: row.name,
    nameEn: row.name_en,
    tier: row.tier,
    instanceId: row.instance_id,
    number: row.number,
    status: row.status,
    elementIds: row.element_ids,
    isOverdue: row.overdue,
    readAt: row.read_at?.toISOString() ?? null,
    reportedAt: row.reported_at?.toISOString() ?? null,
    adopted: row.adopted,
    obstacles: row.obstacles,
    isOnTime: row.is_on_time,
  }));
}

interface AdoptionRow {
  occasion: string;
  id: string;
  name: string;
  name_en: string;
  tier: string;
  instance_id: string;
  number: string;
  status: string;
  element_ids: string[];
  overdue: boolean;
  read_at: Date | null;
  reported_at: Date | null;
  adopted: Adopted | null;
  obstacles: string[];
  is_on_time: boolean | null;
}

/** Which standard an adoption is of. */
export async function standardOfInstance(db: Database, instanceId: string): Promise<string | null> {
  const { rows } = await sql<{ occasion: string }>`select occasion from started_instance
    where instance_id = ${instanceId}::uuid and service_key = 'standard-adoption'`.execute(db);
  return rows[0]?.occasion ?? null;
}
