import type { Database } from './database.ts';

export interface StoredFile {
  readonly id: string;
  readonly instanceId: string | null;
  readonly byPerson: string;
  readonly at: string;
  /** Encrypted, like the contents. */
  readonly name: Buffer;
  readonly contentType: string;
  readonly size: number;
}

export interface NewFile {
  readonly id: string;
  readonly byPerson: string;
  readonly name: Buffer;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly chunks: readonly Buffer[];
  readonly wrappedKey: Buffer;
}

/** The file, its key and its encrypted chunks, all or nothing. */
export async function insertFile(db: Database, file: NewFile): Promise<StoredFile> {
  return db.transaction().execute(async (trx) => {
    await trx
      .insertInto('data_key')
      .values({ owner: `file:${file.id}`, wrapped: file.wrappedKey })
      .execute();
    const row = await trx
      .insertInto('file')
      .values({
        id: file.id,
        instance_id: null,
        by_person: file.byPerson,
        at: new Date(),
        name: file.name,
        content_type: file.contentType,
        size: file.size,
        sha256: file.sha256,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    for (const [n, body] of file.chunks.entries()) await trx.insertInto('file_chunk').values({ file_id: file.id, n, body }).execute();
    return fromRow(row);
  });
}

export async function readFile(db: Database, id: string): Promise<StoredFile | null> {
  const row = await db.selectFrom('file').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Of these files those that a person may attach to an instance: their own that lie nowhere yet, what is the instance's already, and what is carried to it. */
export async function readAttachableFiles(
  db: Database,
  query: { readonly ids: readonly string[]; readonly personId: string; readonly instanceId: string; readonly carried: ReadonlySet<string> },
): Promise<ReadonlyMap<string, { readonly contentType: string; readonly size: number }>> {
  const ids = query.ids.filter((id) => UUID.test(id));
  if (ids.length === 0) return new Map();
  const carried = ids.filter((id) => query.carried.has(id));
  const rows = await db
    .selectFrom('file')
    .select(['id', 'content_type', 'size'])
    .where('id', 'in', ids)
    .where((eb) =>
      eb.or([
        eb('instance_id', '=', query.instanceId),
        eb.and([eb('instance_id', 'is', null), eb('by_person', '=', query.personId)]),
        ...(carried.length > 0 ? [eb('id', 'in', carried)] : []),
      ]),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, { contentType: row.content_type, size: row.size }]));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function readFileChunks(db: Database, id: string): Promise<readonly Buffer[]> {
  const rows = await db.selectFrom('file_chunk').select('body').where('file_id', '=', id).orderBy('n').execute();
  return rows.map((row) => row.body);
}

export async function readFilesOfInstance(db: Database, instanceId: string): Promise<readonly StoredFile[]> {
  return (await db.selectFrom('file').selectAll().where('instance_id', '=', instanceId).orderBy('at').execute()).map(fromRow);
}

const fromRow = (row: {
  id: string;
  instance_id: string | null;
  by_person: string;
  at: Date;
  name: Buffer;
  content_type: string;
  size: number;
}): StoredFile => ({
  id: row.id,
  instanceId: row.instance_id,
  byPerson: row.by_person,
  at: row.at.toISOString(),
  name: row.name,
  contentType: row.content_type,
  size: row.size,
});
