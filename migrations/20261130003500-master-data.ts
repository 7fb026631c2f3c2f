import { type Kysely, sql } from 'kysely';

/** Standard dictionaries in versions, the codes of hospitals for them, who serves what, and who changed any of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table dictionary_version (
      dictionary text not null,
      version integer not null,
      status text not null check (status in ('draft', 'approved')),
      valid_from date,
      entries jsonb not null,
      edited_by text[] not null,
      approved_by text references person,
      primary key (dictionary, version),
      check ((status = 'approved') = (valid_from is not null and approved_by is not null))
    );
    -- One draft at a time; no two versions from the same day on.
    create unique index dictionary_draft on dictionary_version (dictionary) where status = 'draft';
    create unique index dictionary_day on dictionary_version (dictionary, valid_from) where status = 'approved';

    create table code_mapping (
      id uuid primary key,
      dictionary text not null,
      standard_code text not null,
      organisation_id text not null references organisation,
      local_code text not null,
      local_name text not null,
      direction text not null check (direction in ('both', 'out', 'in', 'none')),
      valid_from date not null,
      valid_to date check (valid_to >= valid_from),
      status text not null check (status in ('draft', 'approved', 'suspended')),
      mapped_by text not null references person,
      checked_by text references person,
      -- Four eyes: who wrote it approves it at no door.
      check (checked_by is null or checked_by <> mapped_by),
      check (status <> 'approved' or checked_by is not null)
    );
    create index code_mapping_dictionary on code_mapping (dictionary, organisation_id, standard_code);

    create table service_point (
      id text primary key,
      organisation_id text not null references organisation,
      department_id text not null references department,
      team_id text not null references team,
      dictionary text not null,
      specimens text[] not null,
      hours_from text,
      hours_to text,
      open_orders_max integer check (open_orders_max >= 0),
      is_open boolean not null,
      check ((hours_from is null) = (hours_to is null))
    );
    create index service_point_dictionary on service_point (dictionary, organisation_id);

    create table master_data_change (
      id bigint generated always as identity primary key,
      at timestamptz not null default clock_timestamp(),
      by_person text not null references person,
      subject text not null,
      subject_id text not null,
      act text not null,
      reason text,
      before jsonb,
      after jsonb
    );
    -- The history of one thing, newest first.
    create index master_data_change_subject on master_data_change (subject, subject_id, id desc);
    create function refuse_master_data_change() returns trigger language plpgsql as $$
      begin
        raise exception 'The history of master data is append-only: % is refused.', tg_op;
      end $$;
    create trigger master_data_change_append_only before update or delete or truncate on master_data_change
      for each statement execute function refuse_master_data_change();
  `.execute(db);
}
