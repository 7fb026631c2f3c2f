import { type Kysely, sql } from 'kysely';

/** Instances that no person starts: called by another one (P18), or begun by a message, a signal or a timer (P19, P22). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Nobody applied for what a message, a signal or a timer began.
    alter table instance alter column applicant_id drop not null;
    -- The call activity that an instance was started for.
    alter table instance add column caller_id uuid references instance, add column caller_effect text;
    -- The instances that an instance called.
    create index instance_caller on instance (caller_id) where caller_id is not null;
  `.execute(db);
}
