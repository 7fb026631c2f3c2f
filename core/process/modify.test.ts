import { describe, expect, it } from 'vitest';
import { loadFlow } from '#flows/load-flow.ts';
import { aGraph, element, extensions, flows, properties, timer, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance, person } from '#test/support/process/an-instance.ts';
import type { CommandBody } from './command.ts';
import { decide } from './decide.ts';
import { modificationPlan } from './plan-modification.ts';

const OPERATOR = person('olga');

type Modification = Partial<Omit<Extract<CommandBody, { type: 'instance.modify' }>, 'type'>>;
const modification = (change: Modification) =>
  ({ type: 'instance.modify', activate: [], cancel: [], variables: {}, reason: '修正', ...change }) as const;
const modify = (instance: Instance, change: Modification) => instance.do(modification(change), OPERATOR);
const refusal = (instance: Instance, change: Modification) => instance.refused(modification(change), OPERATOR);
const keyOf = (instance: Instance, elementId: string): number => {
  const found = Object.values(instance.state.elements).find((each) => each.elementId === elementId);
  if (!found) throw new Error(`${elementId} does not live.`);
  return found.key;
};

const line = () =>
  aGraph([
    element('startEvent', 'start'),
    userTask('first'),
    userTask('second'),
    element('endEvent', 'end'),
    flows('start first', 'first second', 'second end'),
  ]);

const parallel = () =>
  aGraph([
    element('startEvent', 'start'),
    element('parallelGateway', 'fork'),
    userTask('left'),
    userTask('right'),
    element('parallelGateway', 'join'),
    userTask('after'),
    element('endEvent', 'end'),
    flows('start fork', 'fork left', 'fork right', 'left join', 'right join', 'join after', 'after end'),
  ]);

const nested = (pairs: Readonly<Record<string, string>> = {}) =>
  aGraph([
    element('startEvent', 'start'),
    userTask('before'),
    element(
      'subProcess',
      'inside',
      {},
      [
        pairs.loop
          ? '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>'
          : '',
        element('startEvent', 'in'),
        userTask('one'),
        userTask('two'),
        element('endEvent', 'out'),
        flows('in one', 'one two', 'two out'),
      ].join(''),
    ),
    element('boundaryEvent', 'late', { attachedToRef: 'inside' }, timer('Duration', 'PT8H')),
    userTask('after'),
    element('endEvent', 'end'),
    element('endEvent', 'missed'),
    flows('start before', 'before inside', 'inside after', 'after end', 'late missed'),
  ]);

