import { afterAll, beforeAll, expect, it } from 'vitest';
import { aConsult } from '#test/support/consult.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

it('a step that moves its instance touches no index of the instance', async () => {
  const updates = async () => {
    const [row] = await world.asOwner(
      "select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'instance'",
    );
    return row as { readonly all: number; readonly hot: number };
  };
  const consult = await aConsult(world);
  await consult.complete('review', { outcome: 'approve' });
  await consult.complete('dispatch');
  // Each connection tells its counts about once a second, when it is used.
  const told = await until('the database has counted', async () => {
    await world.call(consult.applicant, 'instance', { id: consult.id });
    const counted = await updates();
    return counted.all >= 4 && counted;
  });
  expect(told.hot).toBe(told.all);
});
