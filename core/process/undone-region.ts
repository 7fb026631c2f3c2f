/**
 * What a return to an earlier step undoes: in that step's scope everything that comes after it in the same round, with all inside; what goes on
 * beside it stays. Nothing is offered of which the graph alone cannot tell that it leaves every branch its token.
 */
import {
  definitionsOf,
  elementAround,
  type GraphElement,
  insideOf,
  isEventSubProcess,
  isScope,
  type ProcessGraph,
  type SubProcess,
  triggerOf,
} from '#core/bpmn/graph.ts';
import { isBody } from './compensable.ts';
import type { ElementKey } from './event.ts';
import { dominatorsOf, forwardFrom } from './forward.ts';
import { isPlainScope } from './open-scope.ts';
import type { Refusal } from './refusal.ts';
import type { ElementInstance, ProcessState, TaskState } from './state.ts';

export interface UndoneRegion {
  readonly scopeKey: ElementKey;
  /** Of that scope, the step itself included, or the sub-process that is opened again for it. */
  readonly elementIds: ReadonlySet<string>;
  /** With all inside; of what is opened again, what comes after the step. */
  readonly allIds: ReadonlySet<string>;
  /** Sub-processes that had completed and are opened again around the step, the outer ones first. */
  readonly opened: readonly string[];
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
  const scopeIndex = chain.findIndex(
    (instance) => !isBody(instance) && elementAround(graph, instance.elementId, toElementId) !== undefined,
  );
  const [scope, from] = [chain[scopeIndex], chain[scopeIndex - 1]];
  if (!scope || !from || scope.adHoc) return refusal;
  const path = pathTo(graph, scope.elementId, toElementId);
  const opened = path.slice(0, -1);
  const [first = toElementId] = path;
  if (opened.length > 0 && !canOpen(graph, scope, path)) return refusal;
  const event = eventSubProcessOf(graph, from);
  const forward = forwardFrom(graph, first);
  if (!event && !forward.has(from.elementId)) return refusal;
  const elementIds = event ? new Set([...forward, event.id]) : forward;
  const isInterruptionUndone = event !== undefined && triggerOf(graph, event)?.isInterrupting === true;
  const beside = besideRegion(graph, state, scope, elementIds);
  const isOpenOrAhead = livesIn(state, scope.key, first) || beside.has(first);
  if (isOpenOrAhead || !joinsHold(graph, elementIds, first) || (isInterruptionUndone && !isAlone(graph, first))) return refusal;
  const isInside = (flowId: string): boolean => elementIds.has(graph.flows[flowId]?.sourceId ?? '');
  return {
    scopeKey: scope.key,
    elementIds,
    allIds: allIn(graph, elementIds, path),
    opened,
    tokens: Object.entries(scope.tokens).flatMap(([flowId, count]) => (isInside(flowId) ? Array<string>(count).fill(flowId) : [])),
    putBack: parallelJoins(graph, elementIds).flatMap(({ incoming }) =>
      incoming.filter((flowId) => !isInside(flowId) && !scope.tokens[flowId] && !beside.has(graph.flows[flowId]?.sourceId ?? '')),
    ),
    isInterruptionUndone,
  };
}

/** Whether an element can be what a return to a step undoes, as far as the graph alone tells. */
export function comesAfter(graph: ProcessGraph, elementId: string, stepId: string): boolean {
  const element = graph.elements[elementId];
  if (!element || element.processId !== graph.elements[stepId]?.processId || elementId === stepId) return false;
  let from = element;
  for (let scopeId = from.parentId ?? from.processId; ; scopeId = from.parentId ?? from.processId) {
    const first = elementAround(graph, scopeId, stepId);
    if (first) return isEventSubProcess(from) || forwardFrom(graph, first.id).has(from.id);
    const scope = graph.elements[scopeId];
    if (!scope) return false;
    from = scope;
  }
}

/** From a scope to an element in it, through the sub-processes between. */
function pathTo(graph: ProcessGraph, scopeId: string, elementId: string): readonly string[] {
  const around = elementAround(graph, scopeId, elementId);
  if (!around) return [];
  return around.id === elementId ? [elementId] : [around.id, ...pathTo(graph, around.id, elementId)];
}

/** What was completed in it before the step would be compensated with the whole, and not be done again: then it is not opened. */
function canOpen(graph: ProcessGraph, { compensable = [] }: ElementInstance, path: readonly string[]): boolean {
  if (compensable.some(({ elementId }) => elementId === path[0])) return false;
  const scopes = path.slice(0, -1).map((id) => graph.elements[id]);
  if (!scopes.every(isPlainScope)) return false;
  const mayBeUnfinished = scopes.some((each) => isPlainScope(each) && canEndEarly(graph, each));
  return path.slice(1).every((id) => joinsHold(graph, forwardFrom(graph, id), id) && (!mayBeUnfinished || isAlone(graph, id)));
}

/** Can something end it while its branches are on their way? */
function canEndEarly(graph: ProcessGraph, { id, boundaryIds }: SubProcess): boolean {
  const isEnding = (element: GraphElement | undefined): boolean =>
    (element?.elementType === 'boundaryEvent' && element.isInterrupting && element.event.kind !== 'compensation') ||
    (element?.elementType === 'endEvent' && definitionsOf(element.event).some(({ kind }) => kind === 'terminate')) ||
    (isEventSubProcess(element) && triggerOf(graph, element)?.isInterrupting === true);
  return [...boundaryIds.map((boundaryId) => graph.elements[boundaryId]), ...insideOf(graph, id)].some(isEnding);
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

export const parallelJoins = (graph: ProcessGraph, region: ReadonlySet<string>): readonly GraphElement[] =>
  elementsIn(graph, region).filter(({ elementType, incoming }) => elementType === 'parallelGateway' && incoming.length > 1);

/** A complex gateway, and an activity that gathers tokens, may have gone on with those of other branches alone. */
function joinsHold(graph: ProcessGraph, region: ReadonlySet<string>, firstId: string): boolean {
  return elementsIn(graph, region).every((element) => {
    const { id, elementType, incoming } = element;
    const gathers = elementType === 'complexGateway' || ('startQuantity' in element && element.startQuantity !== undefined);
    return !gathers || id === firstId || incoming.length < 2 || incoming.every((flowId) => region.has(graph.flows[flowId]?.sourceId ?? ''));
  });
}

/** Did no branch run beside it? Of those that an event or an end interrupted nobody knows how far they had come. */
function isAlone(graph: ProcessGraph, elementId: string): boolean {
  return elementsIn(graph, dominatorsOf(graph, elementId)).every(({ id, elementType, outgoing }) => {
    const isChoice = elementType === 'exclusiveGateway' || elementType === 'eventBasedGateway';
    if (id === elementId || isChoice || outgoing.length < 2) return true;
    return outgoing.every((flowId) => forwardFrom(graph, graph.flows[flowId]?.targetId ?? '').has(elementId));
  });
}

/** The region with all inside; of what is opened again on the way to the step, only what comes after it. */
function allIn(graph: ProcessGraph, elementIds: Iterable<string>, [first, ...inner]: readonly string[]): ReadonlySet<string> {
  const [next] = inner;
  if (next === undefined) return new Set(withAllInside(graph, elementIds));
  const others = [...elementIds].filter((id) => id !== first);
  return new Set([
    ...(first === undefined ? [] : [first]),
    ...withAllInside(graph, others),
    ...allIn(graph, forwardFrom(graph, next), inner),
  ]);
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
