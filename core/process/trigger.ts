/** Something that an element waited for has happened: the token goes on from where it leads. */
import type { JsonObject } from '#core/json.ts';
import { giveResults } from './complete.ts';
import { fireBoundary } from './errors.ts';
import type { ElementKey } from './event.ts';
import { fireEventSubProcess } from './event-sub-process.ts';
import { attempt } from './failure.ts';
import { enter } from './open.ts';
import { elementOf, emit, instanceOf, type Step } from './step.ts';
import { endWaits, waitsOf } from './terminate.ts';
import { propagate } from './variables.ts';
import { subscribing } from './waits.ts';

export function trigger(step: Step, wait: { readonly key: ElementKey; readonly targetId: string }, variables: JsonObject): void {
  const { key, targetId } = wait;
  const { elementId, elementType, scopeKey } = instanceOf(step, key);
  const target = elementOf(step, targetId);
  const isParallel = 'event' in target && target.event.kind === 'multiple' && target.event.isParallel;
  if (isParallel && waitsOf(step, key).some((other) => other.targetId === targetId)) {
    // The others have still to happen; what this one brought is kept.
    propagate(step, key, variables);
    return;
  }
  if (targetId === elementId) {
    giveResults(step, key, variables);
    return;
  }
  if (target.elementType === 'boundaryEvent' || target.elementType === 'startEvent') {
    if (target.elementType === 'boundaryEvent') fireBoundary(step, key, target, variables);
    else fireEventSubProcess(step, key, target, variables);
    if (isParallel && target.isInterrupting === false) attempt(step, key, 'listen', () => subscribing(step, key, target)());
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
