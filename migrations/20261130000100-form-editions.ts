import { type Kysely, sql } from 'kysely';

/** Forms that are being changed: one open edition of each, its revisions, and who did what with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table form_edition (
      id uuid primary key,
      service_key text not null,
      form_key text not null,
      -- The version of the flow whose form it began with; null: the form is new.
      based_on integer,
      -- Hash of the form that this version pins.
      base_hash text,
      state text not null default 'draft' check (state in ('draft', 'in-review', 'published', 'discarded')),
      revision integer not null default 1,
      -- As it was written: the order of members is the author's.
      questionnaire json not null,
      -- How open drafts are carried over; null: as proposed.
      steps jsonb,
      published_version integer,
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default clock_timestamp(),
      updated_by text not null references person,
      check ((state = 'published') = (published_version is not null)),
      foreign key (service_key, published_version) references deployment
    );
    -- Which edition of a form is open: at most one.
    create unique index form_edition_open on form_edition (service_key, form_key) where state in ('draft', 'in-review');
    -- The history of a form.
    create index form_edition_form on form_edition (service_key, form_key, created_at);

    -- What it said at which revision, for whoever asks who changed what. A person's saves within a few minutes are one revision.
    create table form_revision (
      edition_id uuid not null references form_edition,
      revision integer not null,
      by_person text not null references person,
      begun_at timestamptz not null default clock_timestamp(),
      saved_at timestamptz not null default clock_timestamp(),
      questionnaire json not null,
      primary key (edition_id, revision)
    );

    create table form_edition_act (
      id bigint generated always as identity primary key,
      edition_id uuid not null references form_edition,
      act text not null check (act in ('begin', 'send-to-review', 'send-back', 'publish', 'discard')),
      by_person text not null references person,
      at timestamptz not null default clock_timestamp(),
      note text
    );
    create index form_edition_act_edition on form_edition_act (edition_id, id);
    create trigger form_edition_act_append_only before update or delete or truncate on form_edition_act
      for each statement execute function refuse_change();

    -- How answers go over from one form to another, as whoever published it decided.
    create table form_steps (
      from_hash text not null,
      to_hash text not null,
      steps jsonb not null,
      primary key (from_hash, to_hash)
    );
    -- Whose open drafts are of a form.
    create index draft_form on draft (form_hash);
  `.execute(db);
}
