/** Messages and signals (P22) between instances and from outside, through door, matcher, relay and Temporal. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#core/json.ts';
import type { ProcessState } from '#core/process/state.ts';
import { diagramXml, endEvent, smallProcess, startEvent, timerCatch, userTask } from '#test/support/bpmn.ts';
import { clearTextHits } from '#test/support/clear-text.ts';
import { deployDiagram } from '#test/support/probe.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { Beginnings } from './beginnings.ts';
import { commandIdOf } from './command-id.ts';
import type { Door } from './door.ts';
import { Matcher } from './matcher.ts';
import { Processes } from './processes.ts';

const OPERATOR = 'p-kang-ning';
const CANARY = '金丝雀王小明';

let world: World;
let shell: Shell;
/** Another one for every test, so that none takes what is another's. */
let order: string;

const message = (id: string, name: string, key?: string): string =>
  `<bpmn:message id="${id}" name="${name}">${key ? `<bpmn:extensionElements><zeebe:subscription correlationKey="${key}" /></bpmn:extensionElements>` : ''}</bpmn:message>`;
const messageEvent = (ref: string): string => `<bpmn:messageEventDefinition messageRef="${ref}" />`;
const signalEvent = '<bpmn:signalEventDefinition signalRef="s" />';
const caught = (id: string, event: string): string => `<bpmn:intermediateCatchEvent id="${id}">${event}</bpmn:intermediateCatchEvent>`;
const thrown = (id: string, event: string): string => `<bpmn:intermediateThrowEvent id="${id}">${event}</bpmn:intermediateThrowEvent>`;

