/** Dictionaries, mappings, service points, and the history of their changes. Dates are texts as ISO has them. */
import { sql } from 'kysely';
import type { DictionaryKey, DictionaryVersion, Entry, Specimen } from '#core/master-data/dictionary.ts';
import type { Direction, Mapping, MappingStatus } from '#core/master-data/mapping.ts';
import type { ServicePoint } from '#core/master-data/routing.ts';
import { type Change, type ChangeQuery, insertChange, selectChanges } from './changes.ts';
import type { Database } from './database.ts';

/** One change at a time: what is decided on is what is there when it is written. */
export const changingMasterData = <T>(db: Database, change: (trx: Database) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('master-data', 0))`.execute(trx);
    return change(trx);
  });

/** All versions of a dictionary, or of all; by dictionary and number. */
export async function readDictionaryVersions(db: Database, dictionary: DictionaryKey | null = null): Promise<readonly DictionaryVersion[]> {
  const { rows } = await sql<VersionRow>`
    select dictionary, version, status, valid_from::text, entries, edited_by, approved_by from dictionary_version
    where ${dictionary}::text is null or dictionary = ${dictionary}::text order by dictionary, version`.execute(db);
  return rows.map((row) => {
    const head = { dictionary: row.dictionary, version: row.version, entries: row.entries, editedBy: row.edited_by };
    return row.status === 'approved' && row.valid_from !== null && row.approved_by !== null
      ? { ...head, status: 'approved', validFrom: row.valid_from, approvedBy: row.approved_by }
      : { ...head, status: 'draft' };
  });
}

interface VersionRow {
  dictionary: DictionaryKey;
  version: number;
  status: 'draft' | 'approved';
  valid_from: string | null;
  entries: Entry[];
  edited_by: string[];
  approved_by: string | null;
}

export async function storeDictionaryVersion(db: Database, version: DictionaryVersion): Promise<void> {
  const { dictionary, version: number, status, entries, editedBy } = version;
  const approved = status === 'approved' ? version : null;
  await sql`insert into dictionary_version (dictionary, version, status, valid_from, entries, edited_by, approved_by)
    values (${dictionary}, ${number}, ${status}, ${approved?.validFrom ?? null}::date, ${JSON.stringify(entries)}::jsonb, ${editedBy}::text[],
      ${approved?.approvedBy ?? null})
    on conflict (dictionary, version) do update set status = excluded.status, valid_from = excluded.valid_from, entries = excluded.entries,
      edited_by = excluded.edited_by, approved_by = excluded.approved_by
    where dictionary_version.status = 'draft'`.execute(db);
}

export async function removeDictionaryDraft(db: Database, dictionary: DictionaryKey): Promise<void> {
  await sql`delete from dictionary_version where dictionary = ${dictionary} and status = 'draft'`.execute(db);
}

interface OrderableRecord {
  readonly id: string;
  readonly display: string;
  readonly displayEn: string;
}

const orderable = (code: string, name: Entry['name']): OrderableRecord => ({ id: code, display: name['zh-CN'], displayEn: name.en ?? '' });

/** Entries that hold today where the platform is, found by a part of code or name. */
export async function searchOrderables(
  db: Database,
  dictionary: DictionaryKey,
  text: string,
  limit: number,
): Promise<readonly OrderableRecord[]> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<{ code: string; name: Entry['name'] }>`
    select e->>'code' as code, e->'name' as name
    from (select entries from dictionary_version
      where dictionary = ${dictionary} and status = 'approved'
        and valid_from <= (select (now() at time zone zone)::date from organisation where is_platform)
      order by valid_from desc limit 1) v, jsonb_array_elements(v.entries) e
    where e->>'code' ilike ${pattern} or e->'name'->>'zh-CN' ilike ${pattern} or e->'name'->>'en' ilike ${pattern}
    order by 1 limit ${sql.lit(limit)}`.execute(db);
  return rows.map(({ code, name }) => orderable(code, name));
}

/** Also of versions that are over: what was ordered keeps its name. */
export async function readOrderable(db: Database, dictionary: DictionaryKey, code: string): Promise<OrderableRecord | null> {
  const { rows } = await sql<{ name: Entry['name'] }>`
    select e->'name' as name from dictionary_version v, jsonb_array_elements(v.entries) e
    where v.dictionary = ${dictionary} and v.status = 'approved' and e->>'code' = ${code} order by v.valid_from desc limit 1`.execute(db);
  const row = rows[0];
  return row ? orderable(code, row.name) : null;
}

export async function readMappings(db: Database, dictionary: DictionaryKey | null = null): Promise<readonly Mapping[]> {
  const { rows } = await sql<MappingRecord>`
    select id, dictionary, standard_code, organisation_id, local_code, local_name, direction, valid_from::text, valid_to::text, status, mapped_by,
      checked_by
    from code_mapping where ${dictionary}::text is null or dictionary = ${dictionary}::text
    order by organisation_id, standard_code, valid_from, id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    dictionary: row.dictionary,
    standardCode: row.standard_code,
    organisationId: row.organisation_id,
    localCode: row.local_code,
    localName: row.local_name,
    direction: row.direction,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    status: row.status,
    mappedBy: row.mapped_by,
    checkedBy: row.checked_by,
  }));
}

interface MappingRecord {
  id: string;
  dictionary: DictionaryKey;
  standard_code: string;
  organisation_id: string;
  local_code: string;
  local_name: string;
  direction: Direction;
  valid_from: string;
  valid_to: string | null;
  status: MappingStatus;
  mapped_by: string;
  checked_by: string | null;
}

