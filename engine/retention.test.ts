import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GENESIS_HASH, stepHash } from '#core/journal/chain.ts';
import { readSteps } from '#db/journal.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { deployDiagram, startProbe } from '#test/support/probe.ts';
import { confirmAll, seal } from '#test/support/seal.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { eraseDue } from './retention.ts';

const OPERATOR = 'p-kang-ning';
const APPLICANT = 'p-wu-tong';
/** The zone of every organisation here. */
const ZONE = 'Asia/Shanghai';

let world: World;
let flow = '';
let flows = 0;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());
beforeEach(() => {
  flows += 1;
  flow = `kept-${flows}`;
});

const diagram = () => smallXml(startEvent + userTask('ask') + endEvent(), 'start > ask > end');
/** Deployed long enough ago for its term to count. */
async function deployKept(retention: string | undefined, key = flow): Promise<void> {
  await deployDiagram(world, key, diagram(), retention === undefined ? {} : { retention });
  await publishedDaysAgo(31, key);
}
async function publishedDaysAgo(days: number, key = flow): Promise<void> {
  await world.asOwner('alter table deployment_act disable trigger deployment_act_append_only');
  await world.asOwner('update deployment_act set at = now() - make_interval(days => $2) where service_key = $1', [key, days]);
  await world.asOwner('alter table deployment_act enable trigger deployment_act_append_only');
}

async function aSealed(key = flow): Promise<string> {
  const id = await anEnded(key);
  await seal(world, id);
  await confirmAll(world, id);
  return id;
}
async function anEnded(key = flow): Promise<string> {
  const id = await startProbe(world, key);
  const [task] = Object.values((await world.state(id)).tasks);
  await world.call(APPLICANT, 'completeTask', { id, taskId: task?.taskId ?? '', commandId: randomUUID() });
  return id;
}
/** As if it had been sealed in the first, or the last, moment of the day so many days ago. */
const sealedDaysAgo = (id: string, days: number, moment: 'first' | 'last' = 'first') =>
  world.asOwner(
    `update instance set sealed_at = (date_trunc('day', now() at time zone '${ZONE}') - make_interval(days => $2)) at time zone '${ZONE}' + $3::interval
     where id = $1`,
    [id, days, moment === 'first' ? '0' : '23:59:59.999'],
  );
const sweep = () => eraseDue(world.db, (error) => expect.unreachable(String(error)));
const hasKey = async (id: string) => (await world.asOwner('select 1 from data_key where owner = $1', [`instance:${id}`])).length > 0;
const erasureOf = (id: string) => world.asOwner('select by_person, reason, policy from erasure where instance_id = $1', [id]);
const hold = (id: string) => world.call(OPERATOR, 'placeLegalHold', { id, commandId: randomUUID(), reason: '医疗纠纷' });
const lift = (id: string) => world.call(OPERATOR, 'liftLegalHold', { id, commandId: randomUUID(), reason: '纠纷已结' });
const ofFlow = async () => (await world.call(OPERATOR, 'retention', {})).flows.find(({ key }) => key === flow);

/** From what stands in clear alone. */
async function verifiesChain(id: string): Promise<boolean> {
  const { semantics, lastHash } = await world.instance(id);
  let hash = GENESIS_HASH;
  for (const { seq, at, actor, commandId, commandType, commitment } of await readSteps(world.db, {
    instanceId: id,
    afterSeq: 0,
    limit: 100,
  }))
    hash = stepHash(hash, { instanceId: id, seq, at, actor, commandId, commandType, semantics }, commitment);
  return hash === lastHash;
}

