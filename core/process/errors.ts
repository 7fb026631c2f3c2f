/** BPMN errors: caught by the nearest boundary event that knows the code, or by one that catches all. */
import type { BoundaryEvent } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { ElementKey } from './event.ts';
import { ActFailure } from './failure.ts';
import { enter } from './open.ts';
import { emit, instanceOf, type Step } from './step.ts';
import { terminate } from './terminate.ts';
import { textAt } from './variables.ts';

export function throwError(step: Step, key: ElementKey, errorCode: string, variables: JsonObject): void {
  const { elementId } = instanceOf(step, key);
  const caught = findCatcher(step, key, errorCode);
  if (!caught) {
    throw new ActFailure('error-uncaught', `No boundary event catches the error "${errorCode}" of ${elementId}.`);
  }
  emit(step, { type: 'error.thrown', elementId, key, errorCode, caughtById: caught.boundary.id });
  fireBoundary(step, caught.key, caught.boundary, variables);
}

function findCatcher(step: Step, from: ElementKey, errorCode: string): { key: ElementKey; boundary: BoundaryEvent } | null {
  let key: ElementKey | null = from;
  while (key !== null) {
    const instance = instanceOf(step, key);
    const boundary = instance.loopIndex === undefined ? catcherOn(step, key, errorCode) : null;
    if (boundary) return { key, boundary };
    key = instance.scopeKey;
  }
  return null;
}

function catcherOn(step: Step, key: ElementKey, errorCode: string): BoundaryEvent | null {
  const element = step.graph.elements[instanceOf(step, key).elementId];
  if (!element || !('boundaryIds' in element)) return null;
  let catchesAll: BoundaryEvent | null = null;
  for (const id of element.boundaryIds) {
    const boundary = step.graph.elements[id];
    if (boundary?.elementType !== 'boundaryEvent' || boundary.event.kind !== 'error') continue;
    if (boundary.event.errorCode === undefined) catchesAll ??= boundary;
    else if (textAt(step, key, boundary.event.errorCode) === errorCode) return boundary;
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
