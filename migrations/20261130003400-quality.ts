import { type Kysely, sql } from 'kysely';

/** Instances that one instance started for many, and quality reporting: what is counted, who has to report, what was reported. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One instance of a flow for an organisation on an occasion, however often it is asked for.
    create table started_instance (
      service_key text not null,
      occasion text not null,
      organisation_id text not null references organisation,
      instance_id uuid not null references instance,
      starter_id uuid not null references instance,
      primary key (service_key, occasion, organisation_id)
    );

    create table indicator (
      code text not null,
      version integer not null,
      -- Whose it is; empty: the nation's.
      organisation_id text not null default '',
      definition jsonb not null,
      primary key (code, organisation_id, version)
    );
    create table indicator_set (
      code text not null,
      version integer not null,
      definition jsonb not null,
      primary key (code, version)
    );

    create table obligation (
      set_code text not null,
      organisation_id text not null references organisation,
      from_date date not null,
      to_date date,
      primary key (set_code, organisation_id, from_date)
    );
    create table exemption (
      set_code text not null,
      organisation_id text not null references organisation,
      from_date date not null,
      to_date date,
      reason text not null,
      by_person text references person,
      primary key (set_code, organisation_id, from_date)
    );

    -- Which organisation approves for a region.
    create table region_centre (
      region text not null,
      level text not null check (level in ('city', 'province')),
      organisation_id text not null references organisation,
      primary key (region, level)
    );

    -- Sums of a hospital, nothing of a patient. A correction is a row of its own, the old one stays.
    create table quality_report (
      set_code text not null,
      period text not null,
      organisation_id text not null references organisation,
      version integer not null,
      -- Null: brought over from before.
      instance_id uuid references instance,
      submitted_at timestamptz not null,
      is_on_time boolean not null,
      is_nothing boolean not null,
      verdict text not null,
      findings jsonb not null,
      figures jsonb not null,
      primary key (set_code, period, organisation_id, version)
    );
    -- A hospital's own series.
    create index quality_report_organisation on quality_report (organisation_id, set_code, period);
  `.execute(db);
}
