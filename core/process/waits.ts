/** What an element listens for: timers, messages, signals; its own, those of its boundary events, those behind an event-based gateway. */
import {
  type EventDefinition,
  type GraphElement,
  insideOf,
  isEventSubProcess,
  type PersonAction,
  type SingleEventDefinition,
  triggerOf,
} from '#core/bpmn/graph.ts';
import type { Principal } from './command.ts';
import type { ElementKey } from './event.ts';
import { principalsFrom } from './principals.ts';
import { elementOf, emit, instanceOf, nextEffectId, type Step } from './step.ts';
import { type Act, together } from './throwing.ts';
import { schedule } from './timers.ts';
import { evaluateAt, textAt } from './variables.ts';

/** The boundary events of an activity. */
export function listening(step: Step, key: ElementKey, element: GraphElement): readonly Act[] {
  if (!('boundaryIds' in element)) return [];
  return element.boundaryIds.map((id) => subscribing(step, key, elementOf(step, id)));
}

/** What begins the event sub-processes of a scope. */
export const listeningInside = (step: Step, key: ElementKey, scopeId: string): readonly Act[] =>
  insideOf(step.graph, scopeId).flatMap((element) => {
    const start = isEventSubProcess(element) ? triggerOf(step.graph, element) : undefined;
    return start ? [subscribing(step, key, start)] : [];
  });

/** `target` is where it leads: the waiting element itself, a boundary event, an event behind a gateway, the start of an event sub-process. */
export function subscribing(step: Step, key: ElementKey, target: GraphElement): Act {
  const event = awaited(target);
  if (event.kind !== 'multiple') return subscribingTo(step, key, target, event);
  return together(event.definitions.map((definition, index) => subscribingTo(step, key, target, definition, index)));
}

function subscribingTo(step: Step, key: ElementKey, target: GraphElement, event: SingleEventDefinition, index?: number): Act {
  const { elementId } = instanceOf(step, key);
  const wait = { elementId, key, targetId: target.id, ...(index === undefined ? {} : { definition: index }) };
  switch (event.kind) {
    case 'timer': {
      const timing = schedule(step, key, event.timer);
      return () => emit(step, { type: 'timer.scheduled', ...wait, effectId: nextEffectId(step), ...timing });
    }
    case 'message':
      return awaitingMessage(step, key, target, event, wait);
    case 'signal': {
      const signalName = textAt(step, key, event.signalName);
      return () => emit(step, { type: 'signal.subscribed', ...wait, effectId: nextEffectId(step), signalName });
    }
    case 'conditional':
      return () => emit(step, { type: 'condition.subscribed', ...wait, effectId: nextEffectId(step), condition: event.condition });
    // These are looked for when they are thrown.
    case 'error':
    case 'escalation':
    case 'compensation':
    case 'cancel':
      return () => undefined;
    default:
      throw new Error(`${target.id} waits for ${event.kind}, which the compiler should have refused.`);
  }
}

/** What it waits for. */
export function awaited(target: GraphElement): EventDefinition {
  if ('event' in target) return target.event;
  if ('work' in target && target.work.kind === 'catchMessage') {
    const { messageName, correlationKey } = target.work;
    return { kind: 'message', messageName, ...(correlationKey === undefined ? {} : { correlationKey }) };
  }
  throw new Error(`${target.id} waits for nothing.`);
}

function awaitingMessage(
  step: Step,
  key: ElementKey,
  target: GraphElement,
  event: { readonly messageName: string; readonly correlationKey?: string },
  wait: { readonly elementId: string; readonly key: ElementKey; readonly targetId: string; readonly definition?: number },
): Act {
  const messageName = textAt(step, key, event.messageName);
  const correlationKey = event.correlationKey === undefined ? undefined : textAt(step, key, event.correlationKey);
  const action = 'action' in target ? target.action : undefined;
  const senders = action && sendersOf(step, key, action);
  return () =>
    emit(step, {
      type: 'message.subscribed',
      ...wait,
      effectId: nextEffectId(step),
      messageName,
      ...(correlationKey === undefined ? {} : { correlationKey }),
      ...(action && senders ? { senders, actionCode: action.code } : {}),
    });
}

const sendersOf = (step: Step, key: ElementKey, action: PersonAction): readonly Principal[] =>
  principalsFrom(evaluateAt(step, key, action.senders), { bare: 'person', source: action.senders });
