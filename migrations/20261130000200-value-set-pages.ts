import { type Kysely, sql } from 'kysely';

/** What terminology servers answered: asked for again when it is old, and used when it is old and they are away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table value_set_page (
      -- SHA-256 of server, value set and what was typed, which stands nowhere in clear.
      key text primary key,
      canonical text not null,
      -- Nothing else is in the set, or meets what was typed.
      is_complete boolean not null,
      -- Deflated JSON: codings.
      body bytea not null,
      fetched_at timestamptz not null default clock_timestamp()
    );
    -- The oldest go when there are too many.
    create index value_set_page_fetched on value_set_page (fetched_at desc);
  `.execute(db);
}
