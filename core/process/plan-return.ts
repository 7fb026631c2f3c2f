/** What a return would come to, before it is done, and which are offered. Pure: it decides and folds, and keeps nothing. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { newIn, type PlannedElement } from './plan-modification.ts';
import type { Refusal } from './refusal.ts';
import { mayReturn } from './return.ts';
import type { ProcessState } from './state.ts';
import { withAllInside } from './undone-region.ts';

export interface ReturnPlan {
  readonly toElementId: string;
  /** What lives and is cancelled. */
  readonly canceled: readonly PlannedElement[];
  /** User tasks that persons completed, and whose answers no longer hold. */
  readonly superseded: readonly string[];
  /** Activities that are compensated, in this order, before the step begins. */
  readonly compensated: readonly string[];
  /** What begins: the step itself, or first what undoes something. */
  readonly opened: readonly PlannedElement[];
  readonly incidents: readonly { readonly elementId: string; readonly code: string; readonly message: string }[];
}

type ReturnCommand = Extract<Command, { type: 'task.return' }>;

export type PlannedReturn =
  | { readonly kind: 'planned'; readonly plan: ReturnPlan }
  | Exclude<ReturnType<typeof decide>, { kind: 'accepted' }>;

export function planReturn(graph: ProcessGraph, state: ProcessState, command: ReturnCommand): PlannedReturn {
  const decision = decide(graph, state, command);
  if (decision.kind !== 'accepted') return decision;
  const after = evolve(graph, state, { seq: state.seq + 1, at: command.at, events: decision.events });
  const undone = new Set(decision.events.flatMap((event) => (event.type === 'task.returned' ? event.undone : [])));
  const thrown = decision.events.find((event) => event.type === 'compensation.thrown' && event.returnsTo !== undefined);
  const activityIds = thrown?.type === 'compensation.thrown' ? (thrown.activityIds ?? []) : [];
  return {
    kind: 'planned',
    plan: {
      toElementId: command.toElementId,
      canceled: newIn(state, after),
      superseded: [...undone].filter((id) => state.completers[id] !== undefined),
      compensated: activityIds.toReversed(),
      opened: newIn(after, state),
      incidents: Object.values(after.incidents)
        .filter(({ incidentId }) => !state.incidents[incidentId])
        .map(({ elementId, code, message }) => ({ elementId, code, message })),
    },
  };
}

/** The steps to which a task may be returned, as whoever holds it would be answered; in the order of the diagram. */
export function returnTargets(graph: ProcessGraph, state: ProcessState, taskId: string): readonly string[] {
  const task = state.tasks[taskId];
  const process = graph.processes[state.processId];
  if (!task || !process || state.status !== 'active' || state.suspended) return [];
  const holder = task.assignee ?? ANYBODY;
  const held: ProcessState = { ...state, tasks: { ...state.tasks, [taskId]: { ...task, assignee: holder, excluded: [] } } };
  return withAllInside(graph, process.elementIds).filter(
    (toElementId) =>
      state.completers[toElementId] !== undefined &&
      mayReturn(graph, task.elementId, toElementId) &&
      refusalOf(graph, held, { taskId, toElementId, holder }) === null,
  );
}

const ANYBODY = 'anybody';

function refusalOf(
  graph: ProcessGraph,
  state: ProcessState,
  { taskId, toElementId, holder }: { readonly taskId: string; readonly toElementId: string; readonly holder: string },
): Refusal | null {
  const decision = decide(graph, state, {
    type: 'task.return',
    taskId,
    toElementId,
    reason: 'plan',
    id: 'plan',
    at: state.at,
    zone: 'UTC',
    actor: { kind: 'person', personId: holder, organisationId: '', principals: [] },
  });
  return decision.kind === 'refused' ? decision.refusal : null;
}
