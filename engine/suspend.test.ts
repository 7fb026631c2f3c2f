import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endEvent, serviceTask, startEvent, timerCatch, userTask } from '#test/support/bpmn.ts';
import { deployProbe, startProbe } from '#test/support/probe.ts';
import { until } from '#test/support/until.ts';
import { aWholePath, type WholePath } from '#test/support/whole-path.ts';
import { aWorld, type World } from '#test/support/world.ts';

const OPERATOR = 'p-kang-ning';
const APPLICANT = 'p-wu-tong';

let world: World;
let path: WholePath;
/** Lets the job of the probe end; each run is counted. */
let runs = 0;
let letEnd: () => void = () => undefined;

beforeAll(async () => {
  world = await aWorld();
  path = await aWholePath(world, {
    jobs: {
      probe: () => {
        runs += 1;
        return new Promise((resolve) => {
          letEnd = () => resolve({ answer: 42 });
        });
      },
    },
  });
  await deployProbe(world, 'probe-timer', `${startEvent}${timerCatch('wait', 'PT2S')}${endEvent()}`, 'start > wait > end');
  await deployProbe(world, 'probe-task', `${startEvent}${userTask('ask', { deadline: 'PT8H' })}${endEvent()}`, 'start > ask > end');
  await deployProbe(world, 'probe-job', `${startEvent}${serviceTask('call', { type: 'probe' })}${endEvent()}`, 'start > call > end');
});
afterAll(async () => {
  await path.stop();
  await world.stop();
});

const suspend = (id: string) => world.call(OPERATOR, 'suspendInstance', { id, commandId: randomUUID(), reason: '核对信息' });
const resume = (id: string) => world.call(OPERATOR, 'resumeInstance', { id, commandId: randomUUID() });
const inboxRow = async (id: string) => (await world.call(APPLICANT, 'inbox', { list: 'todo' })).rows.find((row) => row.instanceId === id);

describe('a suspended instance', () => {
  it('lets no timer fire until it is resumed, and then after the time that was left', async () => {
    const id = await startProbe(world, 'probe-timer');
    const due = async () => Date.parse(Object.values((await world.state(id)).timers)[0]?.due ?? '');
    const before = await due();
    await suspend(id);
    await path.confirmed(id);
    await sleep(2_500);
    expect((await world.state(id)).status).toBe('active');
    await resume(id);
    expect((await due()) - before).toBeGreaterThanOrEqual(2_500);
    await path.sealed(id);
  });

  it('shows its tasks as suspended, with who, when and why, and takes nothing of them', async () => {
    const id = await startProbe(world, 'probe-task');
    const before = await inboxRow(id);
    await suspend(id);
    const row = await inboxRow(id);
    expect(row).toMatchObject({ suspendedAt: expect.any(String), due: null, overdue: false });
    const taskId = row?.taskId ?? '';
    const task = await world.call(APPLICANT, 'task', { id, taskId });
    expect(task.instance.suspended).toMatchObject({ by: { id: OPERATOR }, reason: '核对信息' });
    expect(task.actions.every(({ disabled }) => disabled?.code === 'suspended')).toBe(true);
    const commandId = randomUUID();
    await expect(world.call(APPLICANT, 'completeTask', { id, taskId, commandId })).rejects.toMatchObject({ view: { code: 'suspended' } });
    await world.call(APPLICANT, 'comment', { id, commandId: randomUUID(), text: '请尽快恢复' });
    await resume(id);
    const after = await inboxRow(id);
    expect(after?.suspendedAt).toBeNull();
    expect(Date.parse(after?.due ?? '')).toBeGreaterThan(Date.parse(before?.due ?? ''));
    // The refusal was no final answer: the same command is taken now.
    await world.call(APPLICANT, 'completeTask', { id, taskId, commandId });
    await path.sealed(id);
  });

  it('holds the result of a job that was under way, which is not run again', async () => {
    const id = await startProbe(world, 'probe-job');
    await until('the job runs', () => runs === 1);
    await suspend(id);
    await path.confirmed(id);
    letEnd();
    await until('the result is held', async () => (await world.state(id)).suspended?.held?.length === 1);
    expect((await world.state(id)).status).toBe('active');
    await resume(id);
    expect((await world.state(id)).status).toBe('completed');
    await path.sealed(id);
    expect(runs).toBe(1);
  });

  it('is on the operators’ page, and its journal says who suspended and resumed it and why', async () => {
    const id = await startProbe(world, 'probe-task');
    await suspend(id);
    const { rows, counts } = await world.call(OPERATOR, 'operationsInstances', { problem: 'suspended' });
    expect([counts.suspended, rows.map(({ instanceId }) => instanceId)]).toEqual([1, [id]]);
    await resume(id);
    expect((await world.call(OPERATOR, 'operationsInstances', { problem: 'suspended' })).rows).toEqual([]);
    const { timeline } = await world.call(APPLICANT, 'instance', { id });
    expect(timeline.filter(({ type }) => type === 'suspended' || type === 'resumed')).toMatchObject([
      { type: 'suspended', actor: { id: OPERATOR }, reason: '核对信息' },
      { type: 'resumed', actor: { id: OPERATOR } },
    ]);
  });

  it('can be cancelled, and is sealed as cancelled', async () => {
    const id = await startProbe(world, 'probe-timer');
    await suspend(id);
    await world.call(OPERATOR, 'cancelInstance', { id, commandId: randomUUID(), reason: '不再需要' });
    await path.sealed(id);
    expect((await world.instance(id)).status).toBe('aborted');
  });
});
