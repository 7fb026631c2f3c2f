import { type Kysely, sql } from 'kysely';

/** From which period on the limits of a hospital's control chart begin anew, who decided so and why. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What was decided stays; another decision begins another phase.
    create table limit_decision (
      set_code text not null,
      organisation_id text not null references organisation,
      indicator_code text not null,
      from_period text not null,
      reason text not null,
      by_person text not null references person,
      decided_at timestamptz not null default now(),
      -- A hospital's charts.
      primary key (organisation_id, set_code, indicator_code, from_period)
    );
  `.execute(db);
}
