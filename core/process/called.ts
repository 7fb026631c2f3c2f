/** What a called process tells the call activity that started it (BPMN 2.0, 13.3.6 and 10.5.6): the shell carries it as it stands. */
import { derivedId } from '#core/journal/derived-id.ts';
import type { Caller, CommandBody } from './command.ts';
import type { ProcessEvent } from './event.ts';
import type { ProcessState } from './state.ts';
import { ROOT_KEY } from './step.ts';

export interface CallerNews {
  readonly to: Caller;
  readonly body: CommandBody;
}

/** The instance that a call activity starts: known before it is there, and the same however often it is started (P18). */
export const childIdOf = ({ instanceId, effectId }: Caller): string => derivedId(['child', instanceId, effectId]);

/** Null where the event is nobody else's business. `state` is the one after the event's step. */
export function newsForCaller(state: ProcessState, event: ProcessEvent): CallerNews | null {
  const to = state.calledBy;
  if (!to) return null;
  const { effectId } = to;
  switch (event.type) {
    case 'process.completed':
      return { to, body: { type: 'child.complete', effectId, variables: state.elements[ROOT_KEY]?.variables ?? {} } };
    case 'process.terminated': {
      const { errorCode, variables = {} } = event;
      if (errorCode !== undefined) return { to, body: { type: 'child.throwError', effectId, errorCode, variables } };
      return { to, body: { type: 'child.fail', effectId, message: `${state.processId} was cancelled.` } };
    }
    case 'escalation.thrown': {
      const { escalationCode, variables, caughtById } = event;
      return caughtById === undefined ? { to, body: { type: 'child.escalate', effectId, escalationCode, variables } } : null;
    }
    default:
      return null;
  }
}
