/** Entering an element: it comes to life, its inputs are mapped, its boundary events listen, and its own work begins. */
import type { ElementType, GraphElement } from '#core/bpmn/graph.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { beginning } from './behaviour.ts';
import type { EffectId, ElementKey } from './event.ts';
import { attempt } from './failure.ts';
import { openLoop } from './multi-instance.ts';
import { openStandardLoop } from './standard-loop.ts';
import { elementOf, emit, instanceOf, type Step } from './step.ts';
import { evaluateMappings, setVariables } from './variables.ts';
import { listening, listeningInside } from './waits.ts';

export interface Arrival {
  readonly scopeKey: ElementKey;
  readonly flowId?: string;
  /** Set for one instance of a multi-instance activity. */
  readonly loop?: { readonly index: number; readonly local: JsonObject };
  /** What came with the event that begins an event sub-process. */
  readonly local?: JsonObject;
  /** Set when what the element would wait for has already happened. */
  readonly trigger?: { readonly variables: JsonObject };
  /** Set for what undoes something: the compensation that it is a part of, and what the undone scope held. */
  readonly compensates?: { readonly effectId: EffectId; readonly variables?: JsonObject };
}

export function enter(step: Step, element: GraphElement, arrival: Arrival): void {
  if ('multiInstance' in element && element.multiInstance && !arrival.loop) {
    openLoop(step, element, arrival);
    return;
  }
  if ('loop' in element && element.loop && !arrival.loop) {
    openStandardLoop(step, element, arrival);
    return;
  }
  const key = activate(step, element, arrival);
  attempt(step, key, 'open', () => open(step, key, arrival.trigger));
}

export function activate(
  step: Step,
  element: GraphElement,
  arrival: Arrival,
  as: { readonly elementType?: ElementType; readonly items?: readonly Json[] } = {},
): ElementKey {
  const key = step.draft.lastKey + 1;
  const local = localOf(element, arrival);
  emit(step, {
    type: 'element.activated',
    elementId: element.id,
    key,
    elementType: as.elementType ?? element.elementType,
    scopeKey: arrival.scopeKey,
    ...(arrival.flowId === undefined ? {} : { flowId: arrival.flowId }),
    ...(arrival.loop ? { loopIndex: arrival.loop.index } : {}),
    ...(local ? { local } : {}),
    ...(as.items ? { multiInstance: { items: as.items } } : {}),
    ...(arrival.compensates ? { compensates: arrival.compensates.effectId } : {}),
  });
  if (element.phase && step.draft.phases[element.phase] === undefined) emit(step, { type: 'phase.entered', phase: element.phase });
  return key;
}

/** Variables that stand in the element itself from its beginning. */
function localOf(element: GraphElement, { local, loop, compensates }: Arrival): JsonObject | undefined {
  const locals = 'locals' in element ? element.locals : undefined;
  const declared = locals && Object.fromEntries(locals.map((name) => [name, null]));
  const given = local ?? loop?.local ?? compensates?.variables;
  return declared || (given && (given !== local || Object.keys(given).length > 0)) ? { ...declared, ...given } : undefined;
}

/** Everything is evaluated before anything begins, so that a failure leaves nothing running and a retry starts afresh. */
export function open(step: Step, key: ElementKey, trigger?: { readonly variables: JsonObject }): void {
  const instance = instanceOf(step, key);
  const element = elementOf(step, instance.elementId);
  setVariables(step, key, evaluateMappings(step, key, element.inputs));
  // The boundary events of a multi-instance activity belong to its body.
  const outside = instance.loopIndex === undefined ? listening(step, key, element) : [];
  const listen = [...outside, ...listeningInside(step, key, element.id)];
  const begin = beginning(step, key, element, trigger);
  for (const subscribe of listen) subscribe();
  begin();
}

/** Only the work itself, once more: what listens beside it has gone on. */
export function workAgain(step: Step, key: ElementKey): void {
  beginning(step, key, elementOf(step, instanceOf(step, key).elementId))();
}
