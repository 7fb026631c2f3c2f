/**
 * What a step changes in the lists that people read: a pure comparison of the states before and after it. The inbox holds one row
 * per open task and principal: the holder's once it is claimed, each candidate's before.
 */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { Actor } from '#core/process/command.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import type { ProcessState, TaskState } from '#core/process/state.ts';
import { RETURNED } from '#core/process/task-descriptor.ts';
import type { WorklistChanges } from '#db/steps.ts';
import { noticesOf, principalsNamed } from './notices.ts';

const RANKS: Readonly<Record<string, number>> = { emergency: 0, urgent: 1, routine: 2 };
const ROUTINE_RANK = 2;
/** PostgreSQL's own word: a task without a deadline sorts last. */
const NEVER = 'infinity';

export interface StepContext {
  readonly graph: ProcessGraph;
  readonly before: ProcessState | null;
  readonly after: ProcessState;
  readonly events: readonly ProcessEvent[];
  readonly actor: Actor;
  readonly at: string;
}

export function worklistChanges(step: StepContext): Omit<WorklistChanges, 'fileIds' | 'draftId'> {
  const before = step.before?.tasks ?? {};
  const after = step.after.tasks;
  const rank = RANKS[urgencyOf(step.after)] ?? ROUTINE_RANK;
  const created = Object.values(after).filter((task) => !before[task.taskId]);
  // While an instance is suspended its clocks stand still: its tasks are due at no time.
  const wasSuspended = step.before?.suspended !== undefined;
  const isSuspended = step.after.suspended !== undefined;
  const changed = Object.values(before).filter((task) => after[task.taskId] !== task || wasSuspended !== isSuspended);
  const rowsBefore = Object.values(before).flatMap((task) => inboxRows(step.graph, task, rank, wasSuspended ? null : dueOf(task)));
  const rowsAfter = Object.values(after).flatMap((task) => inboxRows(step.graph, task, rank, isSuspended ? null : dueOf(task)));
  const keysBefore = new Set(rowsBefore.map(keyOf));
  const keysAfter = new Set(rowsAfter.map(keyOf));
  return {
    tasksCreated: created.map((task) => ({
      task_id: task.taskId,
      element_id: task.elementId,
      phase: step.graph.elements[task.elementId]?.phase ?? null,
      candidates: task.candidates,
      excluded: task.excluded,
      assignee: task.assignee ?? null,
      priority: task.priority,
      due: dueOf(task),
    })),
    tasksChanged: changed.map((task) => changedTask(task, after[task.taskId], step)),
    inboxDeleted: rowsBefore
      .filter((row) => !keysAfter.has(keyOf(row)))
      .map(({ principal, list, task_id }) => ({ principal, list, task_id })),
    inboxCreated: rowsAfter.filter((row) => !keysBefore.has(keyOf(row))),
    participants: participantsOf(step, created, changed),
    departed: departedIn(step),
    copies: copiesOf(step.events),
    notices: noticesOf(step),
    jobsEnded: gone(step.before?.jobs, step.after.jobs),
    incidentsOpen: Object.values(step.after.incidents).map(({ incidentId, elementId, code, raisedAt }) => ({
      incident_id: incidentId,
      element_id: elementId,
      code,
      raised_at: raisedAt,
    })),
    incidentsClosed: gone(step.before?.incidents, step.after.incidents),
  };
}

const gone = (before: Readonly<Record<string, unknown>> = {}, after: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(before).filter((id) => !(id in after));

export const urgencyOf = (state: ProcessState): string => {
  const urgency = state.elements[1]?.variables.urgency;
  return typeof urgency === 'string' ? urgency : 'routine';
};

export const dueOf = (task: TaskState): string | null => task.deadline?.due ?? task.followUp ?? null;

const keyOf = (row: { principal: string; list: string; due: string; task_id: string }): string =>
  `${row.principal}\n${row.list}\n${row.due}\n${row.task_id}`;

function inboxRows(graph: ProcessGraph, task: TaskState, rank: number, due: string | null): WorklistChanges['inboxCreated'] {
  const row = { rank, due: due ?? NEVER, task_id: task.taskId, phase: graph.elements[task.elementId]?.phase ?? '' };
  if (task.assignee) return [{ principal: `person:${task.assignee}`, list: 'todo', ...row }];
  return [...new Set(task.candidates)].map((principal) => ({ principal, list: 'claimable', ...row }));
}

function changedTask(task: TaskState, now: TaskState | undefined, step: StepContext): WorklistChanges['tasksChanged'][number] {
  const decided = decisionOn(task, step.events);
  const current = now ?? task;
  return {
    task_id: task.taskId,
    state: now ? 'open' : decided ? 'done' : 'canceled',
    candidates: current.candidates,
    assignee: current.assignee ?? null,
    claimed_at: current.claimedAt ?? null,
    due: step.after.suspended ? null : dueOf(current),
    overdue: current.overdue,
    done_by: decided?.by ?? null,
    done_at: now ? null : step.at,
    outcome: decided?.outcome ?? null,
  };
}

/** Whoever returned a task has done it, although it never completes. */
function decisionOn({ taskId }: TaskState, events: readonly ProcessEvent[]): { readonly by?: string; readonly outcome?: string } | null {
  for (const event of events) {
    if (event.type === 'task.completed' && event.taskId === taskId) return event;
    if (event.type === 'task.returned' && event.taskId === taskId) return { by: event.by, outcome: RETURNED.code };
  }
  return null;
}

/** Everyone who ever holds a task may read the instance, and so may whoever applied and whom its start event names (`bihuan:readers`). */
function participantsOf(step: StepContext, created: readonly TaskState[], changed: readonly TaskState[]): readonly string[] {
  const current = changed.flatMap((task) => step.after.tasks[task.taskId] ?? []);
  const principals = [...created, ...current].flatMap((task) => [
    ...task.candidates,
    ...(task.assignee ? [`person:${task.assignee}`] : []),
  ]);
  if (!step.before && step.after.starter) principals.push(`person:${step.after.starter}`);
  if (!step.before) principals.push(...namedByCompleted(step, 'bihuan:readers'));
  return [...new Set(principals)];
}

/** `bihuan:depart`: to whom nothing is told that comes after the element. */
const departedIn = (step: StepContext): readonly string[] => [...new Set(namedByCompleted(step, 'bihuan:depart'))];

/** Principals that this property of the elements completed in the step names. */
const namedByCompleted = (step: StepContext, property: string): readonly string[] =>
  step.events.flatMap((event) => (event.type === 'element.completed' ? principalsNamed(step, event.elementId, property) : []));

const copiesOf = (events: readonly ProcessEvent[]): WorklistChanges['copies'] =>
  events.flatMap((event) => (event.type === 'copied' ? event.personIds.map((person) => ({ person_id: person, by_person: event.by })) : []));
