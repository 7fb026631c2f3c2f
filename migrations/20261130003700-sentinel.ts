import { type Kysely, sql } from 'kysely';

/** Sentinel surveillance: what is watched, by which hospitals since when, and what they reported. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sentinel_topic (
      code text primary key,
      definition jsonb not null
    );

    -- The roster. A designation is ended, never removed: who was obliged in a period must stay known.
    create table sentinel_site (
      topic text not null references sentinel_topic,
      organisation_id text not null references organisation,
      from_date date not null,
      to_date date,
      designated_by text not null references person,
      designated_at timestamptz not null default now(),
      ended_by text references person,
      end_reason text,
      primary key (topic, organisation_id, from_date),
      check (to_date is null or to_date >= from_date),
      check ((ended_by is null) = (end_reason is null))
    );
    -- A hospital is designated once at a time.
    create unique index sentinel_site_current on sentinel_site (topic, organisation_id) where to_date is null;

    -- Sums of a hospital, nothing of a patient. A correction is a row of its own; each keeps the limit by which it was judged.
    create table sentinel_report (
      topic text not null references sentinel_topic,
      period text not null,
      organisation_id text not null references organisation,
      version integer not null,
      instance_id uuid not null references instance,
      submitted_at timestamptz not null,
      is_on_time boolean not null,
      counts jsonb not null,
      level text not null check (level in ('none', 'yellow', 'red')),
      case_limit numeric not null,
      primary key (topic, period, organisation_id, version)
    );
    -- A hospital's own series.
    create index sentinel_report_organisation on sentinel_report (organisation_id, topic, period);
  `.execute(db);
}
