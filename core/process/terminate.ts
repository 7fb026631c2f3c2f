/** Ending what is no longer wanted: an element with everything inside it, and everything it waited for. */
import type { JsonObject } from '#core/json.ts';
import type { ElementKey } from './event.ts';
import type { SubscriptionState, TimerState } from './state.ts';
import { childrenOf, emit, instanceOf, ROOT_KEY, type Step } from './step.ts';

export function terminate(step: Step, key: ElementKey, how: { readonly keepsCompensable?: true } = {}): void {
  for (const child of childrenOf(step.draft, key)) terminate(step, child.key, how);
  const { elementId, elementType, compensable } = instanceOf(step, key);
  endWaits(step, key);
  emit(step, { type: 'element.terminated', elementId, key, elementType, ...(compensable ? how : {}) });
}

/** Ends the whole instance before its end: cancelled, or left by an error that only its caller can catch. */
export function endProcess(
  step: Step,
  how: { readonly result: string; readonly reason?: string; readonly errorCode?: string; readonly variables?: JsonObject },
): void {
  for (const child of childrenOf(step.draft, ROOT_KEY)) terminate(step, child.key);
  clearTokens(step, ROOT_KEY, step.draft.processId);
  endWaits(step, ROOT_KEY);
  emit(step, { type: 'process.terminated', processId: step.draft.processId, key: ROOT_KEY, ...how });
}

export function clearTokens(step: Step, scopeKey: ElementKey, elementId: string): void {
  const { tokens } = instanceOf(step, scopeKey);
  const flowIds = Object.entries(tokens).flatMap(([flowId, count]) => Array<string>(count).fill(flowId));
  if (flowIds.length > 0) emit(step, { type: 'flow.joined', elementId, scopeKey, flowIds });
}

/** Nothing that an element wanted outlives it. */
export function endWaits(step: Step, key: ElementKey): void {
  const { draft } = step;
  const task = draft.tasks[String(key)];
  if (task) emit(step, { type: 'task.canceled', elementId: task.elementId, taskId: task.taskId });
  for (const wait of waitsOf(step, key)) endWait(step, wait);
  for (const { effectId, elementId } of ofKey(draft.jobs, key)) emit(step, { type: 'job.canceled', elementId, key, effectId });
  for (const { effectId, elementId } of ofKey(draft.children, key)) emit(step, { type: 'child.canceled', elementId, key, effectId });
  for (const { incidentId, elementId } of ofKey(draft.incidents, key)) {
    emit(step, { type: 'incident.resolved', elementId, key, incidentId });
  }
}

export type Wait = TimerState | SubscriptionState;

/** What an element listens for: timers first, then messages, signals and conditions. */
export const waitsOf = ({ draft }: Step, key: ElementKey): readonly Wait[] => [
  ...ofKey(draft.timers, key),
  ...ofKey(draft.subscriptions, key),
];

export function endWait(step: Step, wait: Wait): void {
  const { effectId, elementId, key } = wait;
  if (!('kind' in wait)) emit(step, { type: 'timer.canceled', elementId, key, effectId });
  else emit(step, { type: wait.kind === 'condition' ? 'condition.unsubscribed' : `${wait.kind}.unsubscribed`, elementId, key, effectId });
}

const ofKey = <T extends { readonly key: ElementKey }>(entries: Readonly<Record<string, T>>, key: ElementKey): readonly T[] =>
  Object.values(entries).filter((entry) => entry.key === key);
