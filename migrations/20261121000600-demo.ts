import { type Kysely, sql } from 'kysely';

/** Whom the sign-in page of a sample network offers. Empty everywhere else. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table demo_person (
      person_id text primary key references person,
      position integer not null
    );
  `.execute(db);
}
