/**
 * What lies ahead of a state, by the graph alone: which elements its tokens can still come to. Conditions are not evaluated, so more may
 * seem reachable than is; what is not reachable here is not reachable at all.
 */
import {
  elementAround,
  type GraphElement,
  implicitStarts,
  insideOf,
  isEventSubProcess,
  type Phase,
  type ProcessGraph,
} from '#core/bpmn/graph.ts';
import { linkTarget } from './inclusive-join.ts';
import type { ElementInstance, ProcessState } from './state.ts';

export type Position = Pick<ProcessState, 'elements' | 'phases' | 'evaluatedSides' | 'processId'>;

/** Ids of everything that can still be entered, what lives included. */
export function ahead(graph: ProcessGraph, state: Pick<ProcessState, 'elements' | 'processId'>): ReadonlySet<string> {
  const living = Object.values(state.elements);
  const begun = new Set(living.map(({ elementId }) => elementId));
  const waiting = living.flatMap((scope) => [
    ...Object.keys(scope.tokens).map((flowId) => graph.flows[flowId]?.targetId ?? ''),
    ...returningTo(graph, scope),
  ]);
  // An event sub-process of a scope that lives may still begin.
  const events = [...begun].flatMap((id) => insideOf(graph, id).filter(isEventSubProcess));
  const reached = new Set<string>();
  const open: GraphElement[] = [...[...begun, ...waiting].flatMap((id) => graph.elements[id] ?? []), ...events];
  for (let at = open.pop(); at; at = open.pop()) {
    if (reached.has(at.id)) continue;
    reached.add(at.id);
    // What lives inside a living scope stands among the living itself.
    open.push(...nextTo(graph, at), ...(begun.has(at.id) ? [] : insideAtFirst(graph, at)));
  }
  return reached;
}

/** The steps that begin when something has been undone. */
const returningTo = (graph: ProcessGraph, { elementId, compensations = [] }: ElementInstance): readonly string[] =>
  compensations.flatMap(({ returnsTo }) => (returnsTo === undefined ? [] : (elementAround(graph, elementId, returnsTo)?.id ?? [])));

/** In the same scope: by flows, from boundary events, over links. */
function nextTo(graph: ProcessGraph, element: GraphElement): readonly GraphElement[] {
  const byFlow = element.outgoing.flatMap((flowId) => graph.elements[graph.flows[flowId]?.targetId ?? ''] ?? []);
  const boundaries = 'boundaryIds' in element ? element.boundaryIds.flatMap((id) => graph.elements[id] ?? []) : [];
  const linked = linkTarget(graph, element);
  return [...byFlow, ...boundaries, ...(linked ? [linked] : [])];
}

const insideAtFirst = (graph: ProcessGraph, { id }: GraphElement): readonly GraphElement[] => [
  ...insideOf(graph, id).filter((inner) => inner.elementType === 'startEvent' || isEventSubProcess(inner)),
  ...implicitStarts(graph, id),
];

/** What a closed loop must have walked (design.md 1). */
const CLOSING_PHASES: readonly Phase[] = ['execute', 'quality'];
const SIDES = ['executor', 'applicant'] as const;

/** Links of the loop that are open and can no longer be walked, although its closed end can still be reached. */
export function lostLinks(graph: ProcessGraph, state: Position): readonly string[] {
  const elements = [...ahead(graph, state)].flatMap((id) => graph.elements[id] ?? []);
  if (!elements.some((element) => element.elementType === 'endEvent' && element.result === 'closed')) return [];
  const phases = CLOSING_PHASES.filter(
    (phase) => state.phases[phase] === undefined && !elements.some((element) => element.phase === phase),
  );
  const sides = SIDES.filter(
    (side) =>
      !state.evaluatedSides.includes(side) && !elements.some((element) => element.elementType === 'userTask' && element.side === side),
  );
  return [...phases, ...sides.map((side) => `evaluation by the ${side}`)];
}

/** Can the process still come to an end of its own? */
export function canEnd(graph: ProcessGraph, state: Pick<ProcessState, 'elements' | 'processId'>): boolean {
  const reached = ahead(graph, state);
  return insideOf(graph, state.processId).some(
    (element) => reached.has(element.id) && (element.elementType === 'endEvent' || element.outgoing.length === 0),
  );
}

/** Parallel joins that hold a token and wait for one that nothing can bring any more, as `<gateway>` ids. */
export function starvedJoins(graph: ProcessGraph, { elements }: Pick<ProcessState, 'elements'>): readonly string[] {
  return Object.values(elements).flatMap((scope) => {
    const gateways = new Set(Object.keys(scope.tokens).map((flowId) => graph.flows[flowId]?.targetId ?? ''));
    return [...gateways].filter((id) => {
      const gateway = graph.elements[id];
      if (gateway?.elementType !== 'parallelGateway' || gateway.incoming.length < 2) return false;
      const moving = [
        ...Object.values(elements).flatMap(({ scopeKey, elementId }) => (scopeKey === scope.key ? [elementId] : [])),
        ...Object.keys(scope.tokens).flatMap((flowId) => graph.flows[flowId]?.targetId ?? []),
        ...returningTo(graph, scope),
      ].filter((each) => each !== id);
      const reached = within(graph, moving, id);
      return gateway.incoming.some((flowId) => !scope.tokens[flowId] && !reached.has(graph.flows[flowId]?.sourceId ?? ''));
    });
  });
}

/** Everything in the same scope that comes after these without passing the gateway. */
function within(graph: ProcessGraph, from: readonly string[], gatewayId: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = from.flatMap((id) => graph.elements[id] ?? []);
  for (let at = open.pop(); at; at = open.pop()) {
    if (reached.has(at.id) || at.id === gatewayId) continue;
    reached.add(at.id);
    open.push(...nextTo(graph, at));
  }
  return reached;
}
