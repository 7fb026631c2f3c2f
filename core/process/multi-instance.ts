/** An activity that runs several times: at once or in turn, over a list or a number, until all are done or a condition holds. */
import type { Activity, MultiInstance, MultiInstanceBehavior, SingleEventDefinition } from '#core/bpmn/graph.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { goOn } from './complete.ts';
import type { ElementKey } from './event.ts';
import { ActFailure, attempt, raiseIncident } from './failure.ts';
import { type Arrival, activate, enter } from './open.ts';
import { childrenOf, elementOf, emit, instanceOf, type Step } from './step.ts';
import { endWaits, terminate } from './terminate.ts';
import { type Act, throwing } from './throwing.ts';
import { isOverBudget } from './tokens.ts';
import { contextOf, evaluateIn, propagate } from './variables.ts';
import { listening } from './waits.ts';

/** More instances than this belong into called processes with a middle tier (P18). */
export const INSTANCES_MAX = 2_000;

export function openLoop(step: Step, element: Activity, arrival: Arrival): void {
  const plan = planOf(step, element, arrival.scopeKey);
  const key = activate(step, element, arrival, { elementType: 'multiInstanceBody', ...(plan.items ? { items: plan.items } : {}) });
  if (plan.failure) {
    raiseIncident(step, key, { code: plan.failure.code, stage: 'open', message: plan.failure.message });
    return;
  }
  attempt(step, key, 'open', () => {
    for (const subscribe of listening(step, key, element)) subscribe();
    startInstances(step, key);
  });
}

type Plan = { readonly items: readonly Json[]; readonly failure?: never } | { readonly failure: ActFailure; readonly items?: never };

function planOf(step: Step, element: Activity, scopeKey: ElementKey): Plan {
  try {
    return { items: itemsOf(step, loopOf(element), contextOf(step.draft.elements, scopeKey)) };
  } catch (error) {
    if (error instanceof ActFailure) return { failure: error };
    throw error;
  }
}

/** A retry of a loop whose list could not be read: it begins again under a new key. */
export function reopenLoop(step: Step, key: ElementKey): void {
  const { elementId, scopeKey, multiInstance } = instanceOf(step, key);
  const element = elementOf(step, elementId);
  if (scopeKey === null || !('boundaryIds' in element)) throw new Error(`${elementId} is not an activity.`);
  if (multiInstance) {
    attempt(step, key, 'open', () => {
      for (const subscribe of listening(step, key, element)) subscribe();
      startInstances(step, key);
    });
    return;
  }
  endWaits(step, key);
  emit(step, { type: 'element.terminated', elementId, key, elementType: 'multiInstanceBody' });
  openLoop(step, element, { scopeKey });
}

function itemsOf(step: Step, { inputCollection, cardinality }: MultiInstance, context: JsonObject): readonly Json[] {
  const source = inputCollection ?? cardinality ?? '';
  const value = evaluateIn(step, context, source);
  const items = inputCollection === undefined ? numbered(value) : value;
  if (!Array.isArray(items)) {
    const wanted = inputCollection === undefined ? 'a whole number from 0' : 'a list';
    throw new ActFailure('multi-instance-invalid', `"${source}" must give ${wanted}, but gives ${JSON.stringify(value)}.`);
  }
  if (items.length > INSTANCES_MAX) {
    throw new ActFailure('multi-instance-invalid', `"${source}" asks for ${items.length} instances; at most ${INSTANCES_MAX} are allowed.`);
  }
  return items;
}

function numbered(count: Json): readonly Json[] | null {
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) return null;
  return Array.from({ length: Math.min(count, INSTANCES_MAX + 1) }, (_, index) => index + 1);
}

/** Starts what is due: everything, or the next one in turn. A loop without items is done at once. */
export function startInstances(step: Step, bodyKey: ElementKey): void {
  const element = elementOf(step, instanceOf(step, bodyKey).elementId);
  const { isSequential, inputElement, outputElement } = loopOf(element as Activity);
  // A variable that is collected belongs to its instance, so that instances side by side do not write over each other; as in Zeebe.
  const collected = /^[A-Za-z_]\w*(?=$|\.)/.exec(outputElement ?? '')?.[0];
  const outputHolder: JsonObject = collected === undefined ? {} : { [collected]: null };
  const { items, started } = stateOf(step, bodyKey);
  if (items.length === 0) {
    step.queue.push({ kind: 'complete', key: bodyKey });
    return;
  }
  const last = isSequential ? Math.min(started + 1, items.length) : items.length;
  for (let index = started + 1; index <= last; index += 1) {
    if (isSequential && isOverBudget(step, bodyKey)) return;
    const item = items[index - 1] ?? null;
    const local: JsonObject = { ...outputHolder, loopCounter: index, ...(inputElement === undefined ? {} : { [inputElement]: item }) };
    enter(step, element, { scopeKey: bodyKey, loop: { index, local } });
  }
}

