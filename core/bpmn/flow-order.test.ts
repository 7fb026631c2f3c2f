import { expect, it } from 'vitest';
import { loadFlow } from '#flows/load-flow.ts';
import { aGraph, element, flows, userTask } from '#test/support/process/a-graph.ts';
import { inFlowOrder } from './flow-order.ts';

it('tells elements from the start along the flows, with what is inside and attached after its host, each once', async () => {
  const inside = element(
    'subProcess',
    'm',
    {},
    element('startEvent', 'm1') + userTask('a2') + element('endEvent', 'm3') + flows('m1 a2', 'a2 m3'),
  );
  const graph = await aGraph([
    element('endEvent', 'a-end'),
    userTask('b'),
    inside,
    element('startEvent', 'z'),
    element('exclusiveGateway', 'g', { default: 'g--m' }),
    flows('z g', 'g b =x > 1', 'g m', 'b a-end', 'm a-end'),
  ]);
  expect(inFlowOrder(graph).map(({ id }) => id)).toEqual(['z', 'g', 'b', 'm', 'm1', 'a2', 'm3', 'a-end']);
});

it('leaves nothing out', async () => {
  const { graph } = await loadFlow('consult');
  const order = inFlowOrder(graph).map(({ id }) => id);
  expect(order.toSorted()).toEqual(Object.keys(graph.elements).toSorted());
  expect(order.indexOf('review')).toBeLessThan(order.indexOf('quality'));
});
