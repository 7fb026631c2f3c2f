import { type Kysely, sql } from 'kysely';

/** Jobs that remote workers do, who may do which, and open incidents as rows of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One row per job that is offered. Its variables stay in the instance's encrypted state.
    create table remote_job (
      -- From instance and effect, so that an offer that comes twice is one.
      id uuid primary key,
      instance_id uuid not null references instance,
      effect_id text not null,
      job_type text not null,
      element_id text not null,
      offered_at timestamptz not null default now(),
      -- A job that failed is held back until then.
      available_at timestamptz not null,
      -- Counts the leases, so that a report of an earlier one is told apart.
      lease_no integer not null default 0,
      lease_by text references person,
      lease_worker text,
      lease_until timestamptz,
      -- Kept until the instance is sealed, so that a late result finds its instance.
      ended_at timestamptz
    ) with (fillfactor = 70);
    -- What workers ask for.
    create index remote_job_open on remote_job (job_type, available_at) where ended_at is null;
    -- What a step ends.
    create index remote_job_instance on remote_job (instance_id, effect_id);

    create table worker_job_type (
      person_id text not null references person,
      job_type text not null,
      primary key (person_id, job_type)
    );

    -- Open incidents. What failed in words stands in the instance's encrypted state.
    create table incident (
      instance_id uuid not null references instance,
      incident_id text not null,
      service_key text not null,
      element_id text not null,
      code text not null,
      raised_at timestamptz not null,
      primary key (instance_id, incident_id)
    );
    -- The operators' list, oldest first.
    create index incident_raised on incident (raised_at, instance_id, incident_id);
  `.execute(db);
}
