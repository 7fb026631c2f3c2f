import { sql } from 'kysely';
import { isRole, type Role, type RoleAssignment } from '#core/access/roles.ts';
import type { ReferenceKind } from '#core/form/references.ts';
import type { Principal } from '#core/process/command.ts';
import type { Database } from './database.ts';
import { readOrderable, searchOrderables } from './master-data.ts';

export interface PersonRecord {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly title: string;
  readonly organisation: OrganisationRecord;
}

export interface OrganisationRecord {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
}

export interface Standing {
  readonly person: PersonRecord;
  readonly phone: string;
  readonly department: OrganisationRecord | null;
  readonly zone: string;
  /** The organisation's tier: `province`, `city`, `county` or `community`. */
  readonly tier: string;
  /** Region code of its city. */
  readonly region: string;
  readonly roles: readonly (RoleAssignment & { readonly organisation: OrganisationRecord })[];
  readonly teams: readonly OrganisationRecord[];
  readonly activeRole: string | null;
}

/** The person of a session with roles and teams as they are now, in one round trip: revoking one works at once. */
export async function readStanding(
  db: Database,
  session: { readonly personId: string; readonly sessionId: string | null },
): Promise<Standing | null> {
  const { rows } = await sql<StandingRow>`
    select p.id, p.name, p.name_en, p.title, jsonb_build_object('id', o.id, 'name', o.name, 'nameEn', o.name_en) as organisation, o.zone, o.tier, o.city as region, p.phone,
      (select jsonb_build_object('id', d.id, 'name', d.name, 'nameEn', d.name_en) from department d where d.id = p.department_id) as department,
      coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', r.organisation_id,
          'organisation', jsonb_build_object('id', ro.id, 'name', ro.name, 'nameEn', ro.name_en)) order by r.role)
        from role_assignment r join organisation ro on ro.id = r.organisation_id where r.person_id = p.id), '[]') as roles,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'nameEn', t.name_en) order by t.id)
        from team_member m join team t on t.id = m.team_id where m.person_id = p.id), '[]') as teams,
      (select s."activeRole" from auth_session s where s.id = ${session.sessionId}::text) as active_role
    from person p join organisation o on o.id = p.organisation_id
    where p.id = ${session.personId}::text`.execute(db);
  const row = rows[0];
  if (!row) return null;
  return {
    person: { id: row.id, name: row.name, nameEn: row.name_en, title: row.title, organisation: row.organisation },
    phone: row.phone,
    department: row.department,
    zone: row.zone,
    tier: row.tier,
    region: row.region,
    roles: row.roles.flatMap(({ role, ...assignment }) => (isRole(role) ? [{ role, ...assignment }] : [])),
    teams: row.teams,
    activeRole: row.active_role,
  };
}

interface StandingRow {
  id: string;
  name: string;
  name_en: string;
  title: string;
  organisation: OrganisationRecord;
  zone: string;
  tier: string;
  region: string;
  phone: string;
  department: OrganisationRecord | null;
  roles: { role: string; organisationId: string; organisation: OrganisationRecord }[];
  teams: OrganisationRecord[];
  active_role: string | null;
}

export async function readPersons(db: Database, ids: readonly string[]): Promise<readonly PersonRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('person')
    .innerJoin('organisation', 'organisation.id', 'person.organisation_id')
    .select([
      'person.id',
      'person.name',
      'person.name_en',
      'person.title',
      'organisation.id as org_id',
      'organisation.name as org_name',
      'organisation.name_en as org_name_en',
    ])
    .where('person.id', 'in', [...ids])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    nameEn: row.name_en,
    title: row.title,
    organisation: { id: row.org_id, name: row.org_name, nameEn: row.org_name_en },
  }));
}

export interface PrincipalRecord {
  readonly principal: Principal;
  readonly name: string;
  readonly nameEn: string;
  readonly organisation: OrganisationRecord | null;
  readonly members: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[];
}

