import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from './database.ts';

export type ContentKind = 'graph' | 'bpmn' | 'dmn' | 'form' | 'set';

/** Contents are addressed by their hash and never change: inserting one twice is harmless. */
export async function insertContent(
  db: Database,
  content: { readonly hash: string; readonly kind: ContentKind; readonly text: string },
): Promise<void> {
  await db
    .insertInto('content')
    .values({ hash: content.hash, kind: content.kind, body: deflateRawSync(content.text) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function readContent(db: Database, hash: string, kind: ContentKind): Promise<string | null> {
  const row = await db.selectFrom('content').select('body').where('hash', '=', hash).where('kind', '=', kind).executeTakeFirst();
  return row ? inflateRawSync(row.body).toString('utf8') : null;
}

export async function isForm(db: Database, hash: string): Promise<boolean> {
  return (
    (await db.selectFrom('content').select('hash').where('hash', '=', hash).where('kind', '=', 'form').executeTakeFirst()) !== undefined
  );
}
