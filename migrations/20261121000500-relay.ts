import { type Kysely, sql } from 'kysely';

/** How far each instance's workflow has confirmed its journal (P10–P13). One row per unsealed instance. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table relay (
      instance_id uuid primary key references instance,
      last_seq integer not null,
      confirmed_seq integer not null default 0,
      -- When the next attempt is due; claim, release and the like ride along within 30 s.
      due_at timestamptz not null,
      unconfirmed_since timestamptz,
      lease_by text,
      lease_until timestamptz,
      attempts integer not null default 0,
      last_error text,
      -- An operator asked for the workflow to be built anew from the journal.
      rebuild boolean not null default false,
      stopped boolean not null default false
    ) with (fillfactor = 60);
    -- The relay's queue.
    create index relay_due on relay (due_at) where confirmed_seq < last_seq and not stopped;

    -- Workers announce themselves with the semantics they can decide (P23).
    create table worker (
      id text primary key,
      semantics integer[] not null,
      seen_at timestamptz not null
    );
  `.execute(db);
}