const MEMBERS_MAX = 5;

/** Names behind principals: teams and roles with their first members. Persons are read with `readPersons`. */
export async function readGroups(db: Database, principals: readonly Principal[]): Promise<readonly PrincipalRecord[]> {
  if (principals.length === 0) return [];
  const { rows } = await sql<{
    principal: string;
    name: string;
    name_en: string;
    organisation: OrganisationRecord | null;
    members: PrincipalRecord['members'];
  }>`
    select p.principal, coalesce(t.name, '') as name, coalesce(t.name_en, '') as name_en,
      (select jsonb_build_object('id', o.id, 'name', o.name, 'nameEn', o.name_en) from organisation o
        where o.id = coalesce(t.organisation_id, nullif(split_part(p.principal, '@', 2), ''))) as organisation,
      coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name, 'nameEn', h.name_en)) from (
        select pe.id, pe.name, pe.name_en from person pe
        where pe.id in (select m.person_id from team_member m where m.team_id = t.id)
          or pe.id in (select r.person_id from role_assignment r where p.principal = 'role:' || r.role || '@' || r.organisation_id)
        order by pe.id limit ${sql.lit(MEMBERS_MAX)}) h), '[]') as members
    from unnest(${principals}::text[]) as p(principal)
    left join team t on p.principal = 'team:' || t.id`.execute(db);
  return rows.map((row) => ({
    principal: row.principal,
    name: row.name,
    nameEn: row.name_en,
    organisation: row.organisation,
    members: row.members,
  }));
}

export async function readOrganisations(db: Database, ids: readonly string[]): Promise<readonly OrganisationRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('organisation')
    .select(['id', 'name', 'name_en'])
    .where('id', 'in', [...ids])
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, nameEn: row.name_en }));
}

/** Every hospital, by its Chinese name. */
export async function readAllOrganisations(db: Database): Promise<readonly OrganisationRecord[]> {
  const rows = await db.selectFrom('organisation').select(['id', 'name', 'name_en']).orderBy('name').execute();
  return rows.map((row) => ({ id: row.id, name: row.name, nameEn: row.name_en }));
}

/** The one organisation that reviews, dispatches and controls quality. */
export async function readPlatform(db: Database): Promise<string | null> {
  const row = await db.selectFrom('organisation').select('id').where('is_platform', '=', true).executeTakeFirst();
  return row?.id ?? null;
}

/** What an instance has to know of the organisation that it belongs to; null where there is none with this id. */
export async function readOrganisationContext(
  db: Database,
  organisationId: string,
): Promise<{ readonly tier: string; readonly region: string; readonly zone: string; readonly platform: string } | null> {
  const { rows } = await sql<{ tier: string; region: string; zone: string; platform: string }>`
    select o.tier, o.city as region, o.zone, p.id as platform from organisation o, organisation p where o.id = ${organisationId}::text and p.is_platform`.execute(
    db,
  );
  return rows[0] ?? null;
}

export interface ReferenceRecord {
  readonly id: string;
  readonly display: string;
  readonly displayEn: string;
}

const REFERENCES_MAX = 50;

