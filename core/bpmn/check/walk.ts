/** Walking over a graph: who comes after whom, by every way that a token can take. */
import {
  type BoundaryEvent,
  type GraphElement,
  implicitStarts,
  insideOf,
  isEventSubProcess,
  isScope,
  type ProcessGraph,
  type Scope,
  type StartEvent,
} from '../graph.ts';

export const elementsOf = (graph: ProcessGraph): readonly GraphElement[] => Object.values(graph.elements);

/** Scopes: every process and every kind of sub-process. */
export interface ScopeView {
  readonly id: string;
  readonly kind: 'process' | Scope['elementType'];
  readonly elements: readonly GraphElement[];
}

export const scopesOf = (graph: ProcessGraph): readonly ScopeView[] => [
  ...Object.keys(graph.processes).map((id): ScopeView => ({ id, kind: 'process', elements: insideOf(graph, id) })),
  ...elementsOf(graph)
    .filter(isScope)
    .map(({ id, elementType }): ScopeView => ({ id, kind: elementType, elements: insideOf(graph, id) })),
];

/** Where a token can come into being in a scope. */
export function entriesOf(graph: ProcessGraph, { id, kind, elements }: ScopeView): readonly GraphElement[] {
  const starts = elements.filter((element) => isStart(element) || 'instantiates' in element);
  const begins = starts.length > 0 && kind !== 'adHocSubProcess' ? starts : implicitStarts(graph, id);
  return [...begins, ...elements.filter(isEventSubProcess)];
}

export const boundariesOf = (graph: ProcessGraph, element: GraphElement): readonly BoundaryEvent[] =>
  'boundaryIds' in element
    ? element.boundaryIds.flatMap((id) => {
        const boundary = graph.elements[id];
        return boundary?.elementType === 'boundaryEvent' ? [boundary] : [];
      })
    : [];

export const isStart = (element: GraphElement): element is StartEvent => element.elementType === 'startEvent';

/** The elements in the same scope to which a token can come next: by flows, from boundary events, over links. */
export function successors(graph: ProcessGraph, element: GraphElement): readonly GraphElement[] {
  return [
    ...element.outgoing.flatMap((flowId) => graph.elements[graph.flows[flowId]?.targetId ?? ''] ?? []),
    ...boundariesOf(graph, element),
    ...linkedFrom(graph, element),
    ...handlersOf(graph, element),
  ];
}

/** What compensates an activity, by way of its boundary event. */
const handlersOf = (graph: ProcessGraph, element: GraphElement): readonly GraphElement[] =>
  element.elementType === 'boundaryEvent' && element.handlerId !== undefined ? [graph.elements[element.handlerId] ?? []].flat() : [];

export const linkedFrom = (graph: ProcessGraph, element: GraphElement): readonly GraphElement[] =>
  element.elementType === 'intermediateThrowEvent' && element.event.kind === 'link'
    ? elementsOf(graph).filter((other) => isLinkPair(element, other))
    : [];

export function isLinkPair(thrower: GraphElement, catcher: GraphElement): boolean {
  return (
    thrower.elementType === 'intermediateThrowEvent' &&
    catcher.elementType === 'intermediateCatchEvent' &&
    thrower.event.kind === 'link' &&
    catcher.event.kind === 'link' &&
    thrower.event.linkName === catcher.event.linkName &&
    thrower.parentId === catcher.parentId &&
    thrower.processId === catcher.processId
  );
}

/** Everything reachable from the given elements, themselves included. */
export function reach(from: readonly GraphElement[], next: (element: GraphElement) => readonly GraphElement[]): ReadonlySet<string> {
  const reached = new Set(from.map(({ id }) => id));
  const open = [...from];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const element of next(at)) {
      if (reached.has(element.id)) continue;
      reached.add(element.id);
      open.push(element);
    }
  }
  return reached;
}