describe('a modification', () => {
  it('moves a token: begins one element and cancels another, in one step', async () => {
    const instance = new Instance(await line()).start();
    const events = modify(instance, { activate: [{ elementId: 'second' }], cancel: [keyOf(instance, 'first')] });
    expect(events[0]).toEqual({ type: 'instance.modified', by: 'olga', reason: '修正' });
    expect(events.map(({ type }) => type)).toContain('task.canceled');
    expect(instance.openTasks()).toEqual(['second']);
    expect(instance.complete('second', {}, ANNA).state.status).toBe('completed');
  });

  it('moves back to where it was', async () => {
    const instance = new Instance(await line()).start().complete('first', {}, ANNA);
    modify(instance, { activate: [{ elementId: 'first' }], cancel: [keyOf(instance, 'second')] });
    expect(instance.complete('first', {}, ANNA).openTasks()).toEqual(['second']);
  });

  it('sets variables before anything begins, so that what begins reads them', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      userTask('first'),
      element('exclusiveGateway', 'which', { default: 'which--end' }),
      userTask('urgent'),
      element('endEvent', 'end'),
      flows('start first', 'first which', 'which urgent =isUrgent', 'which end', 'urgent end'),
    ]);
    const instance = new Instance(graph).start({ isUrgent: false });
    modify(instance, { activate: [{ elementId: 'which' }], cancel: [keyOf(instance, 'first')], variables: { isUrgent: true } });
    expect([instance.openTasks(), instance.variables.isUrgent]).toEqual([['urgent'], true]);
  });

  it('opens the sub-process around what it begins, with its listeners and without its start', async () => {
    const instance = new Instance(await nested()).start();
    modify(instance, { activate: [{ elementId: 'two' }], cancel: [keyOf(instance, 'before')] });
    expect([instance.openTasks(), Object.values(instance.state.timers).map(({ targetId }) => targetId)]).toEqual([['two'], ['late']]);
    expect(instance.complete('two', {}, ANNA).openTasks()).toEqual(['after']);
  });

  it('cancels a sub-process with the last that lives in it', async () => {
    const instance = new Instance(await nested()).start().complete('before', {}, ANNA);
    modify(instance, { activate: [{ elementId: 'after' }], cancel: [keyOf(instance, 'one')] });
    expect([instance.openTasks(), instance.state.timers]).toEqual([['after'], {}]);
  });

  it('is refused where several scopes are open, until one is named', async () => {
    const instance = new Instance(await nested({ loop: 'yes' })).start().complete('before', {}, ANNA);
    expect(refusal(instance, { activate: [{ elementId: 'two' }] })).toBe('scope-ambiguous');
    const [, second] = Object.values(instance.state.elements).filter(({ elementType }) => elementType === 'subProcess');
    modify(instance, { activate: [{ elementId: 'two', scopeKey: second?.key ?? 0 }] });
    expect(instance.openTasks()).toEqual(['one', 'one', 'two']);
    expect(refusal(instance, { activate: [{ elementId: 'two', scopeKey: 1 }] })).toBe('scope-not-open');
  });

  it('cancels a loop as a whole, not one of its instances', async () => {
    const instance = new Instance(await nested({ loop: 'yes' })).start().complete('before', {}, ANNA);
    const [one] = Object.values(instance.state.elements).filter(({ elementType }) => elementType === 'subProcess');
    expect(refusal(instance, { cancel: [one?.key ?? 0] })).toBe('not-cancelable');
    const body = Object.values(instance.state.elements).find(({ elementType }) => elementType === 'multiInstanceBody');
    modify(instance, { activate: [{ elementId: 'after' }], cancel: [body?.key ?? 0] });
    expect(instance.openTasks()).toEqual(['after']);
  });

  it('is refused when a join would wait for ever', async () => {
    const instance = new Instance(await parallel()).start().complete('left', {}, ANNA);
    expect(refusal(instance, { activate: [{ elementId: 'after' }], cancel: [keyOf(instance, 'right')] })).toBe('join-starved');
    modify(instance, { activate: [{ elementId: 'left' }], cancel: [] });
    expect([...instance.openTasks()].sort()).toEqual(['left', 'right']);
  });

  it('is refused when nothing would be left, or nothing is asked', async () => {
    const instance = new Instance(await line()).start();
    expect(refusal(instance, { cancel: [keyOf(instance, 'first')] })).toBe('nothing-left');
    expect(refusal(instance, {})).toBe('nothing-asked');
    expect(refusal(instance, { variables: { a: 1 }, reason: ' ' })).toBe('reason-required');
  });

  it('is refused for what is not there, or is begun by an event', async () => {
    const instance = new Instance(await nested()).start();
    expect(refusal(instance, { cancel: [99] })).toBe('unknown-key');
    expect(refusal(instance, { cancel: [1] })).toBe('unknown-key');
    for (const elementId of ['late', 'in', 'start', 'nowhere'])
      expect(refusal(instance, { activate: [{ elementId }] })).toBe('not-enterable');
  });

  it('never changes who started the instance, for whom and where', async () => {
    const instance = new Instance(await line()).start({ zone: 'Asia/Shanghai' });
    for (const name of ['starter', 'platform', 'zone']) expect(refusal(instance, { variables: { [name]: 'x' } })).toBe('not-allowed');
  });

  it('is done by a person only', async () => {
    expect(new Instance(await line()).start().refused(modification({ variables: { a: 1 } }))).toBe('not-allowed');
  });
});

