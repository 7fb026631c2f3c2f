/** An activity that is done again as long as a condition holds (BPMN 2.0, 13.3.6). */
import type { Activity, StandardLoop } from '#core/bpmn/graph.ts';
import type { ElementKey } from './event.ts';
import { ActFailure, attempt } from './failure.ts';
import { type Arrival, activate, enter } from './open.ts';
import { elementOf, instanceOf, type Step } from './step.ts';
import { isOverBudget } from './tokens.ts';
import { contextOf, evaluateIn } from './variables.ts';
import { listening } from './waits.ts';

export function openStandardLoop(step: Step, element: Activity, arrival: Arrival): void {
  const key = activate(step, element, arrival, { elementType: 'standardLoopBody' });
  reopenStandardLoop(step, key);
}

export function reopenStandardLoop(step: Step, key: ElementKey): void {
  const element = elementOf(step, instanceOf(step, key).elementId);
  attempt(step, key, 'open', () => {
    const isAgain = goesOn(step, key);
    for (const subscribe of listening(step, key, element)) subscribe();
    takeTurn(step, key, isAgain);
  });
}

/** Begins the next round, or ends the loop. */
export function nextRound(step: Step, key: ElementKey): void {
  attempt(step, key, 'leave', () => takeTurn(step, key, goesOn(step, key)));
}

function takeTurn(step: Step, key: ElementKey, isAgain: boolean): void {
  if (!isAgain) {
    step.queue.push({ kind: 'complete', key });
    return;
  }
  if (isOverBudget(step, key)) return;
  const { elementId } = instanceOf(step, key);
  const index = roundsOf(step, key) + 1;
  enter(step, elementOf(step, elementId), { scopeKey: key, loop: { index, local: { loopCounter: index } } });
}

function goesOn(step: Step, key: ElementKey): boolean {
  const { testBefore, condition, maximum } = loopOf(elementOf(step, instanceOf(step, key).elementId) as Activity);
  const rounds = roundsOf(step, key);
  if (maximum !== undefined && rounds >= maximum) return false;
  if (condition === undefined || (rounds === 0 && !testBefore)) return true;
  const value = evaluateIn(step, { ...contextOf(step.draft.elements, key), loopCounter: rounds }, condition);
  if (typeof value === 'boolean') return value;
  throw new ActFailure('condition-not-boolean', `The loop condition "${condition}" gives ${JSON.stringify(value)}, not true or false.`);
}

const roundsOf = (step: Step, key: ElementKey): number => instanceOf(step, key).rounds ?? 0;

function loopOf({ id, loop }: Activity): StandardLoop {
  if (!loop) throw new Error(`${id} is not a standard loop.`);
  return loop;
}