export interface Collected {
  readonly output?: Json;
  readonly isEnough: boolean;
  /** The events of its behaviour that this completion throws. */
  readonly thrown: readonly Act[];
}

/** What one instance gives, and whether with it the loop has enough. Evaluated while its variables still live. */
export function collect(step: Step, key: ElementKey): Collected {
  const instance = instanceOf(step, key);
  const loop = loopOf(elementOf(step, instance.elementId) as Activity);
  const bodyKey = instance.scopeKey ?? 0;
  const context = contextOf(step.draft.elements, key);
  const output = loop.outputElement === undefined ? undefined : evaluateIn(step, context, loop.outputElement);
  const { items, started, completed, outputs } = stateOf(step, bodyKey);
  const active = childrenOf(step.draft, bodyKey).length - 1;
  const counters = {
    numberOfInstances: items.length,
    numberOfActiveInstances: active,
    numberOfCompletedInstances: completed + 1,
    numberOfTerminatedInstances: started - completed - 1 - active,
  };
  const collected =
    loop.outputCollection === undefined ? {} : { [loop.outputCollection]: outputs.with((instance.loopIndex ?? 1) - 1, output ?? null) };
  const holds = (condition: string): boolean => {
    const value = evaluateIn(step, { ...context, ...counters, ...collected }, condition);
    if (typeof value === 'boolean') return value;
    throw new ActFailure('condition-not-boolean', `The condition "${condition}" gives ${JSON.stringify(value)}, not true or false.`);
  };
  const isEnough = loop.completionCondition !== undefined && holds(loop.completionCondition);
  const events = thrownBy(loop.behavior, { isFirst: completed === 0, holds });
  return { output, isEnough, thrown: events.map((event) => throwing(step, bodyKey, event)) };
}

/** BPMN 2.0, 13.3.7. */
function thrownBy(
  behavior: MultiInstanceBehavior | undefined,
  { isFirst, holds }: { readonly isFirst: boolean; readonly holds: (condition: string) => boolean },
): readonly SingleEventDefinition[] {
  switch (behavior?.kind) {
    case 'none':
      return [behavior.event];
    case 'one':
      return isFirst ? [behavior.event] : [];
    case 'complex':
      return behavior.definitions.filter(({ condition }) => holds(condition)).map(({ event }) => event);
    default:
      return [];
  }
}

export function afterLoopInstance(step: Step, bodyKey: ElementKey, { isEnough, thrown }: Collected): void {
  for (const act of thrown) act();
  // What was thrown may have been caught by a boundary event that ended the loop.
  if (!step.draft.elements[bodyKey]) return;
  const { items, started } = stateOf(step, bodyKey);
  const running = childrenOf(step.draft, bodyKey);
  if (isEnough) for (const instance of running) terminate(step, instance.key);
  if (isEnough || (running.length === 0 && started === items.length)) step.queue.push({ kind: 'complete', key: bodyKey });
  else if (running.length === 0) startInstances(step, bodyKey);
}

export function finishLoop(step: Step, bodyKey: ElementKey): void {
  const { elementId, scopeKey } = instanceOf(step, bodyKey);
  const { outputCollection } = loopOf(elementOf(step, elementId) as Activity);
  const { outputs } = stateOf(step, bodyKey);
  attempt(step, bodyKey, 'leave', () => {
    if (outputCollection !== undefined && scopeKey !== null) propagate(step, scopeKey, { [outputCollection]: outputs });
    goOn(step, bodyKey);
  });
}

function loopOf(element: Activity): MultiInstance {
  if (!element.multiInstance) throw new Error(`${element.id} is not a multi-instance activity.`);
  return element.multiInstance;
}

function stateOf(step: Step, bodyKey: ElementKey) {
  const { multiInstance, elementId } = instanceOf(step, bodyKey);
  if (!multiInstance) throw new Error(`Key ${bodyKey} of ${elementId} is not the body of a loop.`);
  return multiInstance;
}
