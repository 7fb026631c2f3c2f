import { describe, expect, it } from 'vitest';
import { aGraph, element, extensions, flows, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance } from '#test/support/process/an-instance.ts';
import { whereaboutsOf } from './whereabouts.ts';

const at = ({ graph, state }: Instance) =>
  Object.fromEntries(
    whereaboutsOf(graph, state).map(({ elementId, tokens, incidents }) => [elementId, incidents > 0 ? [tokens, incidents] : tokens]),
  );
const job = (id: string) => element('serviceTask', id, {}, extensions('<zeebe:taskDefinition type="lab"/>'));
const ends = (inner: readonly string[], ...more: readonly string[]) =>
  aGraph([element('startEvent', 'start'), ...inner, element('endEvent', 'end'), flows(...more)]);

describe('an instance stands', () => {
  it('nowhere before it starts and after it ends', async () => {
    const graph = await ends([userTask('ask')], 'start ask', 'ask end');
    expect(whereaboutsOf(graph, null)).toEqual([]);
    const instance = new Instance(graph).start();
    instance.complete('ask', {}, ANNA);
    expect(at(instance)).toEqual({});
  });

  it('at what lives: tasks of people, jobs, whatever waits', async () => {
    const graph = await ends(
      [element('parallelGateway', 'fork'), userTask('ask'), job('lab'), element('parallelGateway', 'join')],
      'start fork',
      'fork ask',
      'fork lab',
      'ask join',
      'lab join',
      'join end',
    );
    expect(at(new Instance(graph).start())).toEqual({ ask: 1, lab: 1 });
  });

  it('before a join where its tokens wait for others', async () => {
    const graph = await ends(
      [element('parallelGateway', 'fork'), userTask('ask'), job('lab'), element('parallelGateway', 'join')],
      'start fork',
      'fork ask',
      'fork lab',
      'ask join',
      'lab join',
      'join end',
    );
    const instance = new Instance(graph).start();
    instance.complete('ask', {}, ANNA);
    expect(at(instance)).toEqual({ join: 1, lab: 1 });
  });

  it('inside a sub-process, not at its frame', async () => {
    const inside = element(
      'subProcess',
      'inside',
      {},
      element('startEvent', 'is') + userTask('ask') + element('endEvent', 'ie') + flows('is ask', 'ask ie'),
    );
    const instance = new Instance(await ends([inside], 'start inside', 'inside end')).start();
    expect(at(instance)).toEqual({ ask: 1 });
  });

  it('as often as a loop has instances under way', async () => {
    const many = element(
      'userTask',
      'each',
      {},
      extensions('<zeebe:assignmentDefinition candidateGroups="team:t"/>') +
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2,3]" inputElement="n"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>',
    );
    const instance = new Instance(await ends([many], 'start each', 'each end')).start();
    expect(at(instance)).toEqual({ each: 3 });
  });

  it('at what failed, with its incident', async () => {
    const broken = element('scriptTask', 'x', {}, extensions('<zeebe:script expression="=function(a) a" resultVariable="y"/>'));
    const instance = new Instance(await ends([broken], 'start x', 'x end')).start();
    expect(at(instance)).toEqual({ x: [1, 1] });
  });
});
