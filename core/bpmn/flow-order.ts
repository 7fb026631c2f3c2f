/** The elements of a diagram as somebody would tell them: from what begins, along the flows, what is inside or attached right after its host. */
import { type GraphElement, insideOf, isScope, type ProcessGraph } from './graph.ts';

export function inFlowOrder(graph: ProcessGraph): readonly GraphElement[] {
  const told = new Map<string, GraphElement>();
  for (const processId of Object.keys(graph.processes)) tell(graph, insideOf(graph, processId), told);
  return [...told.values()];
}

function tell(graph: ProcessGraph, scope: readonly GraphElement[], told: Map<string, GraphElement>): void {
  const begins = scope.filter(({ elementType, incoming }) => incoming.length === 0 && elementType !== 'boundaryEvent');
  // The whole scope again: what nothing that begins leads to comes last.
  for (const first of [...begins, ...scope]) {
    // It grows while it is walked: breadth first, so that a branch that ends soon does not come behind all that follows the others.
    const queue = [first];
    for (const element of queue) {
      if (told.has(element.id)) continue;
      told.set(element.id, element);
      if (isScope(element)) tell(graph, insideOf(graph, element.id), told);
      queue.push(...element.outgoing.flatMap((id) => graph.elements[graph.flows[id]?.targetId ?? ''] ?? []));
      if ('boundaryIds' in element) queue.push(...element.boundaryIds.flatMap((id) => graph.elements[id] ?? []));
    }
  }
}
