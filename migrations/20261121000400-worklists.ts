import { type Kysely, sql } from 'kysely';

/** What people read: tasks, the inbox, copies, notices, who takes part. All written by the door in the step's own statement. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table task (
      instance_id uuid not null references instance,
      task_id text not null,
      element_id text not null,
      phase text,
      state text not null check (state in ('open', 'done', 'canceled')),
      candidates text[] not null,
      excluded text[] not null,
      assignee text references person,
      claimed_at timestamptz,
      priority integer not null,
      created_at timestamptz not null,
      due timestamptz,
      overdue boolean not null default false,
      done_by text references person,
      done_at timestamptz,
      outcome text,
      primary key (instance_id, task_id)
    ) with (fillfactor = 80);
    -- The list of what a person has done.
    create index task_done on task (done_by, done_at desc) where done_by is not null;

    -- One row per open task and principal. 'rank' is the urgency (0 emergency … 2 routine): clinical priority before time.
    create table inbox (
      principal text not null,
      list text not null check (list in ('todo', 'claimable')),
      rank smallint not null,
      due timestamptz not null,
      instance_id uuid not null,
      task_id text not null,
      service_key text not null,
      phase text not null,
      primary key (principal, list, rank, due, instance_id, task_id)
    );
    -- The same page filtered by service and link.
    create index inbox_filtered on inbox (principal, list, service_key, phase, rank, due);
    -- A step takes its task off every list.
    create index inbox_task on inbox (instance_id, task_id);

    create table copy (
      person_id text not null references person,
      instance_id uuid not null references instance,
      by_person text not null references person,
      at timestamptz not null,
      read_at timestamptz,
      primary key (person_id, instance_id)
    );
    create index copy_list on copy (person_id, at desc);

    -- Principals that hold or held a task of the instance: they may read it.
    create table participant (
      instance_id uuid not null references instance,
      principal text not null,
      primary key (instance_id, principal)
    );

    create table notice (
      id bigint generated always as identity primary key,
      person_id text not null references person,
      type text not null,
      instance_id uuid not null references instance,
      task_id text,
      element_id text,
      at timestamptz not null,
      read_at timestamptz
    );
    create index notice_list on notice (person_id, id desc);
    create index notice_unread on notice (person_id) where read_at is null;

    create table draft (
      id uuid primary key,
      person_id text not null references person,
      service_key text,
      instance_id uuid references instance,
      task_id text,
      form_hash text not null references content,
      version integer not null,
      saved_at timestamptz not null,
      body bytea not null,
      check ((service_key is null) <> (instance_id is null)),
      unique nulls not distinct (person_id, instance_id, task_id, id)
    );
    create unique index draft_task on draft (person_id, instance_id, task_id) where instance_id is not null;

    create table file (
      id uuid primary key,
      instance_id uuid references instance,
      by_person text not null references person,
      at timestamptz not null,
      name bytea not null,
      content_type text not null,
      size integer not null,
      sha256 bytea not null
    );
    create index file_instance on file (instance_id);
    create table file_chunk (
      file_id uuid not null references file on delete cascade,
      n integer not null,
      body bytea not null,
      primary key (file_id, n)
    );

    -- Who read which instance (requirements.md 8.11).
    create table access (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      person_id text not null,
      instance_id uuid not null,
      operation text not null
    );
    create index access_instance on access (instance_id, id);
  `.execute(db);
}
