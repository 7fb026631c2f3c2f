import { type Kysely, sql } from 'kysely';

/** Who may do what only a process qualifies for, such as carrying parcels; the role itself stands in `role_assignment` while it is active. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table qualification (
      person_id text not null references person (id),
      role text not null,
      organisation_id text not null references organisation (id),
      state text not null check (state in ('active', 'suspended', 'on-leave')),
      -- What a rule chooses by: building, sex. Coded, never free text.
      traits jsonb not null,
      changed_at timestamptz not null default clock_timestamp(),
      primary key (organisation_id, role, person_id)
    );
  `.execute(db);
}
