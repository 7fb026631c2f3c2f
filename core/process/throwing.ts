/** Throwing the events that a diagram throws. Evaluates at once; what happens is returned, to be done when nothing failed. */
import type { SingleEventDefinition } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import { compensatedScope, throwCompensation } from './compensation.ts';
import { throwError, throwEscalation } from './errors.ts';
import type { ElementKey } from './event.ts';
import { childrenOf, emit, instanceOf, type Step } from './step.ts';
import { clearTokens, terminate } from './terminate.ts';
import { fixedDurationMs } from './timers.ts';
import { cancelTransaction } from './transaction.ts';
import { contextOf, textAt } from './variables.ts';

export type Act = () => void;

/** Acts in order; one that ends the element ends what is left to do. */
export const together =
  (acts: readonly Act[]): Act =>
  () => {
    for (const act of acts) act();
  };

export const completing =
  (step: Step, key: ElementKey): Act =>
  () => {
    step.queue.push({ kind: 'complete', key });
  };

/** Whoever throws one of these goes on, or not, by what comes of it. */
export const decidesItself = (definition: SingleEventDefinition): boolean =>
  definition.kind === 'error' ||
  definition.kind === 'cancel' ||
  definition.kind === 'terminate' ||
  (definition.kind === 'compensation' && definition.waitForCompletion);

/** `key` is what throws: an event, or the body of a loop on behalf of its instances. */
export function throwing(step: Step, key: ElementKey, event: SingleEventDefinition): Act {
  const { elementId } = instanceOf(step, key);
  switch (event.kind) {
    case 'none':
    case 'link':
      return () => undefined;
    case 'terminate':
      return () => clearScope(step, key);
    case 'error': {
      const code = event.errorCode === undefined ? '' : textAt(step, key, event.errorCode);
      return () => throwError(step, key, code, {});
    }
    case 'escalation': {
      const code = event.escalationCode === undefined ? '' : textAt(step, key, event.escalationCode);
      return () => throwEscalation(step, key, code, {});
    }
    case 'compensation': {
      const { activityId, waitForCompletion } = event;
      const scopeKey = compensatedScope(step, key, activityId);
      return () =>
        throwCompensation(step, key, { scopeKey, waits: waitForCompletion, ...(activityId === undefined ? {} : { activityId }) });
    }
    case 'cancel':
      return () => cancelTransaction(step, key);
    case 'message':
      return throwingMessage(step, key, elementId, event);
    case 'signal': {
      const signalName = textAt(step, key, event.signalName);
      return () => emit(step, { type: 'signal.thrown', elementId, key, signalName, variables: sentWith(step, key, elementId) });
    }
    default:
      throw new Error(`${elementId} throws ${event.kind}, which the compiler should have refused.`);
  }
}

/** What goes with a message or signal: all that its thrower sees, or, where its diagram says `inputs` (`bihuan:sends`), what its input mappings make. */
const sentWith = (step: Step, key: ElementKey, elementId: string): JsonObject =>
  step.graph.elements[elementId]?.properties['bihuan:sends'] === 'inputs'
    ? instanceOf(step, key).variables
    : contextOf(step.draft.elements, key);

/** As long as Zeebe's clients keep a message for which nobody waits yet. */
const TIME_TO_LIVE_MS = 3_600_000;

function throwingMessage(
  step: Step,
  key: ElementKey,
  elementId: string,
  message: { readonly messageName: string; readonly correlationKey?: string; readonly timeToLive?: string },
): Act {
  const messageName = textAt(step, key, message.messageName);
  const correlationKey = message.correlationKey === undefined ? undefined : textAt(step, key, message.correlationKey);
  const timeToLiveMs = message.timeToLive === undefined ? TIME_TO_LIVE_MS : fixedDurationMs(textAt(step, key, message.timeToLive));
  return () => {
    const variables = sentWith(step, key, elementId);
    emit(step, {
      type: 'message.thrown',
      elementId,
      key,
      messageName,
      ...(correlationKey === undefined ? {} : { correlationKey }),
      timeToLiveMs,
      variables,
    });
  };
}

/** A terminate end event ends everything else in its scope, also tokens that wait before joins. */
function clearScope(step: Step, key: ElementKey): void {
  const { scopeKey, elementId } = instanceOf(step, key);
  if (scopeKey === null) throw new Error('A process scope is not an end event.');
  for (const sibling of childrenOf(step.draft, scopeKey)) if (sibling.key !== key) terminate(step, sibling.key);
  clearTokens(step, scopeKey, elementId);
  step.queue.push({ kind: 'complete', key });
}
