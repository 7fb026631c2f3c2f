/** Moves the clock of a test's database on: the only clock that journal, deadlines and rates know (P1). Temporal's timers keep their own. */
import pg from 'pg';

/** Connections that are opened from now on read the clock that `move` moves. */
export async function movableClock(databaseUrl: string, adminUrl: string): Promise<{ readonly move: (byMs: number) => Promise<void> }> {
  const url = new URL(adminUrl);
  url.pathname = new URL(databaseUrl).pathname;
  const asAdmin = async (statements: string, values?: readonly unknown[]): Promise<void> => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      await client.query(statements, values && [...values]);
    } finally {
      await client.end();
    }
  };
  // What stands before pg_catalog in the search path takes the place of its functions.
  await asAdmin(`
    create schema moved;
    create table moved.clock (ahead interval not null);
    insert into moved.clock values ('0');
    create function moved.clock_timestamp() returns timestamptz language sql volatile
      as 'select pg_catalog.clock_timestamp() + (select ahead from moved.clock)';
    grant usage on schema moved to public;
    grant select on moved.clock to public;
    alter database ${pg.escapeIdentifier(url.pathname.slice(1))} set search_path = moved, pg_catalog, public;
  `);
  return { move: (byMs) => asAdmin(`update moved.clock set ahead = ahead + make_interval(secs => $1::float8)`, [byMs / 1_000]) };
}
