/** Conditional events: a condition that becomes true (BPMN 2.0, 10.5.5). Asked whenever a step has come to rest and something has changed. */
import { definitionsOf } from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { SubscriptionState } from './state.ts';
import { elementOf, emit, type Step } from './step.ts';
import { isBudgetSpent } from './tokens.ts';
import { trigger } from './trigger.ts';
import { contextOf } from './variables.ts';

/** True if one of them changed. */
export function changeConditions(step: Step): boolean {
  if (isBudgetSpent(step)) return false;
  for (const subscription of Object.values(step.draft.subscriptions)) {
    if (subscription.kind !== 'condition') continue;
    const holds = isTrue(step, subscription);
    if (holds === subscription.holds) continue;
    const { elementId, key, effectId } = subscription;
    emit(step, { type: 'condition.changed', elementId, key, effectId, holds });
    if (holds) trigger(step, subscription, {});
    return true;
  }
  return false;
}

/** What cannot be told is not true yet: a variable that is still missing is why one waits. */
function isTrue(step: Step, { key, targetId, definition = 0 }: SubscriptionState): boolean {
  const target = elementOf(step, targetId);
  const event = 'event' in target ? definitionsOf(target.event)[definition] : undefined;
  if (event?.kind !== 'conditional') throw new Error(`${targetId} waits for no condition.`);
  const { at, zone } = step.command;
  const result = evaluateFeel(event.condition, contextOf(step.draft.elements, key), { at, zone });
  return result.ok && result.value === true;
}
