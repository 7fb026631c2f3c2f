/**
 * When an inclusive gateway may join (BPMN 2.0, 13.4.3): at least one incoming flow holds a token, and no token elsewhere in the scope
 * could still reach an empty incoming flow, unless it could as well reach one that already holds a token.
 */
import { elementAround, type GraphElement, type ProcessGraph } from '#core/bpmn/graph.ts';
import type { ElementKey } from './event.ts';
import type { ProcessState } from './state.ts';

export function canJoin(graph: ProcessGraph, elements: ProcessState['elements'], scopeKey: ElementKey, gatewayId: string): boolean {
  const gateway = graph.elements[gatewayId];
  const tokens = elements[scopeKey]?.tokens ?? {};
  if (!gateway?.incoming.some((id) => tokens[id])) return false;
  const reach = reachOf(graph, gateway);
  return positions(graph, elements, scopeKey, gateway).every((flowIds) => {
    const reached = gateway.incoming.filter((incoming) => flowIds.some((flowId) => reach.get(incoming)?.has(flowId)));
    return reached.every((id) => tokens[id]) || reached.some((id) => tokens[id]);
  });
}

/** Could a token elsewhere in the scope still reach one of these flows into the gateway? */
export function mayStillArrive(
  graph: ProcessGraph,
  elements: ProcessState['elements'],
  scopeKey: ElementKey,
  gateway: GraphElement,
  incoming: readonly string[],
): boolean {
  const reach = reachOf(graph, gateway);
  return positions(graph, elements, scopeKey, gateway).some((flowIds) =>
    incoming.some((into) => flowIds.some((flowId) => reach.get(into)?.has(flowId))),
  );
}

/** For every token elsewhere in the scope, the flows it may take next. */
function positions(
  graph: ProcessGraph,
  elements: ProcessState['elements'],
  scopeKey: ElementKey,
  gateway: GraphElement,
): readonly (readonly string[])[] {
  const onFlows = Object.keys(elements[scopeKey]?.tokens ?? {})
    .filter((flowId) => !gateway.incoming.includes(flowId))
    .map((flowId) => [flowId]);
  const onElements = Object.values(elements)
    .filter((instance) => instance.scopeKey === scopeKey)
    .map((instance) => flowsFrom(graph, graph.elements[instance.elementId]));
  // A step that is returned to begins when what lies behind it has been undone.
  const scope = elements[scopeKey];
  const onReturns = (scope?.compensations ?? []).flatMap(({ returnsTo }) =>
    returnsTo === undefined || !scope ? [] : [flowsFrom(graph, elementAround(graph, scope.elementId, returnsTo))],
  );
  return [...onFlows, ...onElements, ...onReturns];
}

/** Where a token can go on from an element: its own flows, those of its boundary events, and over a link. */
function flowsFrom(graph: ProcessGraph, element: GraphElement | undefined): readonly string[] {
  if (!element) return [];
  const boundaries = 'boundaryIds' in element ? element.boundaryIds : [];
  return [
    ...element.outgoing,
    ...boundaries.flatMap((id) => graph.elements[id]?.outgoing ?? []),
    ...(linkTarget(graph, element)?.outgoing ?? []),
  ];
}

/** The catching end of a link that an element throws. */
export function linkTarget(graph: ProcessGraph, element: GraphElement): GraphElement | undefined {
  if (element.elementType !== 'intermediateThrowEvent' || element.event.kind !== 'link') return undefined;
  const { linkName } = element.event;
  return Object.values(graph.elements).find(
    (other) =>
      other.elementType === 'intermediateCatchEvent' &&
      other.event.kind === 'link' &&
      other.event.linkName === linkName &&
      other.parentId === element.parentId &&
      other.processId === element.processId,
  );
}

/** Incoming flow of the gateway → every flow from which a path leads to it without visiting the gateway. */
type Reach = ReadonlyMap<string, ReadonlySet<string>>;

/** Graphs are immutable, so what was found for one is kept with it. */
const known = new WeakMap<ProcessGraph, Map<string, Reach>>();

function reachOf(graph: ProcessGraph, gateway: GraphElement): Reach {
  const ofGraph = known.get(graph) ?? new Map<string, Reach>();
  known.set(graph, ofGraph);
  const found = ofGraph.get(gateway.id);
  if (found) return found;
  const before = flowsBefore(graph, gateway.id);
  const reach = new Map(gateway.incoming.map((incoming) => [incoming, closure(incoming, before)]));
  ofGraph.set(gateway.id, reach);
  return reach;
}

/** Flow → the flows that can directly precede it, none of them through the gateway. */
function flowsBefore(graph: ProcessGraph, gatewayId: string): ReadonlyMap<string, readonly string[]> {
  const before = new Map<string, string[]>();
  for (const flow of Object.values(graph.flows)) {
    if (flow.targetId === gatewayId) continue;
    for (const next of flowsFrom(graph, graph.elements[flow.targetId])) before.set(next, [...(before.get(next) ?? []), flow.id]);
  }
  return before;
}

function closure(flowId: string, before: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set([flowId]);
  const open = [flowId];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const earlier of before.get(at) ?? []) {
      if (reached.has(earlier)) continue;
      reached.add(earlier);
      open.push(earlier);
    }
  }
  return reached;
}
