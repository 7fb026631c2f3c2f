/** The end of a scope: when nothing lives in it and no token is left. For the process this is where the loop must have closed. */
import type { Phase } from '#core/bpmn/graph.ts';
import { continueAdHoc } from './ad-hoc.ts';
import { complete } from './complete.ts';
import type { ElementKey } from './event.ts';
import { ActFailure, attempt } from './failure.ts';
import type { ProcessState } from './state.ts';
import { childrenOf, emit, hasTokens, type Step } from './step.ts';
import { endWaits } from './terminate.ts';

export function closeScope(step: Step, scopeKey: ElementKey): void {
  const scope = step.draft.elements[scopeKey];
  if (!scope || step.draft.status !== 'active' || scope.compensations) return;
  if (scope.elementType === 'adHocSubProcess') continueAdHoc(step, scopeKey);
  if (hasTokens(scope) || scope.activatedGateways || childrenOf(step.draft, scopeKey).length > 0) return;
  // A loop counts its instances itself; everything else that holds elements is done when they are.
  if (scope.elementType === 'subProcess' || scope.elementType === 'transaction' || scope.elementType === 'eventSubProcess') {
    complete(step, scopeKey);
  }
  if (scope.elementType === 'process') attempt(step, scopeKey, 'close', () => finish(step, scopeKey));
}

function finish(step: Step, key: ElementKey): void {
  const result = step.draft.result ?? 'completed';
  const open = result === 'closed' ? openLinks(step.draft) : [];
  if (open.length > 0) {
    throw new ActFailure('loop-open', `The instance cannot end as closed: ${open.join(', ')} of the loop is still open.`);
  }
  endWaits(step, key);
  emit(step, { type: 'process.completed', processId: step.draft.processId, key, result });
}

/** What a closed loop must have walked: it was executed, both sides evaluated it, and it was quality-controlled (design.md 1). */
const CLOSING_PHASES: readonly Phase[] = ['execute', 'quality'];
const SIDES = ['executor', 'applicant'] as const;

export function openLinks(state: Pick<ProcessState, 'phases' | 'evaluatedSides'>): readonly string[] {
  return [
    ...CLOSING_PHASES.filter((phase) => state.phases[phase] === undefined),
    ...SIDES.filter((side) => !state.evaluatedSides.includes(side)).map((side) => `evaluation by the ${side}`),
  ];
}
