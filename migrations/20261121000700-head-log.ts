import { type Kysely, sql } from 'kysely';

/** The Merkle log over the heads of all chains, and its checkpoints (P6). Both only grow. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table logged_head (
      index bigint primary key,
      instance_id uuid not null references instance,
      seq integer not null,
      hash bytea not null
    );
    -- Which heads of an instance are in the log; a head is logged once.
    create unique index logged_head_instance on logged_head (instance_id, seq);
    create table checkpoint (
      size bigint primary key,
      root bytea not null,
      -- Roots of the complete subtrees, hex: what the next append begins with.
      frontier jsonb not null,
      at timestamptz not null default clock_timestamp()
    );
    create trigger logged_head_append_only before update or delete or truncate on logged_head for each statement execute function refuse_change();
    create trigger checkpoint_append_only before update or delete or truncate on checkpoint for each statement execute function refuse_change();
    -- The sweeper's question: which instances moved since the last checkpoint.
    create index instance_moved on instance (last_at);
  `.execute(db);
}