beforeAll(async () => {
  world = await aWorld();
  shell = await aShell(world);
  const paid = message('m', 'paid', '=order');
  await deployDiagram(
    world,
    'waits',
    diagramXml(paid, smallProcess('p', `${startEvent}${caught('got', messageEvent('m'))}${endEvent()}`, 'start > got > end')),
  );
  await deployDiagram(
    world,
    'throws',
    diagramXml(paid, smallProcess('p', `${startEvent}${thrown('tell', messageEvent('m'))}${endEvent()}`, 'start > tell > end')),
  );
  await deployDiagram(
    world,
    'waits-later',
    diagramXml(
      paid,
      smallProcess('p', `${startEvent}${userTask('ask')}${caught('got', messageEvent('m'))}${endEvent()}`, 'start > ask > got > end'),
    ),
  );
});
beforeEach(() => {
  order = randomUUID();
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

type Told = Record<string, string | number | Record<string, string>>;
const publish = (variables: Told = {}, more: { readonly messageId?: string; readonly timeToLive?: string; readonly name?: string } = {}) =>
  world.call(OPERATOR, 'publishMessage', { messageId: randomUUID(), name: 'paid', correlationKey: order, variables, ...more });
const variablesOf = (state: ProcessState): JsonObject => state.elements[1]?.variables ?? {};
const isOver = async (id: string): Promise<boolean> => (await world.state(id)).status !== 'active';
const completed = async (id: string): Promise<readonly string[]> =>
  (await world.journal(id)).flatMap((step) =>
    step.opened.events.flatMap((event) => (event.type === 'element.completed' ? [event.elementId] : [])),
  );
/** The message that was thrown last. */
const lastMessage = async () => (await world.asOwner<{ id: string }>('select id from message order by position desc limit 1'))[0];
const complete = async (instanceId: string, elementId: string) => {
  const { tasks } = await world.state(instanceId);
  const taskId = Object.values(tasks).find((task) => task.elementId === elementId)?.taskId ?? '';
  await world.call('p-wu-tong', 'completeTask', { id: instanceId, taskId, commandId: randomUUID() });
};
/** The matcher has looked at everything that is there. */
const settled = async (): Promise<void> => {
  const id = await shell.begin('waits', { order: `settled ${order}` });
  await world.call(OPERATOR, 'publishMessage', {
    messageId: randomUUID(),
    name: 'paid',
    correlationKey: `settled ${order}`,
    variables: {},
  });
  await shell.sealed(id);
};

describe('a message', () => {
  it('that an instance throws reaches the one that waits for its key, and no other', async () => {
    const [mine, other] = [await shell.begin('waits', { order }), await shell.begin('waits', { order: randomUUID() })];
    const sender = await shell.begin('throws', { order, amount: 7 });
    await shell.sealed(mine);
    expect(variablesOf(await world.state(mine))).toMatchObject({ order, amount: 7 });
    await settled();
    expect(await isOver(other)).toBe(false);
    for (const id of [mine, sender]) await shell.expectConfirmed(id);
  });

  it('waits for whoever begins to wait for it', async () => {
    const id = await shell.begin('waits-later', { order });
    await publish({ amount: 8 });
    await settled();
    await complete(id, 'ask');
    await shell.sealed(id);
    expect(variablesOf(await world.state(id)).amount).toBe(8);
  });

  it('that is no longer valid reaches nobody', async () => {
    const id = await shell.begin('waits-later', { order });
    await publish({ amount: 8 }, { timeToLive: 'PT0S' });
    await complete(id, 'ask');
    await settled();
    expect(await isOver(id)).toBe(false);
    await publish({ amount: 9 });
    await shell.sealed(id);
    expect(variablesOf(await world.state(id)).amount).toBe(9);
  });

  it('without a lifetime reaches whoever waits already', async () => {
    const id = await shell.begin('waits', { order });
    await publish({ amount: 8 }, { timeToLive: 'PT0S' });
    await shell.sealed(id);
  });

  it('reaches one of several that wait for the same, the one that has waited longest', async () => {
    const first = await shell.begin('waits', { order });
    const second = await shell.begin('waits', { order });
    await publish({ amount: 1 });
    await shell.sealed(first);
    await settled();
    expect(await isOver(second)).toBe(false);
    await publish({ amount: 2 });
    await shell.sealed(second);
    expect(variablesOf(await world.state(second)).amount).toBe(2);
  });

  it('arrives in the order in which it was thrown', async () => {
    for (const amount of [1, 2, 3]) await publish({ amount });
    const ids = [];
    for (let count = 0; count < 3; count += 1) {
      ids.push(await shell.begin('waits', { order }));
      await shell.sealed(ids.at(-1) ?? '');
    }
    const amounts = await Promise.all(ids.map(async (id) => variablesOf(await world.state(id)).amount));
    expect(amounts).toEqual([1, 2, 3]);
  });

  it('published twice under one id has one effect; with another content it is refused', async () => {
    const [first, second] = [await shell.begin('waits', { order }), await shell.begin('waits', { order })];
    const messageId = randomUUID();
    expect(await publish({ amount: 1 }, { messageId })).toEqual({ isRepeated: false });
    expect(await publish({ amount: 1 }, { messageId })).toEqual({ isRepeated: true });
    await expect(publish({ amount: 2 }, { messageId })).rejects.toMatchObject({ status: 409, view: { code: 'command-reused' } });
    await shell.sealed(first);
    await settled();
    expect(await isOver(second)).toBe(false);
  });

  it('is brought once although two workers bring it and their answers are lost', async () => {
    const processes = new Processes(world);
    const beginnings = new Beginnings({ ...world, processes });
    const forgetful: Pick<Door, 'submit'> = {
      async submit(request) {
        const result = await world.door.submit(request);
        if (request.consumedMessageId !== undefined) throw new Error('The answer is lost.');
        return result;
      },
    };
    const second = new Matcher({ ...world, door: forgetful, processes, beginnings, onError: () => undefined });
    second.start();
    const ids = await Promise.all(Array.from({ length: 6 }, () => shell.begin('waits', { order })));
    for (let amount = 0; amount < 6; amount += 1) {
      await publish({ amount });
      second.wake();
    }
    for (const id of ids) await shell.sealed(id);
    await second.stop();
    const amounts = await Promise.all(ids.map(async (id) => Number(variablesOf(await world.state(id)).amount)));
    expect([...amounts].sort((a, b) => a - b)).toEqual(Array.from({ length: 6 }, (_, amount) => amount));
  });

  it('that many throw at once to many that wait is taken once each', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => shell.begin('waits', { order })));
    await Promise.all(Array.from({ length: 8 }, (_, amount) => shell.begin('throws', { order, amount })));
    for (const id of ids) await shell.sealed(id);
    const amounts = await Promise.all(ids.map(async (id) => variablesOf(await world.state(id)).amount));
    expect([...amounts].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('does not change where its receiver belongs', async () => {
    const id = await shell.begin('waits', { order });
    const before = variablesOf(await world.state(id)).starter;
    await publish({ starter: { person: 'p-zhao-heng' }, platform: 'org-other', zone: 'UTC', amount: 3 });
    await shell.sealed(id);
    expect(variablesOf(await world.state(id))).toMatchObject({ starter: before, platform: 'org-lead', amount: 3 });
  });

  it('to a stopped instance is delivered once an operator has resolved it', async () => {
    const id = await shell.begin('waits', { order });
    await shell.expectConfirmed(id);
    await world.asOwner(`update instance set divergence = '{"seq":1,"journalHash":"","workflowHash":""}' where id = $1`, [id]);
    await publish({ amount: 5 }, { timeToLive: 'PT0S' });
    await settled();
    expect(await isOver(id)).toBe(false);
    await world.call(OPERATOR, 'resolveInstance', { id, commandId: randomUUID(), reason: '试验' });
    await shell.sealed(id);
    expect(variablesOf(await world.state(id)).amount).toBe(5);
  });

  it('to a suspended instance waits until that is resumed', async () => {
    const id = await shell.begin('waits', { order });
    await world.call(OPERATOR, 'suspendInstance', { id, commandId: randomUUID(), reason: '试验' });
    await publish({ amount: 6 }, { timeToLive: 'PT0S' });
    await settled();
    expect(await isOver(id)).toBe(false);
    await world.call(OPERATOR, 'resumeInstance', { id, commandId: randomUUID() });
    await shell.sealed(id);
    expect(variablesOf(await world.state(id)).amount).toBe(6);
  });

  it('says nothing in clear while it waits, nothing at all once it was taken, and its own key is gone', async () => {
    await publish({ name: CANARY });
    expect(await clearTextHits(world.asOwner, CANARY)).toEqual([]);
    expect(await clearTextHits(world.asOwner, order)).toEqual([]);
    const row = await lastMessage();
    const keyOf = () => world.asOwner('select 1 from data_key where owner = $1', [`message:${row?.id}`]);
    expect(await keyOf()).toHaveLength(1);
    await shell.sealed(await shell.begin('waits', { order }));
    expect(await world.asOwner('select body from message where id = $1', [row?.id])).toEqual([{ body: null }]);
    expect(await keyOf()).toEqual([]);
  });

  it('goes with its sender when that is erased', async () => {
    const sender = await shell.begin('throws', { order, name: CANARY });
    await shell.sealed(sender);
    await world.call(OPERATOR, 'eraseInstance', { id: sender, reason: '试验' });
    expect(await world.asOwner('select body from message where sender_id = $1', [sender])).toEqual([{ body: null }]);
    const id = await shell.begin('waits', { order });
    await settled();
    expect(await isOver(id)).toBe(false);
  });

  it('lives thirty days at most', async () => {
    await expect(publish({}, { timeToLive: 'P31D' })).rejects.toMatchObject({ status: 422, view: { code: 'time-to-live-invalid' } });
    await expect(publish({}, { timeToLive: 'soon' })).rejects.toMatchObject({ status: 422, view: { code: 'time-to-live-invalid' } });
  });
});

describe('a message start event', () => {
  const startedBy = async (name: string) =>
    (await world.asOwner<{ id: string }>('select id from instance where service_key = $1 order by created_at, id', [name])).map(
      ({ id }) => id,
    );

  beforeAll(async () => {
    const begun = `<bpmn:startEvent id="begun">${messageEvent('m')}</bpmn:startEvent>`;
    await deployDiagram(
      world,
      'begins',
      diagramXml(
        message('m', 'ordered'),
        smallProcess('p', `${startEvent}${endEvent()}`, 'start > end'),
        smallProcess('q', `${begun}${userTask('ask')}${endEvent('done')}`, 'begun > ask > done'),
      ),
    );
  });

  it('begins an instance of the latest version, which belongs to the organisation that sent the message', async () => {
    await publish({ amount: 4 }, { name: 'ordered' });
    const [id = ''] = await until('an instance begins', async () => {
      const ids = await startedBy('begins');
      return ids.length > 0 && ids;
    });
    const { organisationId, applicantId } = await world.instance(id);
    const standing = (await world.contextOf(OPERATOR)).standing;
    expect([organisationId, applicantId]).toEqual([standing.person.organisation.id, null]);
    expect(variablesOf(await world.state(id))).toMatchObject({ amount: 4, starter: { organisation: organisationId } });
    expect((await world.call('p-wu-tong', 'instance', { id })).header.applicant).toBeNull();
    await complete(id, 'ask');
    await shell.sealed(id);
  });

  it('begins one instance for a key at a time; the next message begins the next when that has ended', async () => {
    const before = await startedBy('begins');
    for (const amount of [1, 2]) await publish({ amount }, { name: 'ordered' });
    const news = async () => (await startedBy('begins')).filter((id) => !before.includes(id));
    const [first = ''] = await until('one begins', async () => ((await news()).length > 0 ? news() : false));
    await settled();
    expect(await news()).toEqual([first]);
    await complete(first, 'ask');
    const both = await until('the other begins', async () => ((await news()).length === 2 ? news() : false));
    const amounts = await Promise.all(both.map(async (id) => variablesOf(await world.state(id)).amount));
    expect([...amounts].sort()).toEqual([1, 2]);
    for (const id of both) if (!(await isOver(id))) await complete(id, 'ask');
    for (const id of both) await shell.sealed(id);
  });

  it('without a key begins one instance for each message', async () => {
    const before = await startedBy('begins');
    for (let count = 0; count < 3; count += 1)
      await world.call(OPERATOR, 'publishMessage', { messageId: randomUUID(), name: 'ordered', variables: {} });
    await until('all begin', async () => (await startedBy('begins')).length === before.length + 3);
  });
});

describe('a signal', () => {
  beforeAll(async () => {
    const alarm = '<bpmn:signal id="s" name="alarm" />';
    const begun = `<bpmn:startEvent id="begun">${signalEvent}</bpmn:startEvent>`;
    await deployDiagram(
      world,
      'listens',
      diagramXml(alarm, smallProcess('p', `${startEvent}${caught('heard', signalEvent)}${endEvent()}`, 'start > heard > end')),
    );
    await deployDiagram(
      world,
      'rings',
      diagramXml(
        alarm,
        smallProcess(
          'p',
          `${startEvent}${thrown('ring', signalEvent)}${timerCatch('rest', 'PT0.1S')}${endEvent()}`,
          'start > ring > rest > end',
        ),
      ),
    );
    await deployDiagram(
      world,
      'answers',
      diagramXml(
        alarm,
        smallProcess('p', `${startEvent}${endEvent()}`, 'start > end'),
        smallProcess('q', `${begun}${endEvent('done')}`, 'begun > done'),
      ),
    );
  });
  const answers = async () =>
    (await world.asOwner<{ id: string }>(`select id from instance where service_key = 'answers'`)).map(({ id }) => id);

  it('reaches everybody who listens, and begins what it begins, once each', async () => {
    const listeners = [await shell.begin('listens'), await shell.begin('listens')];
    const before = await answers();
    const sender = await shell.begin('rings', { level: 3 });
    for (const id of [...listeners, sender]) await shell.sealed(id);
    for (const id of listeners) expect(variablesOf(await world.state(id)).level).toBe(3);
    const begun = await until('an instance begins', async () => {
      const ids = (await answers()).filter((id) => !before.includes(id));
      return ids.length > 0 && ids;
    });
    expect(begun).toHaveLength(1);
    await shell.sealed(begun[0] ?? '');
    expect(await completed(begun[0] ?? '')).toEqual(['begun', 'done']);
    for (const id of [...listeners, sender, ...begun]) await shell.expectConfirmed(id);
  });

  it('is not heard by whoever begins to listen afterwards', async () => {
    const sender = await shell.begin('rings');
    const late = await shell.begin('listens');
    await shell.sealed(sender);
    await until('the signal was heard', async () => {
      const [row] = await world.asOwner('select 1 from signal where sender_id = $1 and is_started', [sender]);
      return row !== undefined;
    });
    expect(await isOver(late)).toBe(false);
    await world.call(OPERATOR, 'publishSignal', { signalId: randomUUID(), name: 'alarm', variables: {} });
    await shell.sealed(late);
  });

  it('from outside is heard once, however often it is published under one id', async () => {
    const listener = await shell.begin('listens');
    const before = (await answers()).length;
    const signalId = randomUUID();
    const ring = () => world.call(OPERATOR, 'publishSignal', { signalId, name: 'alarm', variables: { level: 1 } });
    expect([await ring(), await ring()]).toEqual([{ isRepeated: false }, { isRepeated: true }]);
    await shell.sealed(listener);
    await until('an instance begins', async () => (await answers()).length > before);
    const id = commandIdOf('published', 'signal', OPERATOR, signalId);
    expect(await answers()).toContain(commandIdOf('signal', id, 'answers', 'begun'));
    expect((await answers()).length).toBe(before + 1);
  });
});
