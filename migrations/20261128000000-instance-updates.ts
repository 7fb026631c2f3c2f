import { type Kysely, sql } from 'kysely';

/**
 * Every step updates its instance's row. It stays where it is (a HOT update, which touches no index) only while no B-tree names a
 * column that every step changes; `last_at` was in three.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index instance_incidents, instance_divergence, instance_moved;
    -- The operators' page.
    create index instance_incidents on instance (id) where incidents > 0;
    create index instance_divergence on instance (id) where divergence is not null;
    -- The sweeper's question: which instances moved since the last checkpoint. BRIN summarises pages and does not hinder HOT updates.
    create index instance_moved on instance using brin (last_at) with (autosummarize = on, pages_per_range = 16);
  `.execute(db);
}
