/** Which completed activities can be undone. */
import { insideOf, isEventSubProcess, isScope, type ProcessGraph, type StartEvent, triggerOf } from '#core/bpmn/graph.ts';
import type { Compensable, ElementInstance } from './state.ts';

/** Null for what leaves nothing to undo. The handler of a loop undoes all of its instances together. */
export function compensableOf(graph: ProcessGraph, instance: ElementInstance): Compensable | null {
  const { elementId, loopIndex, compensable: inner, variables } = instance;
  const isLoop = isBody(instance);
  const handlerId = loopIndex === undefined ? handlerOf(graph, elementId) : undefined;
  const isUndoneInside = !isLoop && compensationStartIn(graph, elementId) !== undefined;
  if (handlerId === undefined && !inner && !isUndoneInside) return null;
  const element = graph.elements[elementId];
  return {
    elementId,
    ...(handlerId === undefined ? {} : { handlerId }),
    ...(isScope(element) ? { variables } : {}),
    ...(inner ? { inner } : {}),
    ...(isLoop ? { isLoop } : {}),
  };
}

export const isBody = ({ elementType }: Pick<ElementInstance, 'elementType'>): boolean =>
  elementType === 'multiInstanceBody' || elementType === 'standardLoopBody';

function handlerOf(graph: ProcessGraph, elementId: string): string | undefined {
  const element = graph.elements[elementId];
  if (!element || !('boundaryIds' in element)) return undefined;
  for (const id of element.boundaryIds) {
    const boundary = graph.elements[id];
    if (boundary?.elementType === 'boundaryEvent' && boundary.handlerId !== undefined) return boundary.handlerId;
  }
  return undefined;
}

/** The start of the event sub-process by which a scope undoes itself. */
export function compensationStartIn(graph: ProcessGraph, scopeId: string): StartEvent | undefined {
  for (const element of insideOf(graph, scopeId)) {
    const start = isEventSubProcess(element) ? triggerOf(graph, element) : undefined;
    if (start?.event.kind === 'compensation') return start;
  }
  return undefined;
}
