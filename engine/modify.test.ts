import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endEvent, startEvent, userTask } from '#test/support/bpmn.ts';
import { aConsult } from '#test/support/consult.ts';
import { deployProbe, startProbe } from '#test/support/probe.ts';
import { aWholePath, type WholePath } from '#test/support/whole-path.ts';
import { aWorld, type World } from '#test/support/world.ts';

const OPERATOR = 'p-kang-ning';
const APPLICANT = 'p-wu-tong';

let world: World;
let path: WholePath;

beforeAll(async () => {
  world = await aWorld();
  path = await aWholePath(world);
  await deployProbe(
    world,
    'probe-line',
    `${startEvent}${userTask('first')}${userTask('second')}${endEvent()}`,
    'start > first > second > end',
  );
  const gateways = `<bpmn:parallelGateway id="fork"/><bpmn:complexGateway id="both"><bpmn:activationCondition>=activationCount &gt;= 2</bpmn:activationCondition></bpmn:complexGateway>`;
  await deployProbe(
    world,
    'probe-both',
    `${startEvent}${gateways}${userTask('left')}${userTask('right')}${endEvent()}`,
    'start > fork > left > both > end',
    'fork > right > both',
  );
});
afterAll(async () => {
  await path.stop();
  await world.stop();
});

const keyOf = async (id: string, elementId: string): Promise<number> => {
  const { elements } = await world.call(OPERATOR, 'operatedInstance', { id });
  const found = elements.find((each) => each.elementId === elementId);
  if (!found) throw new Error(`${elementId} does not live.`);
  return found.key;
};

describe('a modification', () => {
  it('is planned without a trace, then done, confirmed by the workflow, and the instance goes on to its seal', async () => {
    const id = await startProbe(world, 'probe-line');
    const change = { id, activate: [{ elementId: 'second' }], cancel: [await keyOf(id, 'first')], variables: { note: '改过' } };
    const before = await world.instance(id);
    const plan = await world.call(OPERATOR, 'planInstanceModification', { ...change, commandId: randomUUID() });
    expect(plan).toMatchObject({
      opened: [{ elementId: 'second', hasTask: true, name: { 'zh-CN': 'second' } }],
      canceled: [{ elementId: 'first', hasTask: true }],
      variables: [{ name: 'note', before: null, after: '改过' }],
      result: null,
    });
    expect(await world.instance(id)).toEqual(before);
    await world.call(OPERATOR, 'modifyInstance', { ...change, commandId: randomUUID(), reason: '走错了' });
    await path.confirmed(id);
    const { rows } = await world.call(APPLICANT, 'inbox', { list: 'todo' });
    expect(rows.filter(({ instanceId }) => instanceId === id).map(({ taskName }) => taskName?.['zh-CN'])).toEqual(['second']);
    const { timeline } = await world.call(APPLICANT, 'instance', { id });
    expect(timeline).toContainEqual(
      expect.objectContaining({ type: 'modified', actor: expect.objectContaining({ id: OPERATOR }), reason: '走错了' }),
    );
    const taskId = String(await keyOf(id, 'second'));
    await world.call(APPLICANT, 'completeTask', { id, taskId, commandId: randomUUID() });
    await path.sealed(id);
  });

  it('that would break the loop of a consult is refused, in the plan as at the door', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const change = { id: consult.id, activate: [{ elementId: 'quality' }], cancel: [await keyOf(consult.id, 'review')] };
    const refusal = { view: { code: 'loop-broken' } };
    await expect(world.call(OPERATOR, 'planInstanceModification', { ...change, commandId: randomUUID() })).rejects.toMatchObject(refusal);
    await expect(world.call(OPERATOR, 'modifyInstance', { ...change, commandId: randomUUID(), reason: '跳过' })).rejects.toMatchObject(
      refusal,
    );
  });

  it('after which a gateway could wait for ever is refused, in the plan as at the door', async () => {
    const id = await startProbe(world, 'probe-both');
    const change = { id, cancel: [await keyOf(id, 'right')], variables: {} };
    const refusal = { view: { code: 'would-get-stuck', data: { elementIds: ['both'] } } };
    await expect(world.call(OPERATOR, 'planInstanceModification', { ...change, commandId: randomUUID() })).rejects.toMatchObject(refusal);
    const act = { ...change, commandId: randomUUID(), reason: '不要了' };
    await expect(world.call(OPERATOR, 'modifyInstance', act)).rejects.toMatchObject(refusal);
    // A final refusal is the command's answer (P4).
    await expect(world.call(OPERATOR, 'modifyInstance', act)).rejects.toMatchObject(refusal);
  });

  it('waits until a suspended instance is resumed', async () => {
    const id = await startProbe(world, 'probe-line');
    await world.call(OPERATOR, 'suspendInstance', { id, commandId: randomUUID(), reason: '核对' });
    const change = { id, variables: { note: 'x' }, commandId: randomUUID(), reason: '改' };
    await expect(world.call(OPERATOR, 'modifyInstance', change)).rejects.toMatchObject({ view: { code: 'suspended' } });
    await world.call(OPERATOR, 'resumeInstance', { id, commandId: randomUUID() });
    await world.call(OPERATOR, 'modifyInstance', change);
    await path.confirmed(id);
  });
});