describe('the closed loop', () => {
  const loop = () =>
    aGraph([
      element('startEvent', 'apply'),
      userTask('review'),
      userTask('execute', { phase: 'execute' }),
      userTask('by-executor', { phase: 'evaluate', side: 'executor' }),
      userTask('by-applicant', { phase: 'evaluate', side: 'applicant' }),
      userTask('quality', { phase: 'quality' }),
      element('endEvent', 'closed', {}, extensions(properties({ result: 'closed' }))),
      flows('apply review', 'review execute', 'execute by-executor', 'by-executor by-applicant', 'by-applicant quality', 'quality closed'),
    ]);

  it.each(['execute', 'by-executor'])('may be moved along, before %s', async (elementId) => {
    const instance = new Instance(await loop()).start();
    if (elementId !== 'execute') instance.complete('review', {}, ANNA).complete('execute', {}, ANNA);
    modify(instance, {
      activate: [{ elementId: 'execute' }],
      cancel: [keyOf(instance, elementId === 'execute' ? 'review' : 'by-executor')],
    });
    expect(instance.openTasks()).toEqual(['execute']);
  });

  it.each(['by-executor', 'by-applicant', 'quality', 'closed'])('is not broken: nobody can skip to %s', async (elementId) => {
    const instance = new Instance(await loop()).start();
    expect(refusal(instance, { activate: [{ elementId }], cancel: [keyOf(instance, 'review')] })).toBe('loop-broken');
  });

  it('of the consult is held by every single move that is taken', async () => {
    const { graph } = await loadFlow('consult');
    const taken: string[] = [];
    for (const elementId of Object.keys(graph.elements)) {
      const instance = new Instance(graph);
      instance.send({ type: 'start', instanceId: 'i', processId: 'consult', variables: CONSULT });
      const first = Object.values(instance.state.tasks)[0];
      // `Instance` checks the invariants after every step that is accepted.
      const answer = instance.send(modification({ activate: [{ elementId }], cancel: first ? [first.key] : [] }), OPERATOR);
      if (answer.kind === 'accepted') taken.push(elementId);
    }
    expect(taken).not.toContain('quality');
    expect(taken.length).toBeGreaterThan(0);
  });
});

const CONSULT = {
  starter: { person: 'p', organisation: 'o1', tier: 'county' },
  platform: 'o2',
  zone: 'Asia/Shanghai',
  urgency: 'emergency',
  subkind: 'difficult',
  specialty: 'cardiology',
};

describe('a plan', () => {
  it('says what would be opened, cancelled, passed through and changed, and changes nothing', async () => {
    const instance = new Instance(await parallel()).start({ a: 1 });
    const before = instance.state;
    const command = {
      ...modification({
        activate: [{ elementId: 'fork' }],
        cancel: [keyOf(instance, 'left'), keyOf(instance, 'right')],
        variables: { a: 2 },
      }),
      id: 'c',
      at: instance.at,
      zone: 'Asia/Shanghai',
      actor: OPERATOR,
    };
    const decision = decide(instance.graph, before, command);
    if (decision.kind !== 'accepted') throw new Error('It is refused.');
    const plan = modificationPlan(instance.graph, before, command, decision.events);
    expect(plan).toMatchObject({
      opened: [
        { elementId: 'left', hasTask: true },
        { elementId: 'right', hasTask: true },
      ],
      canceled: [
        { elementId: 'left', hasTask: true },
        { elementId: 'right', hasTask: true },
      ],
      passed: ['fork'],
      incidents: [],
      variables: [{ name: 'a', before: 1, after: 2 }],
      result: null,
    });
    expect(instance.state).toBe(before);
  });
});
