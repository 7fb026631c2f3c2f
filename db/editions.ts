/** Forms that are being changed (`core/version/edition.ts`): what they say, revision by revision, and who did what with them. */
import { sql } from 'kysely';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { type EditionMove, type EditionState, editionAfter } from '#core/version/edition.ts';
import type { Database } from './database.ts';

export interface FormKey {
  readonly serviceKey: string;
  readonly formKey: string;
}

export interface StoredEdition extends FormKey {
  readonly id: string;
  /** Version of the flow that it began with, and the hash of the form there; null: the form is new. */
  readonly basedOn: number | null;
  readonly baseHash: string | null;
  readonly state: EditionState;
  /** Counts saves that are told apart; who saves names the one that was seen. */
  readonly revision: number;
  /** Unparsed: it may be half written. */
  readonly questionnaire: object;
  readonly steps: readonly MigrationStep[] | null;
  readonly publishedVersion: number | null;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly acts: readonly EditionActRow[];
}

export interface EditionActRow {
  readonly act: 'begin' | EditionMove;
  readonly byPerson: string;
  readonly at: string;
  readonly note: string | null;
}

/** Newest first; the open ones of all forms, all of one form, or one. */
export async function readEditions(
  db: Database,
  query: Partial<FormKey> & { readonly id?: string; readonly isOpen?: boolean },
): Promise<readonly StoredEdition[]> {
  const { rows } = await sql<EditionRow>`
    select e.*, coalesce((select jsonb_agg(jsonb_build_object('act', a.act, 'byPerson', a.by_person, 'at', a.at, 'note', a.note) order by a.id)
      from form_edition_act a where a.edition_id = e.id), '[]') as acts
    from form_edition e
    where (${query.serviceKey ?? null}::text is null or e.service_key = ${query.serviceKey ?? null}::text)
      and (${query.formKey ?? null}::text is null or e.form_key = ${query.formKey ?? null}::text)
      and (${query.id ?? null}::uuid is null or e.id = ${query.id ?? null}::uuid)
      and (${query.isOpen ?? false} = false or e.state in ('draft', 'in-review'))
    order by e.created_at desc`.execute(db);
  return rows.map(fromRow);
}

export async function openEdition(db: Database, which: FormKey): Promise<StoredEdition | null> {
  return (await readEditions(db, { ...which, isOpen: true }))[0] ?? null;
}

/** It begins with another version of its flow from now on: what differs is what differs from that. */
export async function rebaseEdition(
  trx: Database,
  { id, basedOn, baseHash }: Pick<StoredEdition, 'id' | 'basedOn' | 'baseHash'>,
): Promise<void> {
  await trx.updateTable('form_edition').set({ based_on: basedOn, base_hash: baseHash }).where('id', '=', id).execute();
}

/** Null where another one of this form is open. */
export async function insertEdition(
  db: Database,
  edition: Pick<StoredEdition, 'id' | 'serviceKey' | 'formKey' | 'basedOn' | 'baseHash' | 'questionnaire'> & { readonly byPerson: string },
): Promise<StoredEdition | null> {
  const text = JSON.stringify(edition.questionnaire);
  return db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('form_edition')
      .values({
        id: edition.id,
        service_key: edition.serviceKey,
        form_key: edition.formKey,
        based_on: edition.basedOn,
        base_hash: edition.baseHash,
        questionnaire: text,
        updated_by: edition.byPerson,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return null;
    await insertRevision(trx, edition.id, { revision: 1, byPerson: edition.byPerson, text });
    await recordEditionAct(trx, edition.id, { act: 'begin', byPerson: edition.byPerson, note: null });
    return openEdition(trx, edition);
  });
}

/** The database's clock. */
const now = sql<never>`clock_timestamp()`;

/** For how long the saves of one person are one revision. */
const REVISION_MINUTES = 5;

