import { type Kysely, sql } from 'kysely';

/** The library of norms and standards, and what members did with them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One version of a standard as it was published: public in the network, so it is in clear (docs/decisions/0038).
    create table standard (
      -- The instance that brought it here.
      id uuid primary key references instance,
      number text,
      title text not null,
      version text not null,
      kind text not null,
      scope text not null,
      summary text,
      -- Null: nobody has to be trained.
      training text,
      effective date not null,
      adoption_deadline date not null,
      tiers text[] not null,
      kinds text[] not null,
      -- Of the text: [{id, name, contentType, size}].
      files jsonb not null,
      replaces uuid references standard,
      published_at timestamptz not null default now(),
      superseded_at timestamptz,
      superseded_by uuid references standard
    );

    -- A member is reached when an instance was started for it (started_instance); what it did then stands here.
    create table standard_adoption (
      standard_id uuid not null references standard,
      organisation_id text not null references organisation,
      read_at timestamptz,
      reported_at timestamptz,
      adopted text check (adopted in ('yes', 'partly', 'no')),
      obstacles text[] not null default '{}',
      -- Of the first report.
      is_on_time boolean,
      primary key (standard_id, organisation_id)
    );
    -- What a member was asked for; which standard an adoption is of.
    create index started_instance_organisation on started_instance (organisation_id, service_key);
    create index started_instance_instance on started_instance (instance_id);
  `.execute(db);
}
