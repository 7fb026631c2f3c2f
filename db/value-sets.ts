/** Pages of value sets as terminology servers gave them. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Page } from '#core/form/terminology/answers.ts';
import type { Database } from './database.ts';

export interface StoredPage {
  readonly page: Page;
  readonly ageMs: number;
}

export async function readStoredPage(db: Database, key: string): Promise<StoredPage | null> {
  const row = await db
    .selectFrom('value_set_page')
    .select(['is_complete', 'body', sql<number>`(extract(epoch from clock_timestamp() - fetched_at) * 1000)::float8`.as('age_ms')])
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return null;
  // Written by us from the same type.
  const codings = JSON.parse(inflateRawSync(row.body).toString('utf8')) as Page['codings'];
  return { page: { codings, isComplete: row.is_complete }, ageMs: row.age_ms };
}

/** What people type makes ever new pages: the oldest go. */
const PAGES_MAX = 5_000;

export async function storePage(
  db: Database,
  { key, canonical, page }: { readonly key: string; readonly canonical: string; readonly page: Page },
): Promise<void> {
  const body = deflateRawSync(JSON.stringify(page.codings));
  await sql`
    insert into value_set_page (key, canonical, is_complete, body) values (${key}, ${canonical}, ${page.isComplete}, ${body})
    on conflict (key) do update set is_complete = excluded.is_complete, body = excluded.body, fetched_at = clock_timestamp()`.execute(db);
  await sql`
    delete from value_set_page where key in
      (select key from value_set_page order by fetched_at desc offset ${sql.lit(PAGES_MAX)})`.execute(db);
}
