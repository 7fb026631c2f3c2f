/** Elements that live twice in one scope: what BPMN allows, but hardly anybody means who did not draw a loop. */
import type { GraphElement, ProcessGraph } from '#core/bpmn/graph.ts';
import type { ElementKey, ProcessEvent } from '../event.ts';
import type { ProcessState } from '../state.ts';

/** Ids of elements that were entered while they still lived, or on whose way a second token lies. */
export function doubledIn(
  graph: ProcessGraph,
  before: ProcessState | null,
  events: readonly ProcessEvent[],
  after: ProcessState,
): readonly string[] {
  const living = new Map<string, number>();
  const placeOf = new Map<ElementKey, string>();
  const doubled = new Set<string>();
  for (const { key, elementId, scopeKey, loopIndex } of Object.values(before?.elements ?? {})) {
    if (scopeKey === null || loopIndex !== undefined) continue;
    const place = `${scopeKey} ${elementId}`;
    placeOf.set(key, place);
    living.set(place, (living.get(place) ?? 0) + 1);
  }
  for (const event of events) {
    if (event.type === 'element.activated') {
      if (event.loopIndex !== undefined || !isCounted(graph.elements[event.elementId])) continue;
      const place = `${event.scopeKey} ${event.elementId}`;
      const count = (living.get(place) ?? 0) + 1;
      placeOf.set(event.key, place);
      living.set(place, count);
      if (count > 1) doubled.add(event.elementId);
    } else if (event.type === 'element.completed' || event.type === 'element.terminated') {
      const place = placeOf.get(event.key);
      if (place !== undefined) living.set(place, (living.get(place) ?? 1) - 1);
    }
  }
  for (const { tokens } of Object.values(after.elements)) {
    for (const [flowId, count] of Object.entries(tokens)) {
      const targetId = graph.flows[flowId]?.targetId ?? flowId;
      const target = graph.elements[targetId];
      const isGathered = target !== undefined && 'startQuantity' in target && target.startQuantity !== undefined;
      if (count > 1 && !isGathered) doubled.add(targetId);
    }
  }
  return [...doubled];
}

/** Several paths may end in one end event, and an event may happen again while what followed it the first time still goes on. */
const isCounted = (element: GraphElement | undefined): boolean =>
  element !== undefined && !/^(endEvent|boundaryEvent|startEvent|eventSubProcess)$/.test(element.elementType);

/** Where several tokens are meant to go on, things are doubled on purpose. */
export const isMultiplied = (graph: ProcessGraph): boolean =>
  Object.values(graph.elements).some((element) => 'completionQuantity' in element && element.completionQuantity !== undefined);

/** The largest number of tokens that one element, or one flow, holds in any scope. */
export function crowdIn(state: ProcessState): number {
  const counts = new Map<string, number>();
  let most = 0;
  const count = (place: string, by: number): void => {
    const now = (counts.get(place) ?? 0) + by;
    counts.set(place, now);
    most = Math.max(most, now);
  };
  for (const { elementId, scopeKey, loopIndex, tokens, key } of Object.values(state.elements)) {
    if (loopIndex === undefined) count(`${scopeKey} ${elementId}`, 1);
    for (const [flowId, tokenCount] of Object.entries(tokens)) count(`${key} ${flowId}`, tokenCount);
  }
  return most;
}
