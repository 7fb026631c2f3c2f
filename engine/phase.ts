import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { ProcessEvent } from '#core/process/event.ts';

/** P21: an Update is named by the phase in which its last step acted. */
export function phaseOf(graph: ProcessGraph, bodies: readonly { readonly events: readonly ProcessEvent[] }[]): string {
  for (const { events } of [...bodies].reverse()) {
    for (const event of events) {
      const phase = 'elementId' in event ? graph.elements[event.elementId]?.phase : undefined;
      if (phase) return phase;
    }
  }
  return 'apply';
}
