/**
 * Where an instance stands on its diagram: at each element that lives and holds nothing else that lives, and before each join where tokens wait.
 * A sub-process is a frame around what stands in it, so it counts only where nothing stands in it, or where it is what failed.
 */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { ProcessState } from './state.ts';

export interface Whereabouts {
  readonly elementId: string;
  /** More than one in a loop, in rounds that overlap, and before a join. Zero at a frame that is here for its incident alone. */
  readonly tokens: number;
  readonly incidents: number;
  /** What stands here, by names that stay its own for as long as it does. */
  readonly occupants: readonly string[];
}

/** In the order of their elements; nothing once the instance has ended. */
export function whereaboutsOf(graph: ProcessGraph, state: ProcessState | null): readonly Whereabouts[] {
  if (state?.status !== 'active') return [];
  const found = new Map<string, Whereabouts>();
  const add = (elementId: string, more: Partial<Omit<Whereabouts, 'elementId'>>): void => {
    const { tokens, incidents, occupants } = found.get(elementId) ?? { tokens: 0, incidents: 0, occupants: [] };
    found.set(elementId, {
      elementId,
      tokens: tokens + (more.tokens ?? 0),
      incidents: incidents + (more.incidents ?? 0),
      occupants: [...occupants, ...(more.occupants ?? [])],
    });
  };
  const living = Object.values(state.elements);
  const holding = new Set(living.map(({ scopeKey }) => scopeKey));
  for (const { key, elementId, tokens } of living) {
    const waiting = Object.entries(tokens);
    if (!holding.has(key) && waiting.length === 0) add(elementId, { tokens: 1, occupants: [String(key)] });
    for (const [flowId, count] of waiting) {
      const flow = graph.flows[flowId];
      // The state before a migration may lie on flows that only the other version has.
      if (flow) add(flow.targetId, { tokens: count, occupants: [`${key}:${flowId}`] });
    }
  }
  for (const { elementId, incidentId } of Object.values(state.incidents)) add(elementId, { incidents: 1, occupants: [incidentId] });
  return [...found.values()].sort((left, right) => (left.elementId < right.elementId ? -1 : 1));
}
