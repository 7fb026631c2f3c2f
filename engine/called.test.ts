/** Called processes (P18) through door, relay and Temporal. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childIdOf } from '#core/process/called.ts';
import type { ProcessState } from '#core/process/state.ts';
import { diagramXml, endEvent, smallProcess, startEvent, userTask } from '#test/support/bpmn.ts';
import { historyOf, summariesOf } from '#test/support/history.ts';
import { deployDiagram, startProbe } from '#test/support/probe.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
let shell: Shell;
beforeAll(async () => {
  world = await aWorld();
  shell = await aShell(world);
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

const call = (processId: string, more = ''): string =>
  `<bpmn:callActivity id="call" name="call"><bpmn:extensionElements><zeebe:calledElement processId="${processId}" propagateAllChildVariables="false" /><zeebe:ioMapping><zeebe:input source="=20" target="n" /><zeebe:output source="=answer" target="answer" /></zeebe:ioMapping></bpmn:extensionElements>${more}</bpmn:callActivity>`;
const script =
  '<bpmn:scriptTask id="think"><bpmn:extensionElements><zeebe:script expression="=n * 2 + 2" resultVariable="answer" /></bpmn:extensionElements></bpmn:scriptTask>';
const thinking = (id: string) =>
  smallProcess(id, `<bpmn:startEvent id="${id}-start" />${script}<bpmn:endEvent id="${id}-end" />`, `${id}-start > think > ${id}-end`);
const waiting = (id: string) =>
  smallProcess(
    id,
    `<bpmn:startEvent id="${id}-start" />${userTask(`${id}-ask`)}<bpmn:endEvent id="${id}-end" />`,
    `${id}-start > ${id}-ask > ${id}-end`,
  );

const variables = (state: ProcessState) => state.elements[1]?.variables ?? {};
const eventsOf = async (id: string) => (await world.journal(id)).flatMap((step) => step.opened.events);
const theCalled = (id: string) => until('a process is called', async () => (await shell.called(id))[0]);
const complete = async (instanceId: string, elementId: string) => {
  const state = await shell.reached(instanceId, `${elementId} is open`, ({ tasks }) =>
    Object.values(tasks).some((task) => task.elementId === elementId),
  );
  const taskId = Object.values(state.tasks).find((task) => task.elementId === elementId)?.taskId ?? '';
  await world.call('p-wu-tong', 'completeTask', { id: instanceId, taskId, commandId: randomUUID() });
};

describe('a called process', () => {
  it('of the same diagram gets what the call maps in, and gives back what it maps out', async () => {
    await deployDiagram(
      world,
      'call-own',
      diagramXml(smallProcess('p', `${startEvent}${call('sum')}${endEvent()}`, 'start > call > end'), thinking('sum')),
    );
    const id = await startProbe(world, 'call-own');
    await shell.sealed(id);
    expect(variables(await world.state(id)).answer).toBe(42);
    const childId = await theCalled(id);
    await shell.sealed(childId);
    expect(variables(await world.state(childId))).toMatchObject({ n: 20, answer: 42 });
    for (const each of [id, childId]) await shell.expectConfirmed(each);
  });

  it('belongs to whom its caller belongs to, and is no application of its own', async () => {
    await deployDiagram(
      world,
      'call-whose',
      diagramXml(smallProcess('p', `${startEvent}${call('ask')}${endEvent()}`, 'start > call > end'), waiting('ask')),
    );
    const id = await startProbe(world, 'call-whose');
    const childId = await theCalled(id);
    const [caller, called] = [await world.instance(id), await world.instance(childId)];
    expect([called.organisationId, called.applicantId]).toEqual([caller.organisationId, caller.applicantId]);
    const { starter, platform, zone } = variables(await world.state(id));
    expect(variables(await world.state(childId))).toMatchObject({ starter, platform, zone });
    expect((await world.call('p-wu-tong', 'instance', { id: childId })).header.id).toBe(childId);
    await expect(world.call('p-zhao-heng', 'instance', { id: childId })).rejects.toMatchObject({ status: 404 });
    const { rows } = await world.call('p-wu-tong', 'inbox', { list: 'started' });
    expect(rows.map(({ instanceId }) => instanceId)).toContain(id);
    expect(rows.map(({ instanceId }) => instanceId)).not.toContain(childId);
    await complete(childId, 'ask-ask');
    await shell.sealed(id);
  });

  it('and its caller are found from each other in Temporal', async () => {
    const id = await startProbe(world, 'call-whose');
    const childId = await theCalled(id);
    expect(childId).toBe(childIdOf({ instanceId: id, effectId: Object.keys((await world.state(id)).children)[0] ?? '' }));
    await shell.expectConfirmed(childId);
    const handle = shell.temporal.client.workflow.getHandle(childId);
    const { searchAttributes } = await handle.describe();
    expect(searchAttributes.BihuanCaller).toEqual([id]);
    expect((await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails).toContain(
      `Called by \`${id}\``,
    );
    expect(summariesOf(await historyOf(shell.temporal.client, id)).some((summary) => summary.includes(childId))).toBe(true);
    await complete(childId, 'ask-ask');
    await shell.sealed(id);
  });

  it('of another flow is the latest version at the moment of the call', async () => {
    const caller = diagramXml(smallProcess('p', `${startEvent}${userTask('ask')}${call('lent')}${endEvent()}`, 'start > ask > call > end'));
    const lent = (expression: string) =>
      diagramXml(smallProcess('lent', `${startEvent}${script.replace('n * 2 + 2', expression)}${endEvent()}`, 'start > think > end'));
    await deployDiagram(world, 'call-other', caller);
    await deployDiagram(world, 'lending', lent('n + 1'), { processId: 'lent', isService: false });
    const id = await startProbe(world, 'call-other');
    await deployDiagram(world, 'lending', lent('n + 2'), { processId: 'lent', isService: false });
    await complete(id, 'ask');
    await shell.sealed(id);
    expect(variables(await world.state(id)).answer).toBe(22);
    expect((await world.instance(await theCalled(id))).serviceKey).toBe('lending');
  });

  it('that nobody deployed is an incident, mended by deploying it and trying again', async () => {
    await deployDiagram(
      world,
      'call-none',
      diagramXml(smallProcess('p', `${startEvent}${call('missing')}${endEvent()}`, 'start > call > end')),
    );
    const id = await startProbe(world, 'call-none');
    const { incidents } = await shell.reached(id, 'an incident', (state) => Object.keys(state.incidents).length > 0);
    const [incident] = Object.values(incidents);
    expect(incident).toMatchObject({ code: 'child-failed', elementId: 'call', message: 'No deployed flow has a process "missing".' });
    await deployDiagram(world, 'found', diagramXml(thinking('missing')), { processId: 'missing' });
    await world.call('p-kang-ning', 'retryIncident', { id, incidentId: incident?.incidentId ?? '', commandId: randomUUID() });
    await shell.sealed(id);
    expect(variables(await world.state(id)).answer).toBe(42);
  });

  it('that calls itself comes to an end as an incident', async () => {
    const itself = smallProcess('p', `${startEvent}${call('p')}${endEvent()}`, 'start > call > end');
    await deployDiagram(world, 'call-itself', diagramXml(itself));
    await startProbe(world, 'call-itself');
    const [stuck] = await until('an incident', async () => {
      const rows = await world.asOwner<{ id: string }>(`select id from instance where service_key = 'call-itself' and incidents > 0`);
      return rows.length > 0 && rows;
    });
    expect(Object.values((await world.state(stuck?.id ?? '')).incidents)).toMatchObject([{ code: 'child-failed' }]);
    expect(await world.asOwner(`select 1 from instance where service_key = 'call-itself'`)).toHaveLength(20);
  });

  it('goes on, and is started no second time, when the workflow of its caller is built anew', async () => {
    const id = await startProbe(world, 'call-whose');
    const childId = await theCalled(id);
    await shell.expectConfirmed(id);
    await world.asOwner('update relay set stopped = true where instance_id = $1', [id]);
    await world.call('p-kang-ning', 'resolveInstance', { id, commandId: randomUUID(), reason: '试验' });
    await shell.expectConfirmed(id);
    await complete(childId, 'ask-ask');
    await shell.sealed(id);
    expect(await shell.called(id)).toEqual([childId]);
  });

  it('is called for many items at once, in portions', async () => {
    const each =
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=for i in 1..60 return i" inputElement="item" outputCollection="answers" outputElement="=answer" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>';
    const caller = smallProcess('p', `${startEvent}${call('sum', each).replace('=20', '=item')}${endEvent()}`, 'start > call > end');
    await deployDiagram(world, 'call-many', diagramXml(caller, thinking('sum')));
    const id = await startProbe(world, 'call-many');
    await shell.sealed(id);
    expect(variables(await world.state(id)).answers).toEqual(Array.from({ length: 60 }, (_, index) => 2 * (index + 1) + 2));
    await shell.expectConfirmed(id);
  });

  it('is called once for each item of a list, and the results stand in the order of the list', async () => {
    const each =
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1, 2, 3]" inputElement="item" outputCollection="answers" outputElement="=answer" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>';
    const caller = smallProcess('p', `${startEvent}${call('sum', each).replace('=20', '=item')}${endEvent()}`, 'start > call > end');
    await deployDiagram(world, 'call-each', diagramXml(caller, thinking('sum')));
    const id = await startProbe(world, 'call-each');
    await shell.sealed(id);
    expect(variables(await world.state(id)).answers).toEqual([4, 6, 8]);
    expect(await shell.called(id)).toHaveLength(3);
    await shell.expectConfirmed(id);
  });
});

const caught = '<bpmn:boundaryEvent id="caught" attachedToRef="call"><bpmn:errorEventDefinition errorRef="x" /></bpmn:boundaryEvent>';

describe('what a called process does not catch', () => {
  it('is caught at the call: an error ends it', async () => {
    const failing = smallProcess(
      'failing',
      '<bpmn:startEvent id="fs" /><bpmn:endEvent id="fe"><bpmn:errorEventDefinition errorRef="x" /></bpmn:endEvent>',
      'fs > fe',
    );
    const caller = smallProcess(
      'p',
      `${startEvent}${call('failing')}${caught}${endEvent()}${endEvent('sorry')}`,
      'start > call > end',
      'caught > sorry',
    );
    await deployDiagram(world, 'call-error', diagramXml('<bpmn:error id="x" errorCode="NO-BED" />', caller, failing));
    const id = await startProbe(world, 'call-error');
    await shell.sealed(id);
    expect((await eventsOf(id)).flatMap((event) => (event.type === 'element.completed' ? [event.elementId] : []))).toEqual([
      'start',
      'caught',
      'sorry',
    ]);
    for (const each of [id, await theCalled(id)]) await shell.expectConfirmed(each);
  });

  it('is an incident at the call when nobody catches it there either', async () => {
    const failing = smallProcess(
      'failing',
      '<bpmn:startEvent id="fs" /><bpmn:endEvent id="fe"><bpmn:errorEventDefinition errorRef="x" /></bpmn:endEvent>',
      'fs > fe',
    );
    const caller = smallProcess('p', `${startEvent}${call('failing')}${endEvent()}`, 'start > call > end');
    await deployDiagram(world, 'call-uncaught', diagramXml('<bpmn:error id="x" errorCode="NO-BED" />', caller, failing));
    const id = await startProbe(world, 'call-uncaught');
    const { incidents } = await shell.reached(id, 'an incident', (state) => Object.keys(state.incidents).length > 0);
    expect(Object.values(incidents)).toMatchObject([{ code: 'error-uncaught', elementId: 'call' }]);
  });
});

describe('erasing', () => {
  it('an instance erases what it called too, which is not erased alone', async () => {
    const id = await startProbe(world, 'call-own');
    await shell.sealed(id);
    const childId = await theCalled(id);
    await shell.sealed(childId);
    const erase = (instanceId: string) => world.call('p-kang-ning', 'eraseInstance', { id: instanceId, reason: '试验' });
    await expect(erase(childId)).rejects.toMatchObject({ status: 409, view: { code: 'erase-caller' } });
    await erase(id);
    const owners = [id, childId].map((each) => `instance:${each}`);
    expect(await world.asOwner('select 1 from data_key where owner = any($1)', [owners])).toEqual([]);
    expect(await world.asOwner('select 1 from erasure where instance_id = any($1)', [[id, childId]])).toHaveLength(2);
  });
});

describe('suspending', () => {
  const operate = (name: 'suspendInstance' | 'resumeInstance', id: string, commandId = randomUUID()) =>
    world.call('p-kang-ning', name, { id, commandId, reason: '核对' });
  const isSuspended = async (id: string) => (await world.state(id)).suspended !== undefined;

  it('an instance stops and starts the clocks of what it called too', async () => {
    const id = await startProbe(world, 'call-whose');
    const childId = await theCalled(id);
    const commandId = randomUUID();
    await operate('suspendInstance', id, commandId);
    // Sent again, as after a lost answer, it has one effect on each.
    await operate('suspendInstance', id, commandId);
    expect(await Promise.all([id, childId].map(isSuspended))).toEqual([true, true]);
    await operate('resumeInstance', id);
    expect(await Promise.all([id, childId].map(isSuspended))).toEqual([false, false]);
    await complete(childId, 'ask-ask');
    await shell.sealed(id);
    for (const each of [id, childId]) await shell.expectConfirmed(each);
  });

  it('leaves what was suspended by itself as it is', async () => {
    const id = await startProbe(world, 'call-whose');
    const childId = await theCalled(id);
    await operate('suspendInstance', childId);
    await operate('suspendInstance', id);
    await operate('resumeInstance', id);
    expect(await Promise.all([id, childId].map(isSuspended))).toEqual([false, true]);
    await operate('resumeInstance', childId);
    await complete(childId, 'ask-ask');
    await shell.sealed(id);
  });
});

describe('cancelling', () => {
  it('a called process is an incident of its caller', async () => {
    const id = await startProbe(world, 'call-whose');
    const childId = await theCalled(id);
    await world.call('p-kang-ning', 'cancelInstance', { id: childId, commandId: randomUUID(), reason: '试验' });
    const { incidents } = await shell.reached(id, 'an incident', (state) => Object.keys(state.incidents).length > 0);
    expect(Object.values(incidents)).toMatchObject([{ code: 'child-failed', message: 'ask was cancelled.' }]);
  });

  it('a caller, which ends it, cancels what it called, and that one what it called in turn', async () => {
    const middle = smallProcess(
      'middle',
      `<bpmn:startEvent id="ms" />${call('ask').replace('id="call"', 'id="again"')}<bpmn:endEvent id="me" />`,
      'ms > again > me',
    );
    await deployDiagram(
      world,
      'call-deep',
      diagramXml(smallProcess('p', `${startEvent}${call('middle')}${endEvent()}`, 'start > call > end'), middle, waiting('ask')),
    );
    const id = await startProbe(world, 'call-deep');
    const middleId = await theCalled(id);
    const deepId = await theCalled(middleId);
    await world.call('p-kang-ning', 'cancelInstance', { id, commandId: randomUUID(), reason: '试验' });
    for (const each of [id, middleId, deepId]) {
      await shell.sealed(each);
      expect((await world.state(each)).status).toBe('terminated');
      await shell.expectConfirmed(each);
    }
  });

  it('at once after the call leaves no called process behind', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => startProbe(world, 'call-whose')));
    await Promise.all(ids.map((id) => world.call('p-kang-ning', 'cancelInstance', { id, commandId: randomUUID(), reason: '试验' })));
    for (const id of ids) {
      await shell.sealed(id);
      for (const childId of await shell.called(id)) expect((await world.state(childId)).status).toBe('terminated');
    }
  });
});
