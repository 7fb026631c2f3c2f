import { type Kysely, sql } from 'kysely';

/** Histories of closed runs, kept beyond Temporal's retention, and what pages ask of workers (P24). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One row for each closed run: its history as Temporal's own bytes, compressed and encrypted under the instance's key.
    create table archive (
      run_id text primary key,
      -- No reference: archives are backed up on their own, and instances are recovered from them.
      instance_id uuid not null,
      -- The run that continued as this one.
      previous_run_id text,
      closed_at timestamptz not null,
      events integer not null,
      -- Of the body, so that whoever has no key can tell that it is what was written.
      sha256 bytea not null,
      body bytea not null,
      archived_at timestamptz not null default clock_timestamp()
    );
    -- All runs of an instance.
    create index archive_instance on archive (instance_id);
    create trigger archive_append_only before update or delete or truncate on archive for each statement execute function refuse_change();

    -- Runs that a rebuild terminated: no later run leads back to them.
    create table replaced_run (
      run_id text primary key,
      instance_id uuid not null references instance
    );
    create index replaced_run_instance on replaced_run (instance_id);

    -- The sweeper's queue. No step but the seal changes these columns, so updates of the row stay in place.
    alter table instance
      add column archive_due_at timestamptz not null default now(),
      add column archived_at timestamptz,
      add column archive_error text;
    -- An open instance is looked at once a day for runs that were closed meanwhile.
    alter table instance alter column archive_due_at set default clock_timestamp() + interval '1 day';
    create index instance_archive_due on instance (archive_due_at) where archived_at is null;
    -- The operators' count: sealed and not archived.
    create index instance_not_archived on instance (sealed_at) where archived_at is null and sealed_at is not null;

    create table errand (
      id uuid primary key default gen_random_uuid(),
      kind text not null,
      instance_id uuid references instance,
      by_person text not null references person,
      by_organisation text not null,
      reason text not null,
      asked_at timestamptz not null default clock_timestamp(),
      -- Pushed on while a worker is at it; when it is passed, another takes over.
      due_at timestamptz not null default clock_timestamp(),
      done integer not null default 0,
      total integer not null default 0,
      finished_at timestamptz,
      outcome jsonb
    );
    -- The workers' queue.
    create index errand_due on errand (due_at) where finished_at is null;
    -- One of a kind at a time; asking again finds it.
    create unique index errand_under_way on errand (kind, instance_id) nulls not distinct where finished_at is null;
    -- The newest of an instance.
    create index errand_newest on errand (kind, instance_id, asked_at desc);
  `.execute(db);
}