describe('an instance whose flow keeps it for a while', () => {
  it('is erased by policy after the last day, not before, and its chain still verifies', async () => {
    await deployKept('P90D');
    const [over, lastDay] = [await aSealed(), await aSealed()];
    await sealedDaysAgo(over, 91, 'last');
    await sealedDaysAgo(lastDay, 90);
    await sweep();
    expect([await hasKey(over), await hasKey(lastDay)]).toEqual([false, true]);
    expect(await erasureOf(over)).toEqual([{ by_person: null, reason: null, policy: 'P90D' }]);
    expect(await erasureOf(lastDay)).toEqual([]);
    await expect(world.call(OPERATOR, 'operatedInstance', { id: over })).rejects.toMatchObject({ status: 404 });
    expect(await verifiesChain(over)).toBe(true);
  });

  it('is told to operators with the day until which it is kept', async () => {
    await deployKept('P90D');
    const id = await aSealed();
    await world.asOwner(`update instance set sealed_at = '2026-02-28T17:00:00Z' where id = $1`, [id]);
    const { retention } = await world.call(OPERATOR, 'operatedInstance', { id });
    expect(retention).toMatchObject({ policy: 'P90D', keptUntil: '2026-05-30T16:00:00.000Z', isCalled: false, hold: null, acts: [] });
  });

  it('is erased once by two sweepers, and a second time nothing happens', async () => {
    await deployKept('P1D');
    const ids = [await aSealed(), await aSealed(), await aSealed()];
    for (const id of ids) await sealedDaysAgo(id, 10);
    await Promise.all([sweep(), sweep()]);
    await sweep();
    for (const id of ids) expect(await erasureOf(id)).toHaveLength(1);
    const { erased } = await world.call(OPERATOR, 'retention', {});
    expect(erased.filter(({ instanceId }) => ids.includes(instanceId))).toMatchObject(ids.map(() => ({ policy: 'P1D' })));
  });

  it('stays while it is not sealed, or not all of its steps are confirmed', async () => {
    await deployKept('P1D');
    const [running, unconfirmed] = [await startProbe(world, flow), await anEnded()];
    await seal(world, unconfirmed);
    await sealedDaysAgo(unconfirmed, 10);
    await sweep();
    expect([await hasKey(running), await hasKey(unconfirmed)]).toEqual([true, true]);
    await confirmAll(world, unconfirmed);
    await sweep();
    expect([await hasKey(running), await hasKey(unconfirmed)]).toEqual([true, false]);
  });

  it('follows the current version of its flow, also where that one keeps longer or for ever', async () => {
    await deployKept('P1D');
    const id = await aSealed();
    await sealedDaysAgo(id, 10);
    await deployKept('P30D');
    await sweep();
    await deployKept(undefined);
    await sweep();
    expect(await hasKey(id)).toBe(true);
    await world.call(OPERATOR, 'makeDefinitionCurrent', { key: flow, version: 1 });
    await publishedDaysAgo(31);
    await sweep();
    expect(await hasKey(id)).toBe(false);
  });
});

describe('a term that was published lately', () => {
  it('erases nothing for thirty days, in which operators see what it will', async () => {
    await deployKept('P60D');
    const id = await aSealed();
    await sealedDaysAgo(id, 40);
    await deployDiagram(world, flow, diagram(), { retention: 'P1D' });
    await sweep();
    expect(await hasKey(id)).toBe(true);
    expect(await ofFlow()).toMatchObject({ retention: 'P1D', due: 1 });
    await publishedDaysAgo(29);
    await sweep();
    expect(await hasKey(id)).toBe(true);
    await publishedDaysAgo(30);
    await sweep();
    expect(await hasKey(id)).toBe(false);
  });
});

describe('an instance that another one called', () => {
  const called = (child: string, caller: string) =>
    world.asOwner("update instance set caller_id = $2, caller_effect = '1:1' where id = $1", [child, caller]);

  it('goes with its caller, not before it', async () => {
    await deployKept('P30D');
    await deployKept(undefined, `${flow}-child`);
    const [caller, child] = [await aSealed(), await aSealed(`${flow}-child`)];
    await called(child, caller);
    for (const id of [caller, child]) await sealedDaysAgo(id, 20);
    await sweep();
    expect([await hasKey(caller), await hasKey(child)]).toEqual([true, true]);
    for (const id of [caller, child]) await sealedDaysAgo(id, 40);
    await sweep();
    expect([await hasKey(caller), await hasKey(child)]).toEqual([false, false]);
    expect(await erasureOf(child)).toEqual([{ by_person: null, reason: null, policy: 'P30D' }]);
  });

  it('keeps its caller as long as its own flow keeps it, and while it is on hold', async () => {
    await deployKept('P1D');
    await deployKept('P60D', `${flow}-child`);
    const [caller, child] = [await aSealed(), await aSealed(`${flow}-child`)];
    await called(child, caller);
    for (const id of [caller, child]) await sealedDaysAgo(id, 40);
    await sweep();
    expect([await hasKey(caller), await hasKey(child)]).toEqual([true, true]);
    for (const id of [caller, child]) await sealedDaysAgo(id, 80);
    await hold(child);
    expect(await ofFlow()).toMatchObject({ due: 0, onHold: 1 });
    await sweep();
    expect([await hasKey(caller), await hasKey(child)]).toEqual([true, true]);
    await lift(child);
    await sweep();
    expect([await hasKey(caller), await hasKey(child)]).toEqual([false, false]);
  });
});

