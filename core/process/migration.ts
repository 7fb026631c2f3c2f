/**
 * Can a state stand in another version of its flow? Element by element: what lives must live there too, as the same type, in the scope that
 * its own scope became; tokens must lie on flows between the same elements. What is found is told as the shortest reason against it.
 */
import { type GraphElement, isEventSubProcess, type ProcessGraph } from '#core/bpmn/graph.ts';
import type { LocalizedText } from '#core/text.ts';
import { isBody } from './compensable.ts';
import type { Refusal } from './refusal.ts';
import type { Compensable, ElementInstance, ProcessState } from './state.ts';

/** Element id → its id in the other version; whoever is not named keeps its id. */
export type ElementMapping = Readonly<Record<string, string>>;

export interface ProposedPair {
  readonly elementId: string;
  readonly name: LocalizedText;
  /** Null: nothing there is like it, and somebody has to say. */
  readonly to: string | null;
  readonly candidates: readonly string[];
}

/** The same id and type; else the only one of the same type and name. Elements that nothing can live in are left out. */
export function proposeMapping(from: ProcessGraph, to: ProcessGraph): readonly ProposedPair[] {
  return Object.values(from.elements).map((element) => {
    const candidates = Object.values(to.elements).filter((other) => isSameKind(element, other));
    const same = candidates.find(({ id }) => id === element.id);
    const named = candidates.filter(({ name }) => name['zh-CN'] === element.name['zh-CN'] && name['zh-CN'] !== '');
    const [only, another] = named;
    return {
      elementId: element.id,
      name: element.name,
      to: same?.id ?? (another ? null : (only?.id ?? null)),
      candidates: candidates.map(({ id }) => id),
    };
  });
}

const isSameKind = (one: GraphElement, other: GraphElement): boolean =>
  one.elementType === other.elementType && loopOf(one) === loopOf(other);

/** A loop counts its instances; one that became another kind of loop, or none, cannot be taken over. */
function loopOf(element: GraphElement): string {
  if ('multiInstance' in element && element.multiInstance) return element.multiInstance.isSequential ? 'sequential' : 'parallel';
  return 'loop' in element && element.loop ? 'standard' : 'none';
}

export const mapped = (mapping: ElementMapping, elementId: string): string => mapping[elementId] ?? elementId;

/** The flow between the same elements in the other version: by its id, else the only one there. */
export function mappedFlow(from: ProcessGraph, to: ProcessGraph, mapping: ElementMapping, flowId: string): string | null {
  const flow = from.flows[flowId];
  if (!flow) return null;
  const [sourceId, targetId] = [mapped(mapping, flow.sourceId), mapped(mapping, flow.targetId)];
  const between = Object.values(to.flows).filter((other) => other.sourceId === sourceId && other.targetId === targetId);
  const same = between.find(({ id }) => id === flowId);
  return same?.id ?? (between.length === 1 ? (between[0]?.id ?? null) : null);
}

export interface Migrating {
  readonly from: ProcessGraph;
  readonly to: ProcessGraph;
  readonly mapping: ElementMapping;
}

/** The first reason why what lives cannot stand there; null: it can. */
export function refuseMapping({ from, to, mapping }: Migrating, state: Pick<ProcessState, 'elements' | 'processId'>): Refusal | null {
  if (!to.processes[state.processId]) return { code: 'unknown-process', data: { processId: state.processId } };
  for (const instance of Object.values(state.elements)) {
    const refusal = refuseElement({ from, to, mapping }, state, instance);
    if (refusal) return refusal;
  }
  return null;
}

function refuseElement({ from, to, mapping }: Migrating, state: Pick<ProcessState, 'elements'>, instance: ElementInstance): Refusal | null {
  const { elementId, scopeKey } = instance;
  if (instance.compensations || instance.compensates !== undefined) return { code: 'compensating', data: { elementId } };
  for (const flowId of Object.keys(instance.tokens)) {
    if (mappedFlow(from, to, mapping, flowId) === null) return { code: 'flow-missing', data: { flowId } };
  }
  const missing = missingCompensable(to, mapping, instance.compensable ?? []);
  if (missing !== null) return { code: 'element-missing', data: { elementId: missing } };
  if (scopeKey === null) return null;
  const [element, target] = [from.elements[elementId], to.elements[mapped(mapping, elementId)]];
  if (!target) return { code: 'element-missing', data: { elementId } };
  if (!element || !isSameKind(element, target)) return { code: 'element-changed', data: { elementId } };
  const scope = state.elements[scopeKey];
  // The instances of a loop stand in its body, which is the same element.
  if (!scope || isBody(scope)) return null;
  const scopeId = scope.scopeKey === null ? scope.elementId : mapped(mapping, scope.elementId);
  return (target.parentId ?? target.processId) === scopeId ? null : { code: 'scope-changed', data: { elementId } };
}

function missingCompensable(to: ProcessGraph, mapping: ElementMapping, entries: readonly Compensable[]): string | null {
  for (const { elementId, handlerId, inner } of entries) {
    if (!to.elements[mapped(mapping, elementId)]) return elementId;
    if (handlerId !== undefined && !to.elements[mapped(mapping, handlerId)]) return handlerId;
    const deeper = missingCompensable(to, mapping, inner ?? []);
    if (deeper !== null) return deeper;
  }
  return null;
}

/** Where an element may lead while it lives: to itself, to its boundary events, to what follows an event-based gateway, to what begins inside. */
export function listenersOf(graph: ProcessGraph, element: GraphElement | undefined, scopeId: string): readonly string[] {
  const boundaries = element && 'boundaryIds' in element ? element.boundaryIds : [];
  const behind =
    element?.elementType === 'eventBasedGateway' ? element.outgoing.flatMap((flowId) => graph.flows[flowId]?.targetId ?? []) : [];
  const inside = Object.values(graph.elements).flatMap((each) =>
    isEventSubProcess(each) && (each.parentId ?? each.processId) === scopeId
      ? each.elementIds.filter((id) => graph.elements[id]?.elementType === 'startEvent')
      : [],
  );
  return [...boundaries, ...behind, ...inside];
}
