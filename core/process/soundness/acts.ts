/** Everything that can come from outside while a state rests. */
import { textLiteral } from '#core/bpmn/check/references.ts';
import { boundariesOf } from '#core/bpmn/check/walk.ts';
import {
  definitionsOf,
  type GraphElement,
  implicitStarts,
  insideOf,
  isEventSubProcess,
  type ProcessGraph,
  type StartEvent,
  triggerOf,
} from '#core/bpmn/graph.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { ElementKey } from '../event.ts';
import type { ProcessState, SubscriptionState } from '../state.ts';
import { undoneRegion } from '../undone-region.ts';
import type { FlowNet } from './flow-net.ts';
import type { Act } from './move.ts';
import type { Sources } from './sources.ts';

export interface Acting {
  readonly graph: ProcessGraph;
  readonly net: FlowNet;
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
  const holding = new Set(Object.values(state.elements).map(({ scopeKey }) => scopeKey));
  for (const { key, elementId, adHoc } of Object.values(state.elements)) {
    // Where nothing goes on any more somebody may begin something once more.
    if (!adHoc || adHoc.isSatisfied || holding.has(key)) continue;
    for (const { id } of implicitStarts(graph, elementId)) acts.push({ kind: 'activate', elementId: id, scopeKey: key, key });
  }
  return acts;
}

/** Everything by which somebody can take back what was done. Without anything to be undone a withdrawal is at its end at once. */
export function retreatsIn({ graph, net }: Acting, state: ProcessState): readonly Act[] {
  const returns = Object.values(state.tasks).flatMap((task) =>
    net
      .returns(task.elementId)
      .filter((toElementId) => 'elementIds' in undoneRegion(graph, state, task, toElementId))
      .map((toElementId): Act => ({ kind: 'return', elementId: task.elementId, taskId: task.taskId, toElementId })),
  );
  const isUndoable = Object.values(state.elements).some(({ compensable = [] }) => compensable.length > 0);
  return [...returns, ...(isUndoable ? [{ kind: 'cancel', elementId: state.processId } as const] : [])];
}

function news(
  { kind, targetId, effectId, key, name }: SubscriptionState,
  target: GraphElement | undefined,
  resultsOf: (id: string) => JsonObject,
): Act & { readonly key: ElementKey } {
  const variable = target && 'resultVariable' in target ? target.resultVariable : undefined;
  const action = target && 'action' in target ? target.action : undefined;
  const brought = resultsOf(targetId);
  const given: Readonly<Record<string, Json>> =
    variable === undefined ? brought : { [variable]: { ...brought, ...(action ? { code: action.code } : {}) } };
  return { kind: kind === 'signal' ? 'signal' : 'message', elementId: targetId, effectId, key, name, results: given };
}

/** Codes that boundary events around an element, or event sub-processes beside it, catch. A catch-all catches what has no name. */
function caughtAround(graph: ProcessGraph, elementId: string, kind: 'error' | 'escalation'): readonly string[] {
  const codes = new Set<string>();
  for (
    let at: GraphElement | undefined = graph.elements[elementId];
    at;
    at = at.parentId === null ? undefined : graph.elements[at.parentId]
  ) {
    const catchers = [...boundariesOf(graph, at), ...startsBeside(graph, at)];
    for (const definition of catchers.flatMap(({ event }) => definitionsOf(event))) {
      if (definition.kind !== kind) continue;
      const source = definition.kind === 'error' ? definition.errorCode : definition.escalationCode;
      codes.add(textLiteral(source ?? '') ?? ANY);
    }
  }
  return [...codes];
}

const ANY = 'any';

/** Starts of the event sub-processes in the scope of an element. */
const startsBeside = (graph: ProcessGraph, { parentId, processId }: GraphElement): readonly StartEvent[] =>
  insideOf(graph, parentId ?? processId)
    .filter(isEventSubProcess)
    .flatMap((other) => triggerOf(graph, other) ?? []);
