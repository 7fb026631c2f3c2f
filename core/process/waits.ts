/** What an element listens for: timers, messages, signals; its own, those of its boundary events, those behind an event-based gateway. */
import type { EventDefinition, GraphElement, PersonAction } from '#core/bpmn/graph.ts';
import type { Principal } from './command.ts';
import type { ElementKey } from './event.ts';
import { principalsFrom } from './principals.ts';
import { elementOf, emit, instanceOf, nextEffectId, type Step } from './step.ts';
import { schedule } from './timers.ts';
import { evaluateAt, textAt } from './variables.ts';

type Act = () => void;

/** The boundary events of an activity. */
export function listening(step: Step, key: ElementKey, element: GraphElement): readonly Act[] {
  if (!('boundaryIds' in element)) return [];
  return element.boundaryIds.map((id) => subscribing(step, key, elementOf(step, id)));
}

/** `target` is where it leads: the waiting element itself, a boundary event, or an event behind a gateway. */
export function subscribing(step: Step, key: ElementKey, target: GraphElement): Act {
  const event = awaited(target);
  switch (event.kind) {
    case 'timer': {
      const timing = schedule(step, key, event.timer);
      return () =>
        emit(step, {
          type: 'timer.scheduled',
          elementId: instanceOf(step, key).elementId,
          key,
          effectId: nextEffectId(step),
          targetId: target.id,
          ...timing,
        });
    }
    case 'message':
      return awaitingMessage(step, key, target, event);
    case 'signal': {
      const signalName = textAt(step, key, event.signalName);
      const { elementId } = instanceOf(step, key);
      return () => emit(step, { type: 'signal.subscribed', elementId, key, effectId: nextEffectId(step), targetId: target.id, signalName });
    }
    // An error is looked for when it is thrown.
    case 'error':
      return () => undefined;
    default:
      throw new Error(`${target.id} waits for ${event.kind}, which the compiler should have refused.`);
  }
}

function awaited(target: GraphElement): EventDefinition {
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
): Act {
  const messageName = textAt(step, key, event.messageName);
  const correlationKey = event.correlationKey === undefined ? undefined : textAt(step, key, event.correlationKey);
  const action = 'action' in target ? target.action : undefined;
  const senders = action && sendersOf(step, key, action);
  const { elementId } = instanceOf(step, key);
  return () =>
    emit(step, {
      type: 'message.subscribed',
      elementId,
      key,
      effectId: nextEffectId(step),
      targetId: target.id,
      messageName,
      ...(correlationKey === undefined ? {} : { correlationKey }),
      ...(action && senders ? { senders, actionCode: action.code } : {}),
    });
}

const sendersOf = (step: Step, key: ElementKey, action: PersonAction): readonly Principal[] =>
  principalsFrom(evaluateAt(step, key, action.senders), { bare: 'person', source: action.senders });
