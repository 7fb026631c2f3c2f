import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endEvent, startEvent, timerBoundary, userTask } from '#test/support/bpmn.ts';
import { historyContains, historyOf } from '#test/support/history.ts';
import { deployProbe, startProbe } from '#test/support/probe.ts';
import { until } from '#test/support/until.ts';
import { aWholePath, type WholePath } from '#test/support/whole-path.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { migrateSome, startMigrator } from './migrator.ts';

const OPERATOR = 'p-kang-ning';
const APPLICANT = 'p-wu-tong';

let world: World;
let path: WholePath;

/** Every test has a flow of its own: the same set again would be the same version. */
let flow = '';
let flows = 0;
beforeEach(() => {
  flows += 1;
  flow = `probe-${flows}`;
});
const line = (...ids: readonly string[]) =>
  deployProbe(world, flow, startEvent + ids.map((id) => userTask(id)).join('') + endEvent(), ['start', ...ids, 'end'].join(' > '));

beforeAll(async () => {
  world = await aWorld();
  // Without a cache every workflow task replays the whole history, the change of the graph included.
  path = await aWholePath(world, { cacheSize: 0 });
});
afterAll(async () => {
  await path.stop();
  await world.stop();
});

const newest = async () => {
  const { flows: found } = await world.call(OPERATOR, 'definitions', {});
  return found.find(({ key }) => key === flow)?.versions[0]?.version ?? 0;
};
const migrate = (id: string, version: number, mapping = {}) =>
  world.call(OPERATOR, 'migrateInstance', { id, commandId: randomUUID(), version, mapping, reason: '流程更新' });
async function complete(id: string): Promise<void> {
  const [task] = Object.values((await world.state(id)).tasks);
  await world.call(APPLICANT, 'completeTask', { id, taskId: task?.taskId ?? '', commandId: randomUUID() });
}
const openAt = async (id: string) => Object.values((await world.state(id)).tasks).map(({ elementId }) => elementId);

describe('a migrated instance', () => {
  it('goes on in the other version, at the door and in its workflow, to its seal', async () => {
    await line('one');
    const id = await startProbe(world, flow);
    await path.confirmed(id);
    await line('one', 'two');
    const to = await newest();
    await migrate(id, to);
    await path.confirmed(id);
    expect((await world.instance(id)).definitionVersion).toBe(to);
    await complete(id);
    expect(await openAt(id)).toEqual(['two']);
    await path.confirmed(id);
    await complete(id);
    await path.sealed(id);
    // Graphs travel as their hash, also the one that it adopted.
    expect(historyContains(await historyOf(path.temporal.client, id), '"processes"')).toBe(false);
    const { timeline } = await world.call(APPLICANT, 'instance', { id });
    expect(timeline).toContainEqual(expect.objectContaining({ type: 'migrated', data: { version: to }, reason: '流程更新' }));
  });

  it('is rebuilt from its journal by the versions that it walked through', async () => {
    await line('one');
    const id = await startProbe(world, flow);
    await path.confirmed(id);
    await line('uno', 'two');
    await migrate(id, await newest(), { one: 'uno' });
    await path.confirmed(id);
    await path.temporal.client.workflow.getHandle(id).terminate('lost');
    await complete(id);
    await until('the relay stops', async () => {
      const { rows } = await world.call(OPERATOR, 'operationsInstances', { problem: 'stopped' });
      return rows.some(({ instanceId }) => instanceId === id);
    });
    await world.call(OPERATOR, 'resolveInstance', { id, commandId: randomUUID(), reason: '重建' });
    await path.confirmed(id);
    expect(await openAt(id)).toEqual(['two']);
    await complete(id);
    await path.sealed(id);
  });

  it('is told to an auditor as it stood in each version', async () => {
    await line('one');
    const id = await startProbe(world, flow);
    await line('uno', 'two');
    await migrate(id, await newest(), { one: 'uno' });
    const [before, after] = await Promise.all([1, 2].map((seq) => world.call('p-ye-zhou', 'auditMoment', { id, seq })));
    expect([before?.diagram.active, after?.diagram.active]).toEqual([['one'], ['uno']]);
    expect(before?.diagram.definitionHash).not.toBe(after?.diagram.definitionHash);
    expect((await world.call('p-ye-zhou', 'audit', { id })).chain.valid).toBe(true);
  });

  it('arms timers that are new, and they fire', async () => {
    await line('one');
    const id = await startProbe(world, flow);
    await path.confirmed(id);
    await deployProbe(
      world,
      flow,
      `${startEvent}${userTask('one')}${timerBoundary('late', 'one', 'PT1S')}${endEvent()}${endEvent('missed')}`,
      'start > one > end',
      'late > missed',
    );
    await migrate(id, await newest());
    await path.sealed(id);
    expect((await world.state(id)).status).toBe('completed');
  });
});

