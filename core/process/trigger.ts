/** Something that an element waited for has happened: the token goes on from where it leads. */
import type { JsonObject } from '#core/json.ts';
import { giveResults } from './complete.ts';
import { fireBoundary } from './errors.ts';
import type { ElementKey } from './event.ts';
import { enter } from './open.ts';
import { elementOf, emit, instanceOf, type Step } from './step.ts';
import { endWaits } from './terminate.ts';

export function trigger(step: Step, wait: { readonly key: ElementKey; readonly targetId: string }, variables: JsonObject): void {
  const { key, targetId } = wait;
  const { elementId, elementType, scopeKey } = instanceOf(step, key);
  const target = elementOf(step, targetId);
  if (targetId === elementId) {
    giveResults(step, key, variables);
    return;
  }
  if (target.elementType === 'boundaryEvent') {
    fireBoundary(step, key, target, variables);
    return;
  }
  // An event-based gateway: the first event wins, the others are no longer waited for.
  const flowId = elementOf(step, elementId).outgoing.find((id) => step.graph.flows[id]?.targetId === targetId);
  if (flowId === undefined || scopeKey === null) throw new Error(`No flow leads from ${elementId} to ${targetId}.`);
  endWaits(step, key);
  emit(step, { type: 'element.completed', elementId, key, elementType });
  emit(step, { type: 'flow.taken', flowId, scopeKey });
  enter(step, target, { scopeKey, flowId, trigger: { variables } });
}