describe('a legal hold', () => {
  it('keeps an instance from policy and operator alike until it is lifted, and says who, when and why', async () => {
    await deployKept('P1D');
    const id = await aSealed();
    await sealedDaysAgo(id, 10);
    await hold(id);
    await sweep();
    await expect(world.call(OPERATOR, 'eraseInstance', { id, reason: '试验' })).rejects.toMatchObject({
      status: 409,
      view: { code: 'on-hold' },
    });
    expect(await hasKey(id)).toBe(true);
    const { retention } = await world.call(OPERATOR, 'operatedInstance', { id });
    expect(retention.hold).toMatchObject({ act: 'place', by: { id: OPERATOR }, reason: '医疗纠纷' });
    await lift(id);
    const { legalHolds } = await world.call('p-ye-zhou', 'audit', { id });
    expect(legalHolds.map(({ act, by }) => [act, by?.id])).toEqual([
      ['lift', OPERATOR],
      ['place', OPERATOR],
    ]);
    const lifted = await world.call(OPERATOR, 'operatedInstance', { id });
    expect(lifted.retention).toMatchObject({ hold: null, acts: [{ act: 'lift', reason: '纠纷已结' }, { act: 'place' }] });
    await sweep();
    expect(await hasKey(id)).toBe(false);
    await expect(hold(id)).rejects.toMatchObject({ status: 404 });
  });

  it('is placed once, also when it is sent twice, and lifted only where there is one', async () => {
    await deployKept('P1D');
    const id = await startProbe(world, flow);
    await expect(lift(id)).rejects.toMatchObject({ status: 409, view: { code: 'not-on-hold' } });
    const command = { id, commandId: randomUUID(), reason: '医疗纠纷' };
    await world.call(OPERATOR, 'placeLegalHold', command);
    await world.call(OPERATOR, 'placeLegalHold', command);
    await expect(hold(id)).rejects.toMatchObject({ status: 409, view: { code: 'on-hold' } });
    expect(await world.asOwner('select act from legal_hold_act where instance_id = $1', [id])).toEqual([{ act: 'place' }]);
  });

  it('and an erasure that come at the same moment leave either an instance on hold or an erased one', async () => {
    await deployKept('P1D');
    const ids = await Promise.all([1, 2, 3, 4].map(() => startProbe(world, flow)));
    for (const id of ids) {
      const [task] = Object.values((await world.state(id)).tasks);
      await world.call(APPLICANT, 'completeTask', { id, taskId: task?.taskId ?? '', commandId: randomUUID() });
      await seal(world, id);
      await confirmAll(world, id);
      await sealedDaysAgo(id, 10);
    }
    const [, ...holds] = await Promise.all([
      sweep(),
      ...ids.map((id) =>
        hold(id).then(
          () => true,
          () => false,
        ),
      ),
    ]);
    for (const [index, id] of ids.entries()) expect(await hasKey(id)).toBe(holds[index]);
  });

  it('leaves its acts as they were written, for whoever asks later', async () => {
    for (const change of ["update legal_hold_act set reason = ''", 'delete from legal_hold_act'])
      await expect(world.asOwner(change)).rejects.toThrow('append-only');
  });
});

describe('operators', () => {
  it('are told how many of a flow are due within thirty days', async () => {
    await deployKept('P90D');
    const [soon, later, held] = [await aSealed(), await aSealed(), await aSealed()];
    await sealedDaysAgo(soon, 61);
    await sealedDaysAgo(later, 60);
    await sealedDaysAgo(held, 80);
    await hold(held);
    expect(await ofFlow()).toMatchObject({ retention: 'P90D', due: 1, onHold: 1 });
  });

  it('see that the consult is kept for thirty years', async () => {
    const { flows: all } = await world.call(OPERATOR, 'retention', {});
    expect(all).toContainEqual(expect.objectContaining({ key: 'consult', retention: 'P30Y' }));
  });
});
