import { type Kysely, sql } from 'kysely';

/** A recovery brings instances back one by one: one that was opened may come before what opened it, whose page links to it once it is there too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table instance_link drop constraint instance_link_opened_by_fkey`.execute(db);
}
