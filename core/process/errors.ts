/**
 * BPMN errors and escalations: caught by the nearest boundary event or event sub-process that knows the code, or by one that catches all
 * (BPMN 2.0, 10.5.1 and 10.5.6). An error must be caught; an escalation may go unheard.
 */
import { type BoundaryEvent, definitionsOf, type StartEvent } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { ElementKey } from './event.ts';
import { eventStartsIn, fireEventSubProcess } from './event-sub-process.ts';
import { ActFailure } from './failure.ts';
import { enter } from './open.ts';
import { emit, instanceOf, type Step } from './step.ts';
import { endProcess, terminate } from './terminate.ts';
import { textAt } from './variables.ts';

export function throwError(step: Step, key: ElementKey, errorCode: string, variables: JsonObject): void {
  const { elementId } = instanceOf(step, key);
  const caught = findCatcher(step, key, 'error', errorCode);
  if (caught) {
    emit(step, { type: 'error.thrown', elementId, key, errorCode, caughtById: caught.catcher.id });
    fireCatcher(step, caught, variables);
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
    ...(caught ? { caughtById: caught.catcher.id } : {}),
    variables,
  });
  if (caught) fireCatcher(step, caught, variables);
}

type Thrown = 'error' | 'escalation';

interface Caught {
  readonly key: ElementKey;
  readonly catcher: BoundaryEvent | StartEvent;
}

/** Outwards from whoever throws: in each scope its event sub-processes, then the boundary events around it. */
function findCatcher(step: Step, from: ElementKey, kind: Thrown, code: string): Caught | null {
  let key: ElementKey | null = from;
  let cameFrom: string | undefined;
  while (key !== null) {
    const instance = instanceOf(step, key);
    // What an event sub-process throws is not caught by itself.
    const starts = key === from ? [] : eventStartsIn(step, key).filter(({ parentId }) => parentId !== cameFrom);
    const catcher = chooseCatcher(step, key, [...starts, ...(instance.loopIndex === undefined ? boundariesOn(step, key) : [])], kind, code);
    if (catcher) return { key, catcher };
    cameFrom = instance.elementId;
    key = instance.scopeKey;
  }
  return null;
}

function boundariesOn(step: Step, key: ElementKey): readonly BoundaryEvent[] {
  const element = step.graph.elements[instanceOf(step, key).elementId];
  const ids = element && 'boundaryIds' in element ? element.boundaryIds : [];
  return ids.flatMap((id) => {
    const boundary = step.graph.elements[id];
    return boundary?.elementType === 'boundaryEvent' ? [boundary] : [];
  });
}

/** One that names the code before one that takes any. */
function chooseCatcher(step: Step, key: ElementKey, catchers: readonly Caught['catcher'][], kind: Thrown, code: string) {
  let catchesAll: Caught['catcher'] | null = null;
  for (const catcher of catchers) {
    for (const definition of definitionsOf(catcher.event)) {
      if (definition.kind !== kind) continue;
      const wanted = definition.kind === 'error' ? definition.errorCode : definition.escalationCode;
      if (wanted === undefined) catchesAll ??= catcher;
      else if (textAt(step, key, wanted) === code) return catcher;
    }
  }
  return catchesAll;
}

function fireCatcher(step: Step, { key, catcher }: Caught, variables: JsonObject): void {
  if (catcher.elementType === 'boundaryEvent') fireBoundary(step, key, catcher, variables);
  else fireEventSubProcess(step, key, catcher, variables);
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
