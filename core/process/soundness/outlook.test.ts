import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { aGraph, element, flows, timer, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance, person } from '#test/support/process/an-instance.ts';
import { peopledDiagram } from '#test/support/process/random-diagram.ts';
import { ROOTS } from '#test/support/process/random-roots.ts';
import { withReturns } from '#test/support/process/with-returns.ts';
import { returnTargets } from '../plan-return.ts';
import { type Outlook, Outlooks, refuseStuck } from './outlook.ts';

const outlooks = new Outlooks(() => Promise.resolve());
const of = ({ graph, state }: Pick<Instance, 'graph' | 'state'>): Promise<Outlook> => outlooks.of(graph, state);

/** Two branches and a complex gateway that waits for both: what the graph alone does not say. */
const bothOf = (...more: readonly string[]): Promise<ProcessGraph> =>
  aGraph([
    element('startEvent', 'start'),
    element('parallelGateway', 'fork'),
    userTask('left'),
    userTask('right'),
    element('complexGateway', 'both', {}, '<bpmn:activationCondition>=activationCount &gt;= 2</bpmn:activationCondition>'),
    userTask('after'),
    element('endEvent', 'end'),
    flows('start fork', 'fork left', 'fork right', 'left both', 'right both', 'both after', 'after end'),
    ...more,
  ]);

/** An operator moves tokens; what comes of it is not asked yet. */
function moved(
  instance: Instance,
  { activate = [], cancel = [] }: { readonly activate?: readonly string[]; readonly cancel?: readonly string[] },
) {
  const keys = Object.values(instance.state.elements).filter(({ elementId }) => cancel.includes(elementId));
  const body = { type: 'instance.modify', cancel: keys.map(({ key }) => key), variables: {}, reason: '试验' } as const;
  instance.do({ ...body, activate: activate.map((elementId) => ({ elementId })) }, person('olga'));
  return instance;
}

describe('what can become of an instance', () => {
  it('is an end where nothing was moved', async () => {
    const instance = new Instance(await bothOf()).start();
    expect(await of(instance)).toEqual({ kind: 'ends' });
    expect(await of(instance.complete('left'))).toEqual({ kind: 'ends' });
  });

  it('is to get stuck where a join waits for a branch that was taken away', async () => {
    const instance = moved(new Instance(await bothOf()).start(), { cancel: ['right'] });
    expect(await of(instance)).toEqual({ kind: 'stuck', elementIds: ['both'] });
  });

  it('is an end where an event takes it out of there', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element(
        'subProcess',
        'work',
        {},
        [
          element('startEvent', 'begin'),
          element('parallelGateway', 'fork'),
          userTask('left'),
          userTask('right'),
          element('complexGateway', 'both', {}, '<bpmn:activationCondition>=activationCount &gt;= 2</bpmn:activationCondition>'),
          element('endEvent', 'done'),
          flows('begin fork', 'fork left', 'fork right', 'left both', 'right both', 'both done'),
        ].join(''),
      ),
      element('boundaryEvent', 'late', { attachedToRef: 'work' }, timer('Duration', 'P7D')),
      element('endEvent', 'end'),
      flows('start work', 'work end', 'late end'),
    ]);
    expect(await of(moved(new Instance(graph).start(), { cancel: ['right'] }))).toEqual({ kind: 'ends' });
  });

  it('follows the values that the instance has, not any others', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element('exclusiveGateway', 'split', { default: 'split--one' }),
      userTask('one'),
      element('parallelGateway', 'fork'),
      userTask('left'),
      userTask('right'),
      element('exclusiveGateway', 'gather'),
      element('exclusiveGateway', 'again', { default: 'again--end' }),
      element('parallelGateway', 'join'),
      element('endEvent', 'end'),
      flows('start split', 'split one', 'one again', 'fork left', 'fork right', 'left gather', 'right gather', 'gather again', 'again end'),
      flows('join end'),
      `<bpmn:sequenceFlow id="split--fork" sourceRef="split" targetRef="fork"><bpmn:conditionExpression>=isUrgent = true</bpmn:conditionExpression></bpmn:sequenceFlow>`,
      `<bpmn:sequenceFlow id="again--join" sourceRef="again" targetRef="join"><bpmn:conditionExpression>=isUrgent = true</bpmn:conditionExpression></bpmn:sequenceFlow>`,
    ]);
    expect(await of(new Instance(graph).start({ isUrgent: false }))).toEqual({ kind: 'ends' });
  });

  it('is not told while an incident is open', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element('exclusiveGateway', 'choose'),
      element('endEvent', 'end'),
      `<bpmn:sequenceFlow id="a" sourceRef="start" targetRef="choose"/>`,
      `<bpmn:sequenceFlow id="b" sourceRef="choose" targetRef="end"><bpmn:conditionExpression>=go</bpmn:conditionExpression></bpmn:sequenceFlow>`,
    ]);
    expect(await of(new Instance(graph).start())).toEqual({ kind: 'unknown' });
  });
});

describe('a move', () => {
  it('is refused when the instance could get stuck and could not before', async () => {
    const instance = new Instance(await bothOf()).start();
    const before = instance.state;
    const { state: after, graph } = moved(instance, { cancel: ['right'] });
    expect(await refuseStuck(outlooks, { from: graph, before, to: graph, after })).toEqual({
      code: 'would-get-stuck',
      data: { elementIds: ['both'] },
    });
  });

  it('is let through when it was stuck before, or is mended by it', async () => {
    const instance = moved(new Instance(await bothOf()).start(), { cancel: ['right'] });
    const stuck = instance.state;
    const { state: after, graph } = moved(instance, { activate: ['right'] });
    expect(await refuseStuck(outlooks, { from: graph, before: stuck, to: graph, after: stuck })).toBeNull();
    expect(await refuseStuck(outlooks, { from: graph, before: stuck, to: graph, after })).toBeNull();
  });
});

describe('whatever is returned, wherever it is offered', () => {
  it('leaves an instance that cannot get stuck, in every diagram of blocks', async () => {
    let returns = 0;
    await fc.assert(
      fc.asyncProperty(peopledDiagram, fc.array(fc.nat(1_000), { maxLength: 12 }), async (inner, picks) => {
        const instance = new Instance(withReturns(await aGraph(inner, ROOTS))).start();
        for (const pick of picks) {
          const tasks = Object.values(instance.state.tasks);
          const task = tasks[pick % Math.max(1, tasks.length)];
          if (!task) break;
          const { taskId, assignee } = task;
          if (assignee === undefined) instance.do({ type: 'task.claim', taskId }, ANNA);
          const targets = returnTargets(instance.graph, instance.state, taskId);
          const toElementId = pick % 2 === 0 ? targets[pick % Math.max(1, targets.length)] : undefined;
          if (toElementId === undefined) instance.do({ type: 'task.complete', taskId, facts: {} }, ANNA);
          else {
            instance.do({ type: 'task.return', taskId, toElementId, reason: 'again' }, ANNA);
            returns += 1;
            expect((await of(instance)).kind).not.toBe('stuck');
          }
        }
      }),
      { numRuns: 100, interruptAfterTimeLimit: 30_000 },
    );
    expect(returns).toBeGreaterThan(20);
  }, 60_000);
});
