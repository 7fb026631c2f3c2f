import { type Kysely, sql } from 'kysely';

/** Which instances were erased, by whom and why: without personal data, kept when the instance itself can be read no more (P25). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table erasure (
      instance_id uuid primary key references instance,
      by_person text not null references person,
      reason text not null,
      at timestamptz not null default clock_timestamp()
    );
    create trigger erasure_append_only before update or delete or truncate on erasure for each statement execute function refuse_change();
  `.execute(db);
}