/** Master data that a form may point to, found by a part of the name in either language. */
export async function searchReferences(
  db: Database,
  query: { readonly kind: ReferenceKind; readonly text: string; readonly organisationId: string | null },
): Promise<readonly ReferenceRecord[]> {
  if (query.kind === 'exam' || query.kind === 'test') return searchOrderables(db, query.kind, query.text, REFERENCES_MAX);
  const pattern = `%${query.text.replace(/[\\%_]/g, '\\$&')}%`;
  const statement = {
    person: sql<ReferenceRow>`select p.id, p.name || ' · ' || p.title || ' · ' || o.name as display, p.name_en || ' · ' || o.name_en as display_en
      from person p join organisation o on o.id = p.organisation_id where p.name ilike ${pattern} or p.name_en ilike ${pattern} or o.name ilike ${pattern}`,
    organisation: sql<ReferenceRow>`select id, name as display, name_en as display_en from organisation where name ilike ${pattern} or name_en ilike ${pattern}`,
    team: sql<ReferenceRow>`select id, name as display, name_en as display_en from team where name ilike ${pattern} or name_en ilike ${pattern}`,
    room: sql<ReferenceRow>`select id, name as display, name_en as display_en from room where name ilike ${pattern} or name_en ilike ${pattern}`,
    student: peopleWithRole('student', pattern, query.organisationId),
    counsellor: peopleWithRole('counsellor', pattern, query.organisationId),
    department: sql<ReferenceRow>`select d.id, d.name as display, d.name_en as display_en from department d
      where (d.name ilike ${pattern} or d.name_en ilike ${pattern}) and (${query.organisationId}::text is null or d.organisation_id = ${query.organisationId}::text)`,
    // What may be replaced: what is in force.
    standard: sql<ReferenceRow>`select id::text, concat_ws(' · ', number, title, version) as display, concat_ws(' · ', number, title, version) as display_en
      from standard where superseded_at is null and (title ilike ${pattern} or number ilike ${pattern})`,
  }[query.kind];
  const { rows } = await sql<ReferenceRow>`${statement} order by 2 limit ${sql.lit(REFERENCES_MAX)}`.execute(db);
  return rows.map((row) => ({ id: row.id, display: row.display, displayEn: row.display_en }));
}

/** Those who hold the role at the organisation: a form that asks for a counsellor is offered no other person. */
const peopleWithRole = (role: RoleKind, pattern: string, organisationId: string | null) =>
  sql<ReferenceRow>`select p.id, p.name || ' · ' || p.title as display, p.name_en as display_en
    from person p join role_assignment r on r.person_id = p.id and r.role = ${role}::text
    where (p.name ilike ${pattern} or p.name_en ilike ${pattern}) and (${organisationId}::text is null or r.organisation_id = ${organisationId}::text)`;

/** Kinds of references that are persons with the role of that name. */
const ROLE_KINDS = ['student', 'counsellor'] as const satisfies readonly (ReferenceKind & Role)[];
type RoleKind = (typeof ROLE_KINDS)[number];
const isRoleKind = (kind: ReferenceKind): kind is RoleKind => ROLE_KINDS.some((each) => each === kind);

/** One piece of master data by its id. */
export async function readReference(db: Database, kind: ReferenceKind, id: string): Promise<ReferenceRecord | null> {
  if (kind === 'exam' || kind === 'test') return readOrderable(db, kind, id);
  if (kind === 'standard') return readStandardReference(db, id);
  if (isRoleKind(kind)) return readPersonWithRole(db, kind, id);
  const row = await db.selectFrom(kind).select(['id', 'name', 'name_en']).where('id', '=', id).executeTakeFirst();
  return row ? { id: row.id, display: row.name, displayEn: row.name_en } : null;
}

async function readPersonWithRole(db: Database, role: RoleKind, id: string): Promise<ReferenceRecord | null> {
  const row = await db
    .selectFrom('person')
    .innerJoin('role_assignment', 'role_assignment.person_id', 'person.id')
    .select(['person.id', 'person.name', 'person.name_en'])
    .where('person.id', '=', id)
    .where('role_assignment.role', '=', role)
    .executeTakeFirst();
  return row ? { id: row.id, display: row.name, displayEn: row.name_en } : null;
}

async function readStandardReference(db: Database, id: string): Promise<ReferenceRecord | null> {
  const { rows } = await sql<ReferenceRow>`select id::text, concat_ws(' · ', number, title, version) as display,
    concat_ws(' · ', number, title, version) as display_en from standard where id::text = ${id}`.execute(db);
  return rows[0] ? { id: rows[0].id, display: rows[0].display, displayEn: rows[0].display_en } : null;
}

interface ReferenceRow {
  id: string;
  display: string;
  display_en: string;
}
