import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

it('loses the transaction with its connection, between two of its statements too, and the process goes on', async () => {
  const { db } = world;
  const lost = db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    const pid = rows[0]?.pid;
    await sql`select pg_terminate_backend(${pid}::int)`.execute(db);
    await until(
      'the connection is gone',
      async () => (await sql`select from pg_stat_activity where pid = ${pid}::int`.execute(db)).rows.length === 0,
    );
    await sql`select 1`.execute(trx);
  });
  await expect(lost).rejects.toThrow();
  expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
});
