/** The step that is returned to begins, perhaps in sub-processes that had completed: they are opened again around it. */
import { elementAround } from '#core/bpmn/graph.ts';
import type { ElementKey } from './event.ts';
import { forwardFrom } from './forward.ts';
import { enter } from './open.ts';
import { isPlainScope, openScope } from './open-scope.ts';
import { elementOf, emit, instanceOf, type Step } from './step.ts';
import { parallelJoins } from './undone-region.ts';

export function beginInside(step: Step, scopeKey: ElementKey, toElementId: string): void {
  const around = elementAround(step.graph, instanceOf(step, scopeKey).elementId, toElementId);
  if (!around) throw new Error(`${toElementId} does not stand in scope ${scopeKey}.`);
  if (around.id === toElementId) {
    enter(step, elementOf(step, toElementId), { scopeKey });
    return;
  }
  if (!isPlainScope(around)) throw new Error(`${around.id} cannot be opened for ${toElementId}.`);
  const key = openScope(step, around, scopeKey);
  for (const flowId of otherBranches(step, around.id, toElementId)) emit(step, { type: 'flow.taken', flowId, scopeKey: key });
  beginInside(step, key, toElementId);
}

/** The scope had completed, so every branch had come to its join. */
function otherBranches({ graph }: Step, scopeId: string, toElementId: string): readonly string[] {
  const region = forwardFrom(graph, elementAround(graph, scopeId, toElementId)?.id ?? toElementId);
  return parallelJoins(graph, region).flatMap(({ incoming }) =>
    incoming.filter((flowId) => !region.has(graph.flows[flowId]?.sourceId ?? '')),
  );
}
