/** An event sub-process: begun by an event while its scope runs, instead of everything else there or beside it (BPMN 2.0, 13.3.4). */
import { insideOf, isEventSubProcess, type StartEvent, triggerOf } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import { isBody } from './compensable.ts';
import type { ElementKey } from './event.ts';
import { attempt } from './failure.ts';
import { activate, enter } from './open.ts';
import { childrenOf, elementOf, instanceOf, type Step } from './step.ts';
import { clearTokens, endWait, terminate, waitsOf } from './terminate.ts';
import { listeningInside } from './waits.ts';

/** The start events that could still begin something in a scope; none once one of them has interrupted it. */
export function eventStartsIn(step: Step, scopeKey: ElementKey): readonly StartEvent[] {
  const scope = instanceOf(step, scopeKey);
  if (isBody(scope) || isInterrupted(step, scopeKey)) return [];
  return insideOf(step.graph, scope.elementId).flatMap((element) =>
    isEventSubProcess(element) ? (triggerOf(step.graph, element) ?? []) : [],
  );
}

export const isInterrupted = (step: Step, scopeKey: ElementKey): boolean =>
  childrenOf(step.draft, scopeKey).some(({ elementId }) => {
    const element = elementOf(step, elementId);
    return isEventSubProcess(element) && triggerOf(step.graph, element)?.isInterrupting === true;
  });

/** What came with the event belongs to the event sub-process. */
export function fireEventSubProcess(step: Step, scopeKey: ElementKey, start: StartEvent, variables: JsonObject): void {
  const element = elementOf(step, start.parentId ?? '');
  if (start.isInterrupting) {
    for (const child of childrenOf(step.draft, scopeKey)) terminate(step, child.key, { keepsCompensable: true });
    clearTokens(step, scopeKey, element.id);
    endEventSubProcessWaits(step, scopeKey);
  }
  const key = activate(step, element, { scopeKey, local: variables });
  attempt(step, key, 'open', () => {
    for (const subscribe of listeningInside(step, key, element.id)) subscribe();
    enter(step, start, { scopeKey: key, trigger: { variables } });
  });
}

/** Listeners of the scope itself; those of its boundary events stay. */
export function endEventSubProcessWaits(step: Step, scopeKey: ElementKey): void {
  for (const wait of waitsOf(step, scopeKey)) {
    if (elementOf(step, wait.targetId).elementType === 'startEvent') endWait(step, wait);
  }
}