/** Saves on top of the revision that was seen; null when somebody saved another one meanwhile, or it is no draft any more. */
export async function saveEdition(
  db: Database,
  edition: Pick<StoredEdition, 'id' | 'revision' | 'questionnaire' | 'steps'> & { readonly byPerson: string },
): Promise<StoredEdition | null> {
  const text = JSON.stringify(edition.questionnaire);
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('form_edition')
      .set({
        revision: edition.revision + 1,
        questionnaire: text,
        steps: edition.steps && JSON.stringify(edition.steps),
        updated_at: now,
        updated_by: edition.byPerson,
      })
      .where('id', '=', edition.id)
      .where('revision', '=', edition.revision)
      .where('state', '=', 'draft')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return null;
    const { rows } = await sql<{ revision: number }>`
      update form_revision set questionnaire = ${text}::json, saved_at = clock_timestamp()
      where edition_id = ${edition.id}::uuid and by_person = ${edition.byPerson} and revision > 1
        and revision = (select max(revision) from form_revision where edition_id = ${edition.id}::uuid)
        and begun_at > clock_timestamp() - make_interval(mins => ${REVISION_MINUTES})
        -- What somebody reviewed stays as it was.
        and begun_at > (select max(at) from form_edition_act where edition_id = ${edition.id}::uuid)
      returning revision`.execute(trx);
    if (rows.length === 0) await insertRevision(trx, edition.id, { revision: edition.revision + 1, byPerson: edition.byPerson, text });
    return (await readEditions(trx, { id: edition.id }))[0] ?? null;
  });
}

async function insertRevision(
  trx: Database,
  editionId: string,
  { revision, byPerson, text }: { readonly revision: number; readonly byPerson: string; readonly text: string },
): Promise<void> {
  await trx.insertInto('form_revision').values({ edition_id: editionId, revision, by_person: byPerson, questionnaire: text }).execute();
}

/** False where it is another text than the one that was seen, or not in a state in which this can be done. */
export async function moveEdition(
  trx: Database,
  {
    id,
    revision,
    from,
    ...act
  }: Omit<EditionActRow, 'at'> & {
    readonly id: string;
    readonly revision: number;
    readonly act: EditionMove;
    readonly from: EditionState;
    readonly publishedVersion?: number;
  },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('form_edition')
    .set({ state: editionAfter(act.act), published_version: act.publishedVersion ?? null })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('state', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await recordEditionAct(trx, id, act);
  return true;
}

async function recordEditionAct(trx: Database, id: string, { act, byPerson, note }: Omit<EditionActRow, 'at'>): Promise<void> {
  await trx.insertInto('form_edition_act').values({ edition_id: id, act, by_person: byPerson, note }).execute();
}

export interface StoredRevision {
  readonly revision: number;
  readonly byPerson: string;
  readonly begunAt: string;
  readonly savedAt: string;
  readonly questionnaire: object;
}

/** More than these are for whoever reads the database. */
const REVISIONS_MAX = 50;

/** Of the latest; oldest first. */
export async function readRevisions(db: Database, editionId: string): Promise<readonly StoredRevision[]> {
  const { rows } = await sql<RevisionRow>`select * from (select * from form_revision where edition_id = ${editionId}::uuid
    order by revision desc limit ${REVISIONS_MAX}) latest order by revision`.execute(db);
  return rows.map((row) => ({
    revision: row.revision,
    byPerson: row.by_person,
    begunAt: row.begun_at.toISOString(),
    savedAt: row.saved_at.toISOString(),
    questionnaire: row.questionnaire,
  }));
}

interface RevisionRow {
  revision: number;
  by_person: string;
  begun_at: Date;
  saved_at: Date;
  questionnaire: object;
}

interface EditionRow {
  id: string;
  service_key: string;
  form_key: string;
  based_on: number | null;
  base_hash: string | null;
  state: EditionState;
  revision: number;
  questionnaire: object;
  steps: readonly MigrationStep[] | null;
  published_version: number | null;
  updated_at: Date;
  updated_by: string;
  acts: readonly EditionActRow[];
}

const fromRow = (row: EditionRow): StoredEdition => ({
  id: row.id,
  serviceKey: row.service_key,
  formKey: row.form_key,
  basedOn: row.based_on,
  baseHash: row.base_hash,
  state: row.state,
  revision: row.revision,
  questionnaire: row.questionnaire,
  steps: row.steps,
  publishedVersion: row.published_version,
  updatedAt: row.updated_at.toISOString(),
  updatedBy: row.updated_by,
  acts: row.acts.map((act) => ({ ...act, at: new Date(act.at).toISOString() })),
});
