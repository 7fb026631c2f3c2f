/** Entering an element: it comes to life, its inputs are mapped, its boundary events listen, and its own work begins. */
import type { GraphElement } from '#core/bpmn/graph.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { beginning } from './behaviour.ts';
import type { ElementKey } from './event.ts';
import { attempt } from './failure.ts';
import { openLoop } from './multi-instance.ts';
import { elementOf, emit, instanceOf, type Step } from './step.ts';
import { evaluateMappings, setVariables } from './variables.ts';
import { listening } from './waits.ts';

export interface Arrival {
  readonly scopeKey: ElementKey;
  readonly flowId?: string;
  /** Set for one instance of a multi-instance activity. */
  readonly loop?: { readonly index: number; readonly local: JsonObject };
  /** Set when what the element would wait for has already happened. */
  readonly trigger?: { readonly variables: JsonObject };
}

export function enter(step: Step, element: GraphElement, arrival: Arrival): void {
  if ('multiInstance' in element && element.multiInstance && !arrival.loop) {
    openLoop(step, element, arrival);
    return;
  }
  const key = activate(step, element, arrival);
  attempt(step, key, 'open', () => open(step, key, arrival.trigger));
}

export function activate(step: Step, element: GraphElement, arrival: Arrival, items?: readonly Json[]): ElementKey {
  const key = step.draft.lastKey + 1;
  const isBody = 'multiInstance' in element && element.multiInstance !== undefined && !arrival.loop;
  emit(step, {
    type: 'element.activated',
    elementId: element.id,
    key,
    elementType: isBody ? 'multiInstanceBody' : element.elementType,
    scopeKey: arrival.scopeKey,
    ...(arrival.flowId === undefined ? {} : { flowId: arrival.flowId }),
    ...(arrival.loop ? { loopIndex: arrival.loop.index, local: arrival.loop.local } : {}),
    ...(items ? { multiInstance: { items } } : {}),
  });
  if (element.phase && step.draft.phases[element.phase] === undefined) emit(step, { type: 'phase.entered', phase: element.phase });
  return key;
}

/** Everything is evaluated before anything begins, so that a failure leaves nothing running and a retry starts afresh. */
export function open(step: Step, key: ElementKey, trigger?: { readonly variables: JsonObject }): void {
  const instance = instanceOf(step, key);
  const element = elementOf(step, instance.elementId);
  setVariables(step, key, evaluateMappings(step, key, element.inputs));
  // The boundary events of a multi-instance activity belong to its body.
  const listen = instance.loopIndex === undefined ? listening(step, key, element) : [];
  const begin = beginning(step, key, element, trigger);
  for (const subscribe of listen) subscribe();
  begin();
}

/** Only the work itself, once more: what listens beside it has gone on. */
export function workAgain(step: Step, key: ElementKey): void {
  beginning(step, key, elementOf(step, instanceOf(step, key).elementId))();
}
