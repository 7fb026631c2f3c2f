import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endEvent, startEvent, userTask } from '#test/support/bpmn.ts';
import { deployProbe, startProbe } from '#test/support/probe.ts';
import { aWholePath, type WholePath } from '#test/support/whole-path.ts';
import { aWorld, type World } from '#test/support/world.ts';

const APPLICANT = 'p-wu-tong';
const ANY = { return: 'any' };
const RESPONSE = {
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: [{ linkId: 'note', answer: [{ valueString: '第一次' }] }],
};

const withForm = (task: string): string =>
  task.replace('<bpmn:extensionElements>', '<bpmn:extensionElements><zeebe:formDefinition formId="probe" />');

let world: World;
let path: WholePath;

beforeAll(async () => {
  world = await aWorld();
  path = await aWholePath(world);
  await deployProbe(
    world,
    'probe-branches',
    [
      startEvent,
      withForm(userTask('before')),
      '<bpmn:parallelGateway id="fork" />',
      userTask('left', ANY),
      userTask('right'),
      '<bpmn:parallelGateway id="join" />',
      userTask('after', ANY),
      endEvent(),
    ].join(''),
    'start > before > fork > left > join > after > end',
    'fork > right > join',
  );
});
afterAll(async () => {
  await path.stop();
  await world.stop();
});

const taskOf = async (id: string, elementId: string): Promise<string> => {
  const found = Object.values((await world.state(id)).tasks).find((task) => task.elementId === elementId);
  if (!found) throw new Error(`No task is open at ${elementId}.`);
  return found.taskId;
};

const open = async (id: string): Promise<readonly string[]> =>
  Object.values((await world.state(id)).tasks)
    .map(({ elementId }) => elementId)
    .toSorted();

async function complete(id: string, ...elementIds: readonly string[]): Promise<void> {
  for (const elementId of elementIds) {
    const answers = elementId === 'before' ? { response: RESPONSE } : {};
    await world.call(APPLICANT, 'completeTask', { id, taskId: await taskOf(id, elementId), commandId: randomUUID(), ...answers });
  }
}

const returnTo = async (id: string, elementId: string, toElementId: string): Promise<unknown> =>
  world.call(APPLICANT, 'returnTask', {
    id,
    taskId: await taskOf(id, elementId),
    commandId: randomUUID(),
    toElementId,
    reason: '资料不全',
  });

describe('a return', () => {
  it('out of a parallel branch is shown first, then done, confirmed by the workflow, and goes on to the seal', async () => {
    const id = await startProbe(world, 'probe-branches');
    await complete(id, 'before');
    const taskId = await taskOf(id, 'left');
    const { actions } = await world.call(APPLICANT, 'task', { id, taskId });
    expect(actions).toContainEqual({ kind: 'return', targets: [{ elementId: 'before', name: { 'zh-CN': 'before' } }], disabled: null });
    const before = await world.instance(id);
    const plan = await world.call(APPLICANT, 'planTaskReturn', { id, taskId, commandId: randomUUID(), toElementId: 'before' });
    expect(plan).toMatchObject({ canceled: [{ elementId: 'right' }], superseded: [{ elementId: 'before' }], compensated: [] });
    expect(await world.instance(id)).toEqual(before);
    await returnTo(id, 'left', 'before');
    expect(await open(id)).toEqual(['before']);
    await complete(id, 'before', 'left', 'right', 'after');
    await path.confirmed(id);
    await path.sealed(id);
  });

  it('from behind the join into one branch gives the join its token back, in the workflow too', async () => {
    const id = await startProbe(world, 'probe-branches');
    await complete(id, 'before', 'left', 'right');
    await returnTo(id, 'after', 'left');
    expect(await open(id)).toEqual(['left']);
    await path.confirmed(id);
    await complete(id, 'left', 'after');
    await path.sealed(id);
  });

  it('is told in the history and on the task that came again, and the answers that it undid hold no longer', async () => {
    const id = await startProbe(world, 'probe-branches');
    await complete(id, 'before');
    await returnTo(id, 'left', 'before');
    const view = await world.call(APPLICANT, 'instance', { id });
    expect(view.timeline).toContainEqual(
      expect.objectContaining({
        type: 'task-returned',
        elementName: { 'zh-CN': 'left' },
        toName: { 'zh-CN': 'before' },
        reason: '资料不全',
        actor: expect.objectContaining({ id: APPLICANT }),
      }),
    );
    const undone = ({ elementId, isCurrent, isUndone }: (typeof view.submissions)[number]) => ({ elementId, isCurrent, isUndone });
    expect(view.submissions.map(undone)).toEqual([
      { elementId: 'start', isCurrent: true, isUndone: false },
      { elementId: 'before', isCurrent: false, isUndone: true },
    ]);
    const again = await world.call(APPLICANT, 'task', { id, taskId: await taskOf(id, 'before') });
    expect(again.remark).toMatchObject({ by: { id: APPLICANT }, taskName: { 'zh-CN': 'left' }, reason: '资料不全' });
    expect(again.response).toMatchObject({ item: RESPONSE.item });
    const { rows } = await world.call(APPLICANT, 'inbox', { list: 'done' });
    expect(
      rows.filter(({ instanceId }) => instanceId === id).map(({ taskName, outcome }) => [taskName?.['zh-CN'], outcome?.en]),
    ).toContainEqual(['left', 'Return']);
    await complete(id, 'before');
    expect((await world.call(APPLICANT, 'instance', { id })).submissions.map(undone).at(-1)).toEqual({
      elementId: 'before',
      isCurrent: true,
      isUndone: false,
    });
  });

  it('is refused where the diagram does not offer it, in the plan as at the door', async () => {
    const id = await startProbe(world, 'probe-branches');
    await complete(id, 'before');
    const asked = { id, taskId: await taskOf(id, 'right'), toElementId: 'before' };
    const refusal = { view: { code: 'not-returnable' } };
    await expect(world.call(APPLICANT, 'planTaskReturn', { ...asked, commandId: randomUUID() })).rejects.toMatchObject(refusal);
    await expect(world.call(APPLICANT, 'returnTask', { ...asked, commandId: randomUUID(), reason: '试' })).rejects.toMatchObject(refusal);
  });
});
