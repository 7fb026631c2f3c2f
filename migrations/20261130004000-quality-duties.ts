import { type Kysely, sql } from 'kysely';

/** Who gave and who ended obligations and exemptions; indicator sets in versions that one person writes and another publishes; who changed any of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Null persons: it came with the product, or from before. A row that was taken back before it began ends on the day before.
    alter table obligation
      drop constraint obligation_pkey,
      add column id uuid not null default gen_random_uuid() primary key,
      add column by_person text references person,
      add column ended_by text references person,
      add column end_reason text,
      add check (to_date is null or to_date >= from_date - 1),
      add check ((ended_by is null) = (end_reason is null));
    create unique index obligation_day on obligation (set_code, organisation_id, from_date) where to_date is null or to_date >= from_date;
    alter table exemption
      drop constraint exemption_pkey,
      add column id uuid not null default gen_random_uuid() primary key,
      add column ended_by text references person,
      add column end_reason text,
      add check (to_date is null or to_date >= from_date - 1),
      add check ((ended_by is null) = (end_reason is null));
    create unique index exemption_day on exemption (set_code, organisation_id, from_date) where to_date is null or to_date >= from_date;

    alter table indicator_set
      -- The first day of the first period that is asked by it; null: from the beginning.
      add column valid_from date,
      add column edited_by text[] not null default '{}',
      add column published_by text references person,
      -- Four eyes: who wrote it publishes it at no door.
      add check (published_by is null or (valid_from is not null and not published_by = any(edited_by)));
    create unique index indicator_set_day on indicator_set (code, valid_from);

    -- One at a time.
    create table indicator_set_draft (
      code text primary key,
      version integer not null,
      contents jsonb not null,
      edited_by text[] not null,
      revision integer not null
    );

    create table quality_change (
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
    -- The history of one set, newest first.
    create index quality_change_subject on quality_change (subject_id, id desc);
    create function refuse_quality_change() returns trigger language plpgsql as $$
      begin
        raise exception 'The history of quality reporting is append-only: % is refused.', tg_op;
      end $$;
    create trigger quality_change_append_only before update or delete or truncate on quality_change
      for each statement execute function refuse_quality_change();
  `.execute(db);
}
