/** What a change of an instance would come to, before it is done: plan → diff → apply. Pure: it folds, and keeps nothing. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { Json } from '#core/json.ts';
import type { Command } from './command.ts';
import type { ElementKey, ProcessEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { ElementInstance, ProcessState } from './state.ts';

export interface ModificationPlan {
  readonly opened: readonly PlannedElement[];
  readonly canceled: readonly PlannedElement[];
  /** Elements that were passed through: begun and completed in the same step. */
  readonly passed: readonly string[];
  readonly incidents: readonly { readonly elementId: string; readonly code: string; readonly message: string }[];
  readonly variables: readonly { readonly name: string; readonly before: Json; readonly after: Json }[];
  /** How the instance would end; null: it goes on. */
  readonly result: string | null;
}

export interface PlannedElement {
  readonly key: ElementKey;
  readonly elementId: string;
  readonly hasTask: boolean;
}

/** Of the events that the change was decided to have. */
export function modificationPlan(
  graph: ProcessGraph,
  state: ProcessState,
  command: Extract<Command, { type: 'instance.modify' }>,
  events: readonly ProcessEvent[],
): ModificationPlan {
  const after = evolve(graph, state, { seq: state.seq + 1, at: command.at, events });
  const begun = events.flatMap((event) => (event.type === 'element.activated' ? [event] : []));
  return {
    opened: newIn(after, state),
    canceled: newIn(state, after),
    passed: begun.filter(({ key }) => !after.elements[key]).map(({ elementId }) => elementId),
    incidents: Object.values(after.incidents)
      .filter(({ incidentId }) => !state.incidents[incidentId])
      .map(({ elementId, code, message }) => ({ elementId, code, message })),
    variables: Object.keys(command.variables).map((name) => ({
      name,
      before: rootOf(state).variables[name] ?? null,
      after: rootOf(after).variables[name] ?? null,
    })),
    result: after.status === 'active' ? null : (after.result ?? after.status),
  };
}

export const newIn = (one: ProcessState, other: ProcessState): readonly PlannedElement[] =>
  Object.values(one.elements)
    .filter(({ key }) => !other.elements[key])
    .map(({ key, elementId }) => ({ key, elementId, hasTask: one.tasks[String(key)] !== undefined }));

function rootOf({ elements }: ProcessState): ElementInstance {
  const root = elements[1];
  if (!root) throw new Error('A state has no process scope.');
  return root;
}
