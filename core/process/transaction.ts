/** A transaction that is cancelled: what runs in it ends, what was completed is undone, and it is left by its cancel event (BPMN 2.0, 13.3.5). */
import { throwCompensation } from './compensation.ts';
import { fireBoundary } from './errors.ts';
import type { ElementKey } from './event.ts';
import { endEventSubProcessWaits } from './event-sub-process.ts';
import { childrenOf, elementOf, instanceOf, type Step } from './step.ts';
import { clearTokens, terminate } from './terminate.ts';

export function cancelTransaction(step: Step, key: ElementKey): void {
  const { scopeKey, elementId } = instanceOf(step, key);
  if (scopeKey === null) throw new Error('A cancel end event stands in a transaction.');
  stopScope(step, scopeKey, elementId, key);
  throwCompensation(step, key, { scopeKey, waits: true });
}

/** Ends what runs in a scope, and keeps what was completed in it for compensation. */
export function stopScope(step: Step, scopeKey: ElementKey, elementId: string, exceptKey?: ElementKey): void {
  for (const child of childrenOf(step.draft, scopeKey)) if (child.key !== exceptKey) terminate(step, child.key, { keepsCompensable: true });
  clearTokens(step, scopeKey, elementId);
  endEventSubProcessWaits(step, scopeKey);
}

/** The boundary events of a loop belong to its body. */
export function leaveTransaction(step: Step, transactionKey: ElementKey): void {
  const { loopIndex, scopeKey, elementId } = instanceOf(step, transactionKey);
  const attachedKey = loopIndex === undefined || scopeKey === null ? transactionKey : scopeKey;
  const element = elementOf(step, elementId);
  const boundaries = 'boundaryIds' in element ? element.boundaryIds.map((id) => elementOf(step, id)) : [];
  const boundary = boundaries.find((each) => each.elementType === 'boundaryEvent' && each.event.kind === 'cancel');
  if (boundary?.elementType !== 'boundaryEvent') throw new Error(`Transaction ${elementId} has no cancel boundary event.`);
  fireBoundary(step, attachedKey, boundary, {});
}
