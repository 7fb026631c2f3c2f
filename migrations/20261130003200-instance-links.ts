import { type Kysely, sql } from 'kysely';

/** Which instance began another one by a message: its own life, but one course of care. And how far a participant may read whom no more is told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table instance_link (
      instance_id uuid primary key references instance,
      opened_by uuid not null references instance
    );
    -- What an instance opened, on its page.
    create index instance_link_opened_by on instance_link (opened_by);

    -- The last step that this participant may read; null: all.
    alter table participant add column until_seq integer;
  `.execute(db);
}