/** Only who stands behind it and how it stands change after it was written. */
export async function storeMapping(db: Database, mapping: Mapping): Promise<void> {
  const { id, dictionary, standardCode, organisationId, localCode, localName, direction, validFrom, validTo } = mapping;
  await sql`insert into code_mapping (id, dictionary, standard_code, organisation_id, local_code, local_name, direction, valid_from, valid_to, status,
      mapped_by, checked_by)
    values (${id}::uuid, ${dictionary}, ${standardCode}, ${organisationId}, ${localCode}, ${localName}, ${direction}, ${validFrom}::date,
      ${validTo}::date, ${mapping.status}, ${mapping.mappedBy}, ${mapping.checkedBy})
    on conflict (id) do update set status = excluded.status, mapped_by = excluded.mapped_by, checked_by = excluded.checked_by`.execute(db);
}

export async function readServicePoints(db: Database, dictionary: DictionaryKey | null = null): Promise<readonly ServicePoint[]> {
  const { rows } = await sql<PointRecord>`
    select id, organisation_id, department_id, team_id, dictionary, specimens, hours_from, hours_to, open_orders_max, is_open from service_point
    where ${dictionary}::text is null or dictionary = ${dictionary}::text order by dictionary, organisation_id, id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    departmentId: row.department_id,
    teamId: row.team_id,
    dictionary: row.dictionary,
    specimens: row.specimens,
    hours: row.hours_from !== null && row.hours_to !== null ? { from: row.hours_from, to: row.hours_to } : null,
    openOrdersMax: row.open_orders_max,
    isOpen: row.is_open,
  }));
}

interface PointRecord {
  id: string;
  organisation_id: string;
  department_id: string;
  team_id: string;
  dictionary: DictionaryKey;
  specimens: Specimen[];
  hours_from: string | null;
  hours_to: string | null;
  open_orders_max: number | null;
  is_open: boolean;
}

export async function storeServicePoint(db: Database, point: ServicePoint): Promise<void> {
  const { id, organisationId, departmentId, teamId, dictionary, specimens, hours, openOrdersMax, isOpen } = point;
  await sql`insert into service_point (id, organisation_id, department_id, team_id, dictionary, specimens, hours_from, hours_to, open_orders_max, is_open)
    values (${id}, ${organisationId}, ${departmentId}, ${teamId}, ${dictionary}, ${specimens}::text[], ${hours?.from ?? null}, ${hours?.to ?? null},
      ${openOrdersMax}::int, ${isOpen})
    on conflict (id) do update set specimens = excluded.specimens, hours_from = excluded.hours_from, hours_to = excluded.hours_to,
      open_orders_max = excluded.open_orders_max, is_open = excluded.is_open`.execute(db);
}

/** The department and the team are there, and both of the hospital. */
export async function isPlaceOf(
  db: Database,
  { organisationId, departmentId, teamId }: Pick<ServicePoint, 'organisationId' | 'departmentId' | 'teamId'>,
): Promise<boolean> {
  const { rows } = await sql<{ is_there: boolean }>`
    select exists (select 1 from department d, team t where d.id = ${departmentId} and d.organisation_id = ${organisationId}
      and t.id = ${teamId} and t.organisation_id = ${organisationId}) as is_there`.execute(db);
  return rows[0]?.is_there ?? false;
}

/** Orders at each point in which its team has something to do: offered to the team, or in the hands of one of its members. */
export async function readLoad(db: Database, serviceKey: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ id: string; open: number }>`
    select p.id, count(distinct i.instance_id)::int as open
    from service_point p
      join lateral (select 'team:' || p.team_id as principal
        union all select 'person:' || m.person_id from team_member m where m.team_id = p.team_id) h on true
      join inbox i on i.principal = h.principal and i.list in ('todo', 'claimable') and i.service_key = ${serviceKey}
    group by p.id`.execute(db);
  return Object.fromEntries(rows.map(({ id, open }) => [id, open]));
}

/** What the rules of routing read of a hospital. */
export interface RoutedOrganisation {
  readonly id: string;
  readonly tie: string;
  readonly tier: string;
  readonly region: string;
  readonly zone: string;
}

export async function readRoutedOrganisations(db: Database): Promise<readonly RoutedOrganisation[]> {
  const { rows } = await sql<RoutedOrganisation>`select id, tie, tier, city as region, zone from organisation`.execute(db);
  return rows;
}

/** Instances of a service in which the platform's operators have this element to do. */
export async function readWaitingAt(
  db: Database,
  { serviceKey, elementId }: { readonly serviceKey: string; readonly elementId: string },
): Promise<readonly string[]> {
  const { rows } = await sql<{ instance_id: string }>`
    select distinct i.instance_id
    from organisation o
      join lateral (select 'role:operator@' || o.id as principal
        union all select 'person:' || r.person_id from role_assignment r where r.role = 'operator' and r.organisation_id = o.id) h on true
      join inbox i on i.principal = h.principal and i.list in ('todo', 'claimable') and i.service_key = ${serviceKey}
      join task t on t.instance_id = i.instance_id and t.task_id = i.task_id and t.element_id = ${elementId}
    where o.is_platform`.execute(db);
  return rows.map((row) => row.instance_id);
}

export const CHANGED_SUBJECTS = ['dictionary', 'mapping', 'service-point'] as const;
export type ChangedSubject = (typeof CHANGED_SUBJECTS)[number];

export type MasterDataChange = Change<ChangedSubject>;

export const noteChange = (db: Database, change: Omit<MasterDataChange, 'id' | 'at'>): Promise<void> =>
  insertChange(db, 'master_data_change', change);

export const readChanges = (
  db: Database,
  asked: ChangeQuery & { readonly subject: ChangedSubject | null },
): Promise<readonly MasterDataChange[]> => selectChanges(db, 'master_data_change', asked);
