import { describe, expect, it } from 'vitest';
import { aGraph, element, extensions, flows, properties, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance, person } from '#test/support/process/an-instance.ts';

const WITHDRAW = JSON.stringify({
  code: 'withdraw',
  name: { 'zh-CN': '撤回' },
  senders: '=["person:" + starter.person]',
  reason: { codes: [{ code: 'not-needed', name: { 'zh-CN': '不再需要' } }] },
});

/** `ask` leads to `answer`, and is asked once until there is an answer. */
const asking = () =>
  aGraph(
    [
      element('startEvent', 'start'),
      userTask('work'),
      userTask('answer'),
      element(
        'boundaryEvent',
        'ask',
        { attachedToRef: 'work', cancelActivity: 'false' },
        `${extensions(properties({ action: JSON.stringify({ code: 'ask', name: { 'zh-CN': '申请' }, senders: '=["person:" + starter.person]', notWhile: 'answer' }) }))}<bpmn:messageEventDefinition messageRef="m"/>`,
      ),
      element('endEvent', 'end'),
      flows('start work', 'work end', 'ask answer', 'answer end'),
    ],
    ['<bpmn:message id="m" name="ask"/>'],
  );

const withdrawing = (isInterrupting: boolean) =>
  aGraph(
    [
      element('startEvent', 'start'),
      userTask('work'),
      element(
        'boundaryEvent',
        'withdraw',
        { attachedToRef: 'work', cancelActivity: String(isInterrupting) },
        `${extensions(properties({ action: WITHDRAW, result: 'withdrawal' }))}<bpmn:messageEventDefinition messageRef="m"/>`,
      ),
      element('endEvent', 'end'),
      element('endEvent', 'gone', {}, extensions(properties({ result: 'withdrawn' }))),
      flows('start work', 'work end', 'withdraw gone'),
    ],
    ['<bpmn:message id="m" name="withdraw"/>'],
  );

const STARTER = person('zhou');
const SEND = { type: 'action.send', code: 'withdraw', reasonCode: 'not-needed', facts: { note: 1 } } as const;

describe('a message that a person may send', () => {
  it('is taken from its senders only, with the reason it asks for', async () => {
    const instance = new Instance(await withdrawing(true)).start({ starter: { person: 'zhou' } });
    expect(instance.refused({ ...SEND, code: 'explode' }, STARTER)).toBe('unknown-action');
    expect(instance.refused(SEND, ANNA)).toBe('not-allowed');
    expect(instance.refused({ type: 'action.send', code: 'withdraw', facts: {} }, STARTER)).toBe('reason-required');
    expect(instance.refused({ ...SEND, reasonCode: 'mood' }, STARTER)).toBe('unknown-reason-code');
    instance.do(SEND, STARTER);
    expect(instance.state).toMatchObject({ status: 'completed', result: 'withdrawn' });
    expect(instance.variables.withdrawal).toEqual({ note: 1, code: 'withdraw', by: 'zhou', at: instance.at, reasonCode: 'not-needed' });
  });

  it('can be sent again where it does not interrupt', async () => {
    const instance = new Instance(await withdrawing(false)).start({ starter: { person: 'zhou' } });
    instance.do(SEND, STARTER);
    instance.do(SEND, STARTER);
    expect(instance.openTasks()).toEqual(['work']);
  });

  it('cannot be sent again while what it led to is at work, if the diagram says so', async () => {
    const instance = new Instance(await asking()).start({ starter: { person: 'zhou' } });
    const ask = { type: 'action.send', code: 'ask', facts: {} } as const;
    instance.do(ask, STARTER);
    expect(instance.refused(ask, STARTER)).toBe('under-way');
    expect(instance.refused(ask, ANNA)).toBe('not-allowed');
    expect(instance.openTasks()).toEqual(['work', 'answer']);
    instance.complete('answer');
    instance.do(ask, STARTER);
    expect(instance.openTasks()).toEqual(['work', 'answer']);
  });
});

describe('messages and signals', () => {
  it('reach one subscription and all listeners', async () => {
    const wait = (id: string, inner: string) => element('intermediateCatchEvent', id, {}, inner);
    const graph = await aGraph(
      [
        element('startEvent', 'start'),
        wait('m1', '<bpmn:messageEventDefinition messageRef="m"/>'),
        wait('m2', '<bpmn:messageEventDefinition messageRef="m"/>'),
        wait('s1', '<bpmn:signalEventDefinition signalRef="s"/>'),
        wait('s2', '<bpmn:signalEventDefinition signalRef="s"/>'),
        element('endEvent', 'end'),
        flows('start m1', 'start m2', 'start s1', 'start s2', 'm1 end', 'm2 end', 's1 end', 's2 end'),
      ],
      [
        `<bpmn:message id="m" name="m">${extensions('<zeebe:subscription correlationKey="=id"/>')}</bpmn:message>`,
        '<bpmn:signal id="s" name="s"/>',
      ],
    );
    const instance = new Instance(graph).start({ id: 'i7' });
    expect(instance.refused({ type: 'message.deliver', messageName: 'm', correlationKey: 'other', variables: {} })).toBe('no-subscription');
    instance.do({ type: 'message.deliver', messageName: 'm', correlationKey: 'i7', variables: {} });
    expect(Object.values(instance.state.subscriptions).map(({ targetId }) => targetId)).toEqual(['m2', 's1', 's2']);
    instance.do({ type: 'signal.deliver', signalName: 's', variables: {} });
    expect(Object.values(instance.state.subscriptions).map(({ targetId }) => targetId)).toEqual(['m2']);
    expect(instance.refused({ type: 'signal.deliver', signalName: 's', variables: {} })).toBe('no-subscription');
  });

  it('reach the subscription that they are addressed to, or none', async () => {
    const wait = (id: string) => element('intermediateCatchEvent', id, {}, '<bpmn:messageEventDefinition messageRef="m"/>');
    const graph = await aGraph(
      [
        element('startEvent', 'start'),
        wait('m1'),
        wait('m2'),
        element('endEvent', 'end'),
        flows('start m1', 'start m2', 'm1 end', 'm2 end'),
      ],
      ['<bpmn:message id="m" name="m"/>'],
    );
    const instance = new Instance(graph).start();
    const second = Object.values(instance.state.subscriptions).find(({ targetId }) => targetId === 'm2')?.effectId ?? '';
    const deliver = { type: 'message.deliver', messageName: 'm', effectId: second, variables: {} } as const;
    instance.do(deliver);
    expect(Object.values(instance.state.subscriptions).map(({ targetId }) => targetId)).toEqual(['m1']);
    expect(instance.refused(deliver)).toBe('no-subscription');
  });
});
