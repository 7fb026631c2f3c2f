import { type Kysely, sql } from 'kysely';

/** By which save a draft came to be what it is: whoever got no answer to it can tell that it was theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table draft add column save_id uuid`.execute(db);
}
