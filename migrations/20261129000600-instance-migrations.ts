import { type Kysely, sql } from 'kysely';

/** Batches in which running instances go on in another version of their flow: what was asked, and what became of each instance. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table migration_batch (
      id uuid primary key,
      service_key text not null,
      from_version integer not null,
      to_version integer not null,
      graph_hash text not null references content,
      mapping jsonb not null,
      reason text not null,
      by_person text not null references person,
      state text not null check (state in ('running', 'paused', 'done')),
      created_at timestamptz not null default clock_timestamp()
    );
    -- The loop's question: what is under way.
    create index migration_batch_running on migration_batch (created_at) where state = 'running';
    create index migration_batch_flow on migration_batch (service_key, created_at desc);
    create table migration_row (
      batch_id uuid not null references migration_batch,
      instance_id uuid not null references instance,
      state text not null default 'pending' check (state in ('pending', 'migrated', 'refused')),
      code text,
      at timestamptz,
      primary key (batch_id, instance_id)
    );
    create index migration_row_pending on migration_row (batch_id, instance_id) where state = 'pending';
  `.execute(db);
}
