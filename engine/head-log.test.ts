import { afterAll, beforeAll, expect, it } from 'vitest';
import { inclusionProof, leafHash, provesInclusion } from '#core/journal/merkle.ts';
import { readHeads, readLoggedHead } from '#db/head-log.ts';
import { aConsult } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { logHeads } from './head-log.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

it('logs the head of every instance that moved, once, and proves that it is in the log', async () => {
  const consults = [await aConsult(world), await aConsult(world, { waitingAt: 'dispatch' }), await aConsult(world)];
  expect(await logHeads(world.db)).toBe(3);
  expect(await logHeads(world.db)).toBe(0);
  for (const { id } of consults) {
    const { lastHash, lastSeq } = await world.instance(id);
    const logged = await readLoggedHead(world.db, id);
    expect(logged).toMatchObject({ seq: lastSeq, hash: lastHash });
    if (!logged) return;
    const { checkpoint, index } = logged;
    const leaves = (await readHeads(world.db, checkpoint.size)).map(leafHash);
    const leaf = leafHash({ instanceId: id, seq: lastSeq, hash: lastHash });
    expect(provesInclusion({ leaf, index, size: checkpoint.size, proof: inclusionProof(leaves, index), root: checkpoint.root })).toBe(true);
  }
});

it('grows with the instances, and two sweepers at once log no head twice', async () => {
  await aConsult(world, { waitingAt: 'notify' });
  const logged = await Promise.all([logHeads(world.db), logHeads(world.db)]);
  expect(logged[0] + logged[1]).toBe(1);
});

it('can be changed by nobody, not even by the owner of the tables', async () => {
  for (const change of ["update checkpoint set root = '\\x00'", 'delete from logged_head', 'truncate checkpoint']) {
    await expect(world.asOwner(change)).rejects.toThrow('append-only');
  }
});
