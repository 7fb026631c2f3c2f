/**
 * Compensation (BPMN 2.0, 10.5.6 and 13.5.5): what was completed in a scope is undone, the last first and one after the other. Zeebe undoes
 * everything at once; the standard asks for the reverse order, and a person who undoes by hand needs it.
 */
import { beginInside } from './begin-inside.ts';
import { compensationStartIn } from './compensable.ts';
import type { EffectId, ElementKey } from './event.ts';
import { fireEventSubProcess, isInterrupted } from './event-sub-process.ts';
import { activate, enter } from './open.ts';
import type { Compensable, CompensationState, ElementInstance } from './state.ts';
import { elementOf, emit, instanceOf, nextEffectId, ROOT_KEY, type Step } from './step.ts';
import { endProcess } from './terminate.ts';
import { leaveTransaction } from './transaction.ts';

export interface Compensation {
  readonly scopeKey: ElementKey;
  readonly activityId?: string;
  /** Does whoever throws it wait until it is done? */
  readonly waits: boolean;
  readonly reason?: string;
}

export function throwCompensation(step: Step, key: ElementKey, compensation: Compensation): void {
  emit(step, {
    type: 'compensation.thrown',
    elementId: instanceOf(step, key).elementId,
    key,
    effectId: nextEffectId(step),
    ...compensation,
  });
}

/** The scope whose completed activities are meant: the one around, for an event sub-process the one that it belongs to. */
export function compensatedScope(step: Step, from: ElementKey, activityId?: string): ElementKey {
  const wanted = activityId === undefined ? undefined : elementOf(step, activityId).parentId;
  let { scopeKey } = instanceOf(step, from);
  while (scopeKey !== null) {
    const scope: ElementInstance = instanceOf(step, scopeKey);
    const isMeant = wanted === undefined ? scope.elementType !== 'eventSubProcess' : scope.elementId === (wanted ?? step.draft.processId);
    if (isMeant || scope.scopeKey === null) return scopeKey;
    scopeKey = scope.scopeKey;
  }
  return ROOT_KEY;
}

/** Once everything else has come to rest: the next thing that is to be undone, or the end. True if there was any. */
export function continueCompensations(step: Step): boolean {
  for (const scope of Object.values(step.draft.elements)) {
    const compensation = scope.compensations?.find(({ activeKey }) => activeKey === undefined);
    if (!compensation) continue;
    const [next] = compensation.pending;
    if (next) undo(step, scope.key, compensation.effectId, next);
    else finish(step, scope.key, compensation);
    return true;
  }
  return false;
}

function undo(step: Step, scopeKey: ElementKey, effectId: EffectId, { elementId, handlerId, variables, isLoop }: Compensable): void {
  if (handlerId !== undefined) {
    enter(step, elementOf(step, handlerId), { scopeKey, compensates: { effectId } });
    return;
  }
  const compensates = { effectId, ...(variables ? { variables } : {}) };
  const key = activate(step, elementOf(step, elementId), { scopeKey, compensates });
  const start = isLoop ? undefined : compensationStartIn(step.graph, elementId);
  if (start) fireEventSubProcess(step, key, start, {});
  else throwCompensation(step, key, { scopeKey: key, waits: false });
}

function finish(step: Step, scopeKey: ElementKey, { effectId, throwerKey, reason, returnsTo }: CompensationState): void {
  emit(step, { type: 'compensation.completed', effectId, scopeKey });
  step.queue.push({ kind: 'close', scopeKey });
  if (returnsTo !== undefined && !isStopped(step, scopeKey)) beginInside(step, scopeKey, returnsTo);
  if (throwerKey === undefined) return;
  if (throwerKey === ROOT_KEY) {
    endProcess(step, { result: 'aborted', ...(reason === undefined ? {} : { reason }) });
    return;
  }
  const thrower = step.draft.elements[throwerKey];
  if (!thrower) return;
  const element = elementOf(step, thrower.elementId);
  if ('event' in element && element.event.kind === 'cancel') leaveTransaction(step, scopeKey);
  else step.queue.push({ kind: 'complete', key: throwerKey });
}

/** Was the scope meanwhile left for good: by an event sub-process that interrupts it, or because it is cancelled as a whole? */
function isStopped(step: Step, scopeKey: ElementKey): boolean {
  const { compensations = [] } = instanceOf(step, scopeKey);
  return isInterrupted(step, scopeKey) || compensations.some(({ throwerKey }) => throwerKey !== undefined && cancels(step, throwerKey));
}

function cancels(step: Step, throwerKey: ElementKey): boolean {
  if (throwerKey === ROOT_KEY) return true;
  const thrower = step.draft.elements[throwerKey];
  const element = thrower && elementOf(step, thrower.elementId);
  return element !== undefined && 'event' in element && element.event.kind === 'cancel';
}
