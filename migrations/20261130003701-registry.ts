import { type Kysely, sql } from 'kysely';

/** Registries of single diseases: which stays belong, and what their cases came to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table disease_set (
      code text primary key,
      definition jsonb not null
    );

    -- A stay that belongs to a disease. Its number stands here encrypted only; by a keyed commitment it is listed once.
    create table eligible_stay (
      id uuid primary key,
      -- Of the instance that its case is, once it is opened: it follows from the stay, so that there is never a second.
      case_id uuid not null unique,
      disease text not null references disease_set,
      organisation_id text not null references organisation,
      stay_match bytea not null,
      -- Stay number and department, under the registry key of the organisation.
      body bytea not null,
      icd text not null,
      discharged_on date not null,
      listed_by text not null references person,
      listed_at timestamptz not null default now(),
      -- Coded; null: it counts as eligible.
      exclusion text,
      unique (organisation_id, disease, stay_match)
    );
    -- The reconciliation of a disease, newest first.
    create index eligible_stay_disease on eligible_stay (disease, discharged_on desc);

    -- A row of a list that is another record of a listed stay, with the reason: encrypted, since words may say whose.
    create table stay_link (
      stay_id uuid not null references eligible_stay,
      by_person text not null references person,
      linked_at timestamptz not null default now(),
      body bytea not null
    );
    create index stay_link_stay on stay_link (stay_id);

    -- Codes and times of a case, nothing that identifies. A correction is a row of its own.
    create table disease_case (
      stay_id uuid not null references eligible_stay,
      version integer not null,
      instance_id uuid not null references instance,
      submitted_at timestamptz not null,
      is_on_time boolean not null,
      steps jsonb not null,
      outcome text not null,
      readmitted boolean not null,
      accepted_at timestamptz,
      primary key (stay_id, version)
    );
  `.execute(db);
}
