import { type Kysely, sql } from 'kysely';

/** Since when all clocks of an instance stand still; for lists and for the operators' page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table instance add column suspended_at timestamptz;
    -- The operators' page.
    create index instance_suspended on instance (id) where suspended_at is not null;
  `.execute(db);
}
