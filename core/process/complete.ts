/** Completing an element: its results are mapped, the flows it leaves by are chosen, its listeners end, its tokens go on. */
import type { Json, JsonObject } from '#core/json.ts';
import type { ElementKey } from './event.ts';
import { attempt } from './failure.ts';
import { chooseFlows } from './gateways.ts';
import { linkTarget } from './inclusive-join.ts';
import { afterLoopInstance, collect, finishLoop } from './multi-instance.ts';
import { enter } from './open.ts';
import { nextRound } from './standard-loop.ts';
import { elementOf, emit, instanceOf, type Step } from './step.ts';
import { endWaits } from './terminate.ts';
import { takeFlow } from './tokens.ts';
import { evaluateMappings, propagate, setVariables } from './variables.ts';

/** What the work of an element gave, before it completes. With output mappings, or inside a loop that collects, it stays local. */
export function giveResults(step: Step, key: ElementKey, values: JsonObject): void {
  const instance = instanceOf(step, key);
  const element = elementOf(step, instance.elementId);
  const collects = instance.loopIndex !== undefined && 'multiInstance' in element && element.multiInstance?.outputElement !== undefined;
  if (element.outputs.length > 0 || collects) setVariables(step, key, values);
  else propagate(step, key, values);
  step.queue.push({ kind: 'complete', key });
}

export function complete(step: Step, key: ElementKey): void {
  const instance = step.draft.elements[key];
  // It may have been terminated since its completion was asked for.
  if (!instance) return;
  if (instance.multiInstance) {
    finishLoop(step, key);
    return;
  }
  // The outputs of a standard loop were mapped round by round.
  if (instance.rounds !== undefined) {
    leave(step, key);
    return;
  }
  let isMapped = false;
  attempt(step, key, 'complete', () => {
    const { outputs } = elementOf(step, instance.elementId);
    if (outputs.length > 0 && instance.scopeKey !== null) propagate(step, instance.scopeKey, evaluateMappings(step, key, outputs));
    isMapped = true;
  });
  if (isMapped) leave(step, key);
}

/** Apart from the mapping, so that a retry of a failed condition does not map twice. */
export function leave(step: Step, key: ElementKey): void {
  attempt(step, key, 'leave', () => {
    const instance = instanceOf(step, key);
    if (instance.loopIndex === undefined) {
      goOn(step, key);
      return;
    }
    const { scopeKey } = instance;
    if (scopeKey === null) throw new Error('A process is no instance of a loop.');
    if (instanceOf(step, scopeKey).rounds !== undefined) {
      end(step, key);
      nextRound(step, scopeKey);
      return;
    }
    const collected = collect(step, key);
    end(step, key, collected.output);
    afterLoopInstance(step, scopeKey, collected);
  });
}

/** Leaves by the chosen flows; also the way out of a whole loop. */
export function goOn(step: Step, key: ElementKey): void {
  const { elementId, scopeKey, compensates } = instanceOf(step, key);
  const element = elementOf(step, elementId);
  // What is undone goes nowhere from there.
  const flowIds = compensates === undefined ? chooseFlows(step, key, element) : [];
  const linked = linkTarget(step.graph, element);
  end(step, key);
  if (scopeKey === null) return;
  if (linked) enter(step, linked, { scopeKey });
  const quantity = 'completionQuantity' in element ? (element.completionQuantity ?? 1) : 1;
  for (const flowId of flowIds) for (let count = 0; count < quantity; count += 1) takeFlow(step, flowId, scopeKey);
  step.queue.push({ kind: 'close', scopeKey });
}

function end(step: Step, key: ElementKey, output?: Json): void {
  const { elementId, elementType } = instanceOf(step, key);
  endWaits(step, key);
  emit(step, { type: 'element.completed', elementId, key, elementType, ...(output === undefined ? {} : { output }) });
}
