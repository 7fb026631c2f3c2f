import type { ProcessGraph } from '#core/bpmn/graph.ts';

/** The same diagram with a return to any earlier step on every user task. */
export const withReturns = (graph: ProcessGraph): ProcessGraph => ({
  ...graph,
  elements: Object.fromEntries(
    Object.entries(graph.elements).map(([id, element]) => [
      id,
      element.elementType === 'userTask' ? { ...element, returns: 'any' as const } : element,
    ]),
  ),
});
