/** Everything that can come from outside while a state rests. */
import type { GraphElement, ProcessGraph } from '#core/bpmn/graph.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { ElementKey } from '../event.ts';
import type { ProcessState, SubscriptionState } from '../state.ts';
import type { Act } from './move.ts';
import type { Sources } from './sources.ts';

export interface Acting {
  readonly graph: ProcessGraph;
  readonly sources: Sources;
}

export function actsIn({ graph, sources }: Acting, state: ProcessState): readonly (Act & { readonly key: ElementKey })[] {
  const acts: (Act & { readonly key: ElementKey })[] = [];
  const elementOf = (id: string): GraphElement | undefined => graph.elements[id];
  const resultsOf = (id: string): JsonObject => {
    const element = elementOf(id);
    return element ? sources.resultOf(element) : {};
  };
  for (const { taskId, elementId, key } of Object.values(state.tasks)) {
    const element = elementOf(elementId);
    const outcomes = element?.elementType === 'userTask' ? element.outcomes : [];
    const results = resultsOf(elementId);
    if (outcomes.length === 0) acts.push({ kind: 'task', elementId, taskId, key, results });
    for (const { code } of outcomes) acts.push({ kind: 'task', elementId, taskId, key, outcome: code, results });
  }
  for (const { effectId, elementId, key } of Object.values(state.jobs)) {
    acts.push({ kind: 'job', elementId, effectId, key, results: resultsOf(elementId) });
    for (const errorCode of caughtAround(graph, elementId, 'error')) acts.push({ kind: 'jobError', elementId, effectId, key, errorCode });
  }
  for (const { effectId, elementId, key } of Object.values(state.children)) {
    acts.push({ kind: 'child', elementId, effectId, key, results: resultsOf(elementId) });
    for (const errorCode of caughtAround(graph, elementId, 'error')) acts.push({ kind: 'childError', elementId, effectId, key, errorCode });
    for (const escalationCode of caughtAround(graph, elementId, 'escalation')) {
      acts.push({ kind: 'childEscalation', elementId, effectId, key, escalationCode });
    }
  }
  for (const { effectId, targetId, key } of Object.values(state.timers)) acts.push({ kind: 'timer', elementId: targetId, effectId, key });
  for (const subscription of Object.values(state.subscriptions)) acts.push(news(subscription, elementOf(subscription.targetId), resultsOf));
  return acts;
}

function news(
  { kind, targetId, effectId, key, name }: SubscriptionState,
  target: GraphElement | undefined,
  resultsOf: (id: string) => JsonObject,
): Act & { readonly key: ElementKey } {
  const variable = target && 'resultVariable' in target ? target.resultVariable : undefined;
  const action = target && 'action' in target ? target.action : undefined;
  const brought = resultsOf(targetId);
  const given: Readonly<Record<string, Json>> = variable === undefined ? brought : { [variable]: { ...brought, ...(action ? { code: action.code } : {}) } };
  return { kind: kind === 'signal' ? 'signal' : 'message', elementId: targetId, effectId, key, name, results: given };
}

/** Codes that boundary events around an element, or event sub-processes beside it, catch. A catch-all catches what has no name. */
function caughtAround(graph: ProcessGraph, elementId: string, kind: 'error' | 'escalation'): readonly string[] {
  const codes = new Set<string>();
  for (let at: GraphElement | undefined = graph.elements[elementId]; at; at = at.parentId === null ? undefined : graph.elements[at.parentId]) {
    for (const listener of [...('boundaryIds' in at ? at.boundaryIds : []), ...startsBeside(graph, at)]) {
      const element = graph.elements[listener];
      if (!element || !('event' in element) || element.event.kind !== kind) continue;
      const source = element.event.kind === 'error' ? element.event.errorCode : 'escalationCode' in element.event ? element.event.escalationCode : undefined;
      codes.add(source === undefined ? ANY : (textOf(source) ?? ANY));
    }
  }
  return [...codes];
}

const ANY = 'any';

function textOf(source: string): string | null {
  const match = /^"([^"\\]*)"$/.exec(source);
  return match?.[1] ?? null;
}

/** Starts of the event sub-processes in the scope of an element. */
function startsBeside(graph: ProcessGraph, element: GraphElement): readonly string[] {
  const beside = Object.values(graph.elements).filter(
    (other) => other.parentId === element.parentId && other.processId === element.processId && 'elementIds' in other && other.incoming.length === 0,
  );
  return beside.flatMap((other) => ('elementIds' in other ? other.elementIds : [])).filter((id) => graph.elements[id]?.elementType === 'startEvent');
}