describe('a trial of a migration', () => {
  it('says of every running instance whether it could go on, and why not, and changes nothing', async () => {
    await line('a', 'b');
    const from = await newest();
    const stays = await startProbe(world, flow);
    const goes = await startProbe(world, flow);
    await complete(goes);
    await line('x', 'b');
    const to = await newest();
    const before = await Promise.all([stays, goes].map((id) => world.instance(id)));
    const report = await world.call(OPERATOR, 'tryMigration', { key: flow, version: from, to, mapping: {} });
    const outcome = (id: string) => report.outcomes.find(({ instanceId }) => instanceId === id)?.refusal;
    expect(outcome(stays)).toEqual({ code: 'element-missing', data: { elementId: 'a' } });
    expect(outcome(goes)).toBeNull();
    expect(await Promise.all([stays, goes].map((id) => world.instance(id)))).toEqual(before);
    const again = await world.call(OPERATOR, 'tryMigration', { key: flow, version: from, to, mapping: { a: 'x' } });
    expect(again.outcomes.map(({ refusal }) => refusal)).toEqual([null, null]);
    await expect(migrate(stays, to)).rejects.toMatchObject({ view: { code: 'element-missing' } });
    await migrate(stays, to, { a: 'x' });
    expect(await openAt(stays)).toEqual(['x']);
  });

  it('proposes which element becomes which', async () => {
    await line('a', 'b');
    const from = await newest();
    await line('x', 'b');
    const { pairs } = await world.call(OPERATOR, 'migrationProposal', { key: flow, version: from, to: await newest() });
    expect(pairs.map(({ elementId, to }) => [elementId, to])).toEqual(
      expect.arrayContaining([
        ['a', null],
        ['b', 'b'],
      ]),
    );
  });

  it('is refused into a draft or a retired version', async () => {
    await line('a');
    const from = await newest();
    await line('a', 'b');
    const to = await newest();
    await world.call(OPERATOR, 'retireDefinition', { key: flow, version: to });
    await expect(world.call(OPERATOR, 'tryMigration', { key: flow, version: from, to, mapping: {} })).rejects.toMatchObject({
      view: { code: 'version-not-published' },
    });
  });
});

describe('a batch of migrations', () => {
  it('goes through every instance that runs with the version, with a result for each, and holds when it is paused', async () => {
    await line('a', 'b');
    const from = await newest();
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.push(await startProbe(world, flow));
    await complete(ids[0] ?? '');
    await line('x', 'b');
    const to = await newest();
    const asked = { key: flow, version: from, to, commandId: randomUUID(), mapping: {}, reason: '流程更新' };
    const { id } = await world.call(OPERATOR, 'startMigration', asked);
    await world.call(OPERATOR, 'pauseMigration', { id, isPaused: true });
    expect(await migrateSome(world)).toBe(false);
    expect((await world.call(OPERATOR, 'migration', { id })).counts).toEqual({ pending: 3, migrated: 0, refused: 0 });
    await world.call(OPERATOR, 'pauseMigration', { id, isPaused: false });
    while (await migrateSome(world));
    const batch = await world.call(OPERATOR, 'migration', { id });
    expect([batch.state, batch.counts]).toEqual(['done', { pending: 0, migrated: 1, refused: 2 }]);
    expect(batch.rows.map(({ state, code }) => [state, code])).toEqual([
      ['refused', 'element-missing'],
      ['refused', 'element-missing'],
      ['migrated', null],
    ]);
    expect((await world.instance(ids[0] ?? '')).definitionVersion).toBe(to);
    // The same command is the same batch.
    expect((await world.call(OPERATOR, 'startMigration', asked)).id).toBe(id);
    expect(await world.call(OPERATOR, 'migrations', { key: flow })).toMatchObject([{ id, reason: '流程更新', by: { id: OPERATOR } }]);
    await path.confirmed(ids[0] ?? '');
  });

  it('is carried by a worker, and what was refused can be asked again with a mapping', async () => {
    await line('a');
    const from = await newest();
    const ids = [await startProbe(world, flow), await startProbe(world, flow)];
    await line('x', 'y');
    const migrator = startMigrator({ db: world.db, door: world.door, onError: () => undefined });
    const asked = { key: flow, version: from, to: await newest(), commandId: randomUUID(), mapping: { a: 'x' }, reason: '改名' };
    const { id } = await world.call(OPERATOR, 'startMigration', asked);
    await until('the batch is done', async () => (await world.call(OPERATOR, 'migration', { id })).state === 'done');
    await migrator.stop();
    for (const each of ids) {
      expect(await openAt(each)).toEqual(['x']);
      await path.confirmed(each);
    }
  });
});
