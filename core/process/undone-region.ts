/**
 * What a return to an earlier step undoes: in that step's scope everything that comes after it in the same round, with all inside; what goes on
 * beside it stays. Nothing is offered of which the graph alone cannot tell that it leaves every branch its token.
 */
import { type GraphElement, insideOf, isEventSubProcess, isScope, type ProcessGraph, triggerOf } from '#core/bpmn/graph.ts';
import { isBody } from './compensable.ts';
import type { ElementKey } from './event.ts';
import { forwardFrom } from './forward.ts';
import type { Refusal } from './refusal.ts';
import type { ElementInstance, ProcessState, TaskState } from './state.ts';

export interface UndoneRegion {
  readonly scopeKey: ElementKey;
  /** Of that scope, the step itself included. */
  readonly elementIds: ReadonlySet<string>;
  /** Flows on which tokens of the region lie, as often as they do. */
  readonly tokens: readonly string[];
  /** Flows into parallel joins that had joined: the tokens of the other branches are put back before them. */
  readonly putBack: readonly string[];
  /** An event sub-process that interrupted the scope is undone: the scope listens anew. */
  readonly isInterruptionUndone: boolean;
}

type Position = Pick<ProcessState, 'elements' | 'completers' | 'processId'>;

export function undoneRegion(graph: ProcessGraph, state: Position, task: TaskState, toElementId: string): UndoneRegion | Refusal {
  const refusal: Refusal = { code: 'not-returnable', data: { elementId: toElementId } };
  const chain = chainOf(state, task.key);
  if (chain.some(({ compensates, compensations }) => compensates !== undefined || compensations)) {
    return { code: 'compensating', data: { elementId: task.elementId } };
  }
  const target = graph.elements[toElementId];
  if (target?.elementType !== 'userTask' || target.processId !== state.processId || target.isForCompensation) return refusal;
  if (toElementId === task.elementId || !state.completers[toElementId]) return refusal;
  const scopeIndex = chain.findIndex((instance) => instance.elementId === (target.parentId ?? target.processId) && !isBody(instance));
  const [scope, from] = [chain[scopeIndex], chain[scopeIndex - 1]];
  if (!scope || !from || scope.adHoc) return refusal;
  const event = eventSubProcessOf(graph, from);
  const forward = forwardFrom(graph, toElementId);
  if (!event && !forward.has(from.elementId)) return refusal;
  const elementIds = event ? new Set([...forward, event.id]) : forward;
  const isInterruptionUndone = event !== undefined && triggerOf(graph, event)?.isInterrupting === true;
  const beside = besideRegion(graph, state, scope, elementIds);
  const isOpenOrAhead = livesIn(state, scope.key, toElementId) || beside.has(toElementId);
  if (isOpenOrAhead || !joinsHold(graph, elementIds, toElementId, isInterruptionUndone)) return refusal;
  const isInside = (flowId: string): boolean => elementIds.has(graph.flows[flowId]?.sourceId ?? '');
  return {
    scopeKey: scope.key,
    elementIds,
    tokens: Object.entries(scope.tokens).flatMap(([flowId, count]) => (isInside(flowId) ? Array<string>(count).fill(flowId) : [])),
    putBack: parallelJoins(graph, elementIds).flatMap(({ incoming }) =>
      incoming.filter((flowId) => !isInside(flowId) && !scope.tokens[flowId] && !beside.has(graph.flows[flowId]?.sourceId ?? '')),
    ),
    isInterruptionUndone,
  };
}

/** From an element outwards to the process. */
function chainOf(state: Position, key: ElementKey): readonly ElementInstance[] {
  const instance = state.elements[key];
  if (!instance) return [];
  return [instance, ...(instance.scopeKey === null ? [] : chainOf(state, instance.scopeKey))];
}

function eventSubProcessOf(graph: ProcessGraph, { elementId }: ElementInstance) {
  const element = graph.elements[elementId];
  return isEventSubProcess(element) ? element : undefined;
}

const livesIn = (state: Position, scopeKey: ElementKey, elementId: string): boolean =>
  Object.values(state.elements).some((instance) => instance.scopeKey === scopeKey && instance.elementId === elementId);

/** Everything that the tokens beside the region can still come to in this round. */
function besideRegion(graph: ProcessGraph, state: Position, scope: ElementInstance, region: ReadonlySet<string>): ReadonlySet<string> {
  const living = Object.values(state.elements).flatMap(({ scopeKey, elementId }) =>
    scopeKey === scope.key && !region.has(elementId) ? [elementId] : [],
  );
  const lying = Object.keys(scope.tokens).flatMap((flowId) => {
    const flow = graph.flows[flowId];
    return flow && !region.has(flow.sourceId) ? [flow.targetId] : [];
  });
  return new Set([...living, ...lying].flatMap((elementId) => [...forwardFrom(graph, elementId)]));
}

const elementsIn = (graph: ProcessGraph, region: ReadonlySet<string>): readonly GraphElement[] =>
  [...region].flatMap((id) => graph.elements[id] ?? []);

const parallelJoins = (graph: ProcessGraph, region: ReadonlySet<string>): readonly GraphElement[] =>
  elementsIn(graph, region).filter(({ elementType, incoming }) => elementType === 'parallelGateway' && incoming.length > 1);

/**
 * A complex gateway, and an activity that gathers tokens, may have gone on with those of other branches alone; and of the branches that an
 * event interrupted nobody knows how far they had come.
 */
function joinsHold(graph: ProcessGraph, region: ReadonlySet<string>, toElementId: string, isInterruptionUndone: boolean): boolean {
  return elementsIn(graph, region).every((element) => {
    const { id, elementType, incoming } = element;
    if (id === toElementId || incoming.every((flowId) => region.has(graph.flows[flowId]?.sourceId ?? ''))) return true;
    if (elementType === 'complexGateway' || ('startQuantity' in element && element.startQuantity !== undefined)) return incoming.length < 2;
    return !(isInterruptionUndone && incoming.length > 1 && (elementType === 'parallelGateway' || elementType === 'inclusiveGateway'));
  });
}

/** The region with everything inside its elements. */
export function withAllInside(graph: ProcessGraph, elementIds: Iterable<string>): readonly string[] {
  return [...elementIds].flatMap((id) => [
    id,
    ...(isScope(graph.elements[id])
      ? withAllInside(
          graph,
          insideOf(graph, id).map((inner) => inner.id),
        )
      : []),
  ]);
}
