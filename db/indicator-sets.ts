/** Indicator sets in versions, the drafts of their next ones, and the history of what was changed in quality reporting. */
import { sql } from 'kysely';
import { type IndicatorDefinition, indicatorDefinition } from '#core/quality/indicator.ts';
import { indicatorSet } from '#core/quality/indicator-set.ts';
import { readDraft } from '#core/quality/set-draft.ts';
import type { PublishedSet, SetDraft, SetVersion } from '#core/quality/set-version.ts';
import { type Change, type ChangeQuery, insertChange, selectChanges } from './changes.ts';
import type { Database } from './database.ts';

/** All versions of a set, or of all; by code and number. */
export async function readSetVersions(db: Database, code: string | null = null): Promise<readonly SetVersion[]> {
  const { rows } = await sql<{ definition: unknown; valid_from: string | null; edited_by: string[]; published_by: string | null }>`
    select definition, valid_from::text, edited_by, published_by from indicator_set
    where ${code}::text is null or code = ${code}::text order by code, version`.execute(db);
  return rows.map((row) => ({
    set: indicatorSet.parse(row.definition),
    validFrom: row.valid_from,
    editedBy: row.edited_by,
    publishedBy: row.published_by,
  }));
}

/** A set is known by its first version. */
export async function storeSetVersion(db: Database, { set, validFrom, editedBy, publishedBy }: SetVersion): Promise<void> {
  await sql`insert into indicator_set (code, version, definition, valid_from, edited_by, published_by)
    values (${set.code}, ${set.version}, ${JSON.stringify(set)}::jsonb, ${validFrom}::date, ${editedBy}::text[], ${publishedBy})
    on conflict (code, version) do nothing`.execute(db);
}

export async function storeDefinition(db: Database, definition: IndicatorDefinition): Promise<void> {
  const { code, version, regime } = indicatorDefinition.parse(definition);
  const organisation = regime.kind === 'local' ? regime.organisationId : '';
  await sql`insert into indicator (code, version, organisation_id, definition)
    values (${code}, ${version}, ${organisation}, ${JSON.stringify(definition)}::jsonb) on conflict do nothing`.execute(db);
}

export async function storePublishedSet(db: Database, { version, definitions }: PublishedSet): Promise<void> {
  await storeSetVersion(db, version);
  for (const definition of definitions) await storeDefinition(db, definition);
  await removeSetDraft(db, version.set.code);
}

export async function readSetDraft(db: Database, code: string): Promise<SetDraft | null> {
  const { rows } = await sql<{ version: number; contents: unknown; edited_by: string[]; revision: number }>`
    select version, contents, edited_by, revision from indicator_set_draft where code = ${code}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const read = readDraft(row.contents);
  if (!read.ok) throw new Error(`The draft of ${code} cannot be read.`);
  return { version: row.version, contents: read.contents, editedBy: row.edited_by, revision: row.revision };
}

export async function storeSetDraft(db: Database, code: string, { version, contents, editedBy, revision }: SetDraft): Promise<void> {
  await sql`insert into indicator_set_draft (code, version, contents, edited_by, revision)
    values (${code}, ${version}, ${JSON.stringify(contents)}::jsonb, ${editedBy}::text[], ${revision})
    on conflict (code) do update set version = excluded.version, contents = excluded.contents, edited_by = excluded.edited_by,
      revision = excluded.revision`.execute(db);
}

export async function removeSetDraft(db: Database, code: string): Promise<void> {
  await sql`delete from indicator_set_draft where code = ${code}`.execute(db);
}

export const QUALITY_SUBJECTS = ['obligation', 'exemption', 'indicator-set'] as const;
export type QualityChange = Change<(typeof QUALITY_SUBJECTS)[number]>;

/** `subjectId`: the code of the set. */
export const noteQualityChange = (db: Database, change: Omit<QualityChange, 'id' | 'at'>): Promise<void> =>
  insertChange(db, 'quality_change', change);

export const readQualityChanges = (
  db: Database,
  asked: Omit<ChangeQuery, 'subjectId'> & { readonly setCode: string },
): Promise<readonly QualityChange[]> => selectChanges(db, 'quality_change', { ...asked, subjectId: asked.setCode });
