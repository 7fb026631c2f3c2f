/** What arrives from outside: messages, signals, and the messages that people send by a button. */
import type { PersonAction } from '#core/bpmn/graph.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { Command } from './command.ts';
import type { Rule } from './decide.ts';
import type { Refusal } from './refusal.ts';
import type { ProcessState, SubscriptionState } from './state.ts';
import { emit, type Step } from './step.ts';
import { personOf, refuseReason } from './tasks.ts';
import { trigger } from './trigger.ts';

/** A message goes to one subscription: the one that is addressed, or the one that has waited longest. */
const deliverMessage: Rule<'message.deliver'> = (step, { messageName, correlationKey, effectId: addressed, variables }) => {
  const waiting = ofKind(step, 'message').filter((each) => each.name === messageName && each.correlationKey === correlationKey);
  const subscription = addressed === undefined ? waiting[0] : waiting.find((each) => each.effectId === addressed);
  if (!subscription) return { code: 'no-subscription', data: { messageName } };
  const { elementId, key, effectId } = subscription;
  emit(step, { type: 'message.correlated', elementId, key, effectId, variables });
  trigger(step, subscription, variables);
  return undefined;
};

/** A signal goes to everybody who listens. */
const deliverSignal: Rule<'signal.deliver'> = (step, { signalName, variables }) => {
  const listeners = ofKind(step, 'signal').filter(({ name }) => name === signalName);
  if (listeners.length === 0) return { code: 'no-subscription', data: { signalName } };
  for (const listener of listeners) {
    // Another listener's answer may have ended this one.
    if (!step.draft.subscriptions[listener.effectId]) continue;
    const { elementId, key, effectId } = listener;
    emit(step, { type: 'signal.received', elementId, key, effectId, variables });
    trigger(step, listener, variables);
  }
  return undefined;
};

const sendAction: Rule<'action.send'> = (step, command) => {
  const person = personOf(command.actor);
  const offered = ofKind(step, 'message').filter(({ actionCode }) => actionCode === command.code);
  if (offered.length === 0) return { code: 'unknown-action', data: { code: command.code } };
  const subscription = offered.find(({ senders }) => senders?.some((sender) => person.principals.includes(sender)));
  if (!subscription) return { code: 'not-allowed', data: { code: command.code } };
  const target = step.graph.elements[subscription.targetId];
  const action = target && 'action' in target ? target.action : undefined;
  if (!target || !action) throw new Error(`${subscription.targetId} offers no action.`);
  const refusal = refuseWhileUnderWay(action, step.draft) ?? refuseReason(action.reason, command) ?? refuseDates(action, command.facts);
  if (refusal) return refusal;
  const { elementId, key, effectId } = subscription;
  const variables = resultsOf(action, 'resultVariable' in target ? target.resultVariable : undefined, command, person.personId);
  emit(step, {
    type: 'message.correlated',
    elementId,
    key,
    effectId,
    by: person.personId,
    ...(command.reasonCode === undefined ? {} : { reasonCode: command.reasonCode }),
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    variables,
  });
  trigger(step, subscription, variables);
  return undefined;
};

/** What was asked before is decided before it is asked again (`bihuan:action`, `notWhile`). */
export function refuseWhileUnderWay({ notWhile }: PersonAction, { elements }: Pick<ProcessState, 'elements'>): Refusal | null {
  const isUnderWay = notWhile !== undefined && Object.values(elements).some(({ elementId }) => elementId === notWhile);
  return isUnderWay ? { code: 'under-way', data: { elementId: notWhile } } : null;
}

/** Whoever asks for a day says which. */
function refuseDates({ asks = [] }: PersonAction, facts: JsonObject): Refusal | null {
  const missing = asks.find(({ name }) => !isDay(facts[name]));
  return missing ? { code: 'date-missing', data: { name: missing.name } } : null;
}

const isDay = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

function resultsOf(
  action: PersonAction,
  resultVariable: string | undefined,
  { facts, at, reasonCode }: Extract<Command, { type: 'action.send' }>,
  by: string,
): JsonObject {
  if (resultVariable === undefined) return facts;
  const result: Record<string, Json> = { ...facts, code: action.code, by, at, reasonCode: reasonCode ?? null };
  return { [resultVariable]: result };
}

const ofKind = (step: Step, kind: SubscriptionState['kind']): readonly SubscriptionState[] =>
  Object.values(step.draft.subscriptions)
    .filter((subscription) => subscription.kind === kind)
    .sort(byAge);

function byAge({ effectId: left }: SubscriptionState, { effectId: right }: SubscriptionState): number {
  const [leftSeq = 0, leftIndex = 0] = left.split(':').map(Number);
  const [rightSeq = 0, rightIndex = 0] = right.split(':').map(Number);
  return leftSeq - rightSeq || leftIndex - rightIndex;
}

export const newsRules = { 'message.deliver': deliverMessage, 'signal.deliver': deliverSignal, 'action.send': sendAction };
