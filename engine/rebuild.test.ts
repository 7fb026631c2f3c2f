import { afterAll, beforeAll, expect, it } from 'vitest';
import { APPLICANT, aConsult } from '#test/support/consult.ts';
import { aFollowedWorld, type FollowedWorld } from '#test/support/followed-world.ts';
import { until } from '#test/support/until.ts';
import { runOneErrand } from './errands.ts';

const OPERATOR = 'p-kang-ning';

let world: FollowedWorld;
beforeAll(async () => {
  world = await aFollowedWorld();
});
afterAll(() => world.stop());

const handleOf = (id: string) => world.temporal.client.workflow.getHandle(id);
const isRunning = async (id: string) => (await handleOf(id).describe()).status.name === 'RUNNING';

it('builds every missing workflow anew and no other, with the operator’s reason in each journal', async () => {
  const [lost, alsoLost, kept, diverged] = await Promise.all(Array.from({ length: 4 }, () => aConsult(world, { waitingAt: 'review' })));
  if (!lost || !alsoLost || !kept || !diverged) throw new Error('Four were begun.');
  for (const { id } of [lost, alsoLost, kept, diverged]) await world.confirmed(id);
  for (const { id } of [lost, alsoLost, diverged]) await handleOf(id).terminate('planted');
  await world.asOwner("update instance set divergence = '{}' where id = $1", [diverged.id]);
  const runOfKept = (await handleOf(kept.id).describe()).runId;

  const asked = await world.call(OPERATOR, 'rebuildWorkflows', { reason: 'Temporal 的数据丢失' });
  expect(asked.rebuild).toMatchObject({ finishedAt: null, by: { id: OPERATOR } });
  expect(await runOneErrand(world.db, world.handlers, (error) => expect.unreachable(String(error)))).toBe(true);
  const { rebuild } = await world.call(OPERATOR, 'rebuild', {});
  expect(rebuild).toMatchObject({ id: asked.rebuild?.id, done: 4, total: 4, outcome: { looked: 4, rebuilt: 2, left: 1 } });

  for (const { id } of [lost, alsoLost]) {
    await until('it runs again', () => isRunning(id));
    await world.confirmed(id);
    const [last] = (await world.journal(id)).slice(-1);
    expect(last?.opened.command).toMatchObject({
      type: 'comment',
      text: 'Temporal 的数据丢失 (workflow-missing)',
      actor: { personId: OPERATOR },
    });
  }
  expect((await handleOf(kept.id).describe()).runId).toBe(runOfKept);
  expect(await isRunning(diverged.id)).toBe(false);
  await lost.advanceTo('end');
  await world.sealed(lost.id);
});

it('asked for again, by a page or by a worker that began anew, rebuilds nothing twice', async () => {
  const { id } = await aConsult(world, { waitingAt: 'review' });
  await world.confirmed(id);
  await handleOf(id).terminate('planted');
  await world.call(OPERATOR, 'rebuildWorkflows', { reason: '再来一次' });
  await world.call(OPERATOR, 'rebuildWorkflows', { reason: '又一次' });
  await runOneErrand(world.db, world.handlers, () => undefined);
  await until('it runs again', () => isRunning(id));
  await world.confirmed(id);
  const { lastSeq } = await world.instance(id);
  await world.asOwner('update errand set finished_at = null, outcome = null, due_at = now() where reason = $1', ['再来一次']);
  await runOneErrand(world.db, world.handlers, () => undefined);
  expect((await world.instance(id)).lastSeq).toBe(lastSeq);
  expect(await runOneErrand(world.db, world.handlers, () => undefined)).toBe(false);
  await expect(world.call(APPLICANT, 'rebuildWorkflows', { reason: '我也要' })).rejects.toMatchObject({ status: 404 });
});
