import { type Kysely, sql } from 'kysely';

/** The Temporal Schedules of timer start events, so that they follow from what is deployed and Temporal need not be searched (P19). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table schedule (
      id text primary key,
      -- What it was made of: another timer makes another schedule.
      timer text not null,
      -- What a duration or an interval is counted from; kept when Temporal is made anew.
      since timestamptz not null default clock_timestamp()
    );
  `.execute(db);
}
