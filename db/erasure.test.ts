import { afterAll, beforeAll, expect, it } from 'vitest';
import { logHeads } from '#engine/head-log.ts';
import { APPLICANT, aConsult } from '#test/support/consult.ts';
import { confirmAll, seal } from '#test/support/seal.ts';
import { aWorld, type World } from '#test/support/world.ts';

const OPERATOR = 'p-kang-ning';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

it('refuses to erase an instance whose workflow still needs its key', async () => {
  const { id } = await aConsult(world);
  await expect(world.call(OPERATOR, 'eraseInstance', { id, reason: '试验' })).rejects.toMatchObject({
    status: 409,
    view: { code: 'not-sealed' },
  });
  await expect(world.call(APPLICANT, 'instance', { id })).resolves.toBeDefined();
});

it('erases a sealed instance: nobody reads it any more, the chain and the log of heads stay, and who erased it is kept', async () => {
  const { id } = await aConsult(world, { waitingAt: 'end' });
  await seal(world, id);
  // Until the workflow has confirmed the last step as well, it needs the key.
  await expect(world.call(OPERATOR, 'eraseInstance', { id, reason: '试验' })).rejects.toMatchObject({ view: { code: 'not-sealed' } });
  await confirmAll(world, id);
  await logHeads(world.db);
  const before = await world.asOwner('select seq, hash, commitment from step where instance_id = $1 order by seq', [id]);
  await world.call(OPERATOR, 'eraseInstance', { id, reason: '患者要求删除' });
  await expect(world.call(APPLICANT, 'instance', { id })).rejects.toMatchObject({ status: 404 });
  expect(await world.asOwner('select seq, hash, commitment from step where instance_id = $1 order by seq', [id])).toEqual(before);
  expect(await world.asOwner('select patient_masked from instance where id = $1', [id])).toEqual([{ patient_masked: null }]);
  expect(await world.asOwner('select by_person, reason from erasure where instance_id = $1', [id])).toEqual([
    { by_person: OPERATOR, reason: '患者要求删除' },
  ]);
  const { rows } = await world.call(APPLICANT, 'inbox', { list: 'started' });
  expect(rows.find((row) => row.instanceId === id)?.patient).toBeNull();
});
