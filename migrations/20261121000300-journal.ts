import { type Kysely, sql } from 'kysely';

/** The record: instances with their folded state, the steps of their journal, and their keys (design.md 4, P3–P6). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Data keys wrapped by the key provider. Erasing the row of an instance erases the instance (P25).
    create table data_key (
      owner text primary key,
      wrapped bytea not null,
      created_at timestamptz not null default now()
    );
    create sequence instance_number;
    create table instance (
      id uuid primary key,
      number text not null unique,
      service_key text not null,
      graph_hash text not null references content,
      organisation_id text not null references organisation,
      applicant_id text not null references person,
      -- 'active' until its end; then the result of the process.
      status text not null,
      urgency text not null,
      title jsonb not null,
      -- The only personal column of the lists; emptied on erasure.
      patient_masked text,
      current_phases text[] not null,
      semantics integer not null,
      last_seq integer not null,
      last_hash bytea not null,
      last_at timestamptz not null,
      state bytea not null,
      created_at timestamptz not null,
      ended_at timestamptz,
      sealed_at timestamptz,
      incidents integer not null default 0,
      -- Set when the workflow came to another result; the door then refuses all but an operator's resolve (P13).
      divergence jsonb
    ) with (fillfactor = 70);
    -- The list of what a person started.
    create index instance_applicant on instance (applicant_id, created_at desc);
    -- The lists of administrators (own organisation) and auditors (all).
    create index instance_organisation on instance (organisation_id, created_at desc);
    create index instance_created on instance (created_at desc, id);
    -- The operators' page.
    create index instance_incidents on instance (last_at) where incidents > 0;
    create index instance_seal_pending on instance (ended_at) where ended_at is not null and sealed_at is null;
    create index instance_divergence on instance (last_at) where divergence is not null;

    create table step (
      instance_id uuid not null references instance,
      seq integer not null,
      at timestamptz not null,
      actor text not null,
      command_id uuid not null,
      command_type text not null,
      -- SHA-256 of the command's body: the same id with another body is refused (P4).
      body_hash bytea not null,
      -- HMAC of events and state under the instance's commitment key: verifies after erasure.
      commitment bytea not null,
      hash bytea not null,
      -- Command and events: deflated JSON under the instance's key.
      body bytea not null,
      primary key (instance_id, seq)
    );
    create unique index step_command on step (instance_id, actor, command_id);
    create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'The journal is append-only: % on % is refused.', tg_op, tg_table_name;
      end
    $$;
    create trigger step_append_only before update or delete or truncate on step for each statement execute function refuse_change();

    -- Final refusals, so that the same command gets the same answer (P4).
    create table refused_command (
      instance_id uuid not null references instance,
      actor text not null,
      command_id uuid not null,
      body_hash bytea not null,
      refusal jsonb not null,
      at timestamptz not null default now(),
      primary key (instance_id, actor, command_id)
    );

    create table submission (
      id uuid primary key,
      instance_id uuid not null references instance,
      seq integer not null,
      task_id text,
      element_id text not null,
      form_key text not null,
      form_hash text not null references content,
      by_person text not null references person,
      at timestamptz not null,
      hash text not null,
      body bytea not null
    );
    create index submission_instance on submission (instance_id, seq);
  `.execute(db);
}
