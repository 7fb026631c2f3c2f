/**
 * BPMN errors and escalations: caught by the nearest boundary event that knows the code, or by one that catches all (BPMN 2.0, 10.5.1 and
 * 10.5.6). An error must be caught; an escalation goes on unheard.
 */
import type { BoundaryEvent } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { ElementKey } from './event.ts';
import { ActFailure } from './failure.ts';
import { enter } from './open.ts';
import { emit, instanceOf, type Step } from './step.ts';
import { endProcess, terminate } from './terminate.ts';
import { textAt } from './variables.ts';

export function throwError(step: Step, key: ElementKey, errorCode: string, variables: JsonObject): void {
  const { elementId } = instanceOf(step, key);
  const caught = findCatcher(step, key, 'error', errorCode);
  if (caught) {
    emit(step, { type: 'error.thrown', elementId, key, errorCode, caughtById: caught.boundary.id });
    fireBoundary(step, caught.key, caught.boundary, variables);
  } else if (step.draft.calledBy) {
    emit(step, { type: 'error.thrown', elementId, key, errorCode });
    endProcess(step, { result: 'error', errorCode, variables });
  } else {
    throw new ActFailure('error-uncaught', `No boundary event catches the error "${errorCode}" of ${elementId}.`);
  }
}

/** Whoever throws goes on afterwards, unless what caught it has ended it. */
export function throwEscalation(step: Step, key: ElementKey, escalationCode: string, variables: JsonObject): void {
  const { elementId } = instanceOf(step, key);
  const caught = findCatcher(step, key, 'escalation', escalationCode);
  emit(step, {
    type: 'escalation.thrown',
    elementId,
    key,
    escalationCode,
    ...(caught ? { caughtById: caught.boundary.id } : {}),
    variables,
  });
  if (caught) fireBoundary(step, caught.key, caught.boundary, variables);
}

type Thrown = 'error' | 'escalation';

function findCatcher(step: Step, from: ElementKey, kind: Thrown, code: string): { key: ElementKey; boundary: BoundaryEvent } | null {
  let key: ElementKey | null = from;
  while (key !== null) {
    const instance = instanceOf(step, key);
    const boundary = instance.loopIndex === undefined ? catcherOn(step, key, kind, code) : null;
    if (boundary) return { key, boundary };
    key = instance.scopeKey;
  }
  return null;
}

function catcherOn(step: Step, key: ElementKey, kind: Thrown, code: string): BoundaryEvent | null {
  const element = step.graph.elements[instanceOf(step, key).elementId];
  if (!element || !('boundaryIds' in element)) return null;
  let catchesAll: BoundaryEvent | null = null;
  for (const id of element.boundaryIds) {
    const boundary = step.graph.elements[id];
    if (boundary?.elementType !== 'boundaryEvent' || boundary.event.kind !== kind) continue;
    const wanted = boundary.event.kind === 'error' ? boundary.event.errorCode : boundary.event.escalationCode;
    if (wanted === undefined) catchesAll ??= boundary;
    else if (textAt(step, key, wanted) === code) return boundary;
  }
  return catchesAll;
}

/** What a boundary event does when it happens; an interrupting one ends its activity first. */
export function fireBoundary(step: Step, attachedKey: ElementKey, boundary: BoundaryEvent, variables: JsonObject): void {
  const { scopeKey } = instanceOf(step, attachedKey);
  if (scopeKey === null) throw new Error('A process has no boundary events.');
  if (boundary.isInterrupting) {
    terminate(step, attachedKey);
  }
  enter(step, boundary, { scopeKey, trigger: { variables } });
}
