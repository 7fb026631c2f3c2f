/**
 * What a task looks like from outside: everything a list, a page or the door's rights check needs, without personal data (P7).
 * `describeTask` derives it from graph and state; `availableActions` derives the buttons from it.
 */

import type { Outcome, Phase, ProcessGraph, ReasonRule } from '#core/bpmn/graph.ts';
import type { LocalizedText } from '#core/text.ts';
import type { Principal } from './command.ts';
import type { ProcessState, TaskState } from './state.ts';

export interface TaskDescriptor {
  readonly taskId: string;
  readonly elementId: string;
  readonly name: LocalizedText;
  readonly phase: Phase | null;
  readonly formKey: string | null;
  readonly outcomes: readonly Outcome[];
  readonly candidates: readonly Principal[];
  readonly excluded: readonly string[];
  readonly assignee: string | null;
  readonly createdAt: string;
  readonly due: string | null;
  readonly overdue: boolean;
  readonly priority: number;
}

export function describeTask(graph: ProcessGraph, task: TaskState): TaskDescriptor {
  const element = graph.elements[task.elementId];
  if (element?.elementType !== 'userTask') throw new Error(`Task ${task.taskId} stands on ${task.elementId}, which is not a user task.`);
  return {
    taskId: task.taskId,
    elementId: task.elementId,
    name: element.name,
    phase: element.phase ?? null,
    formKey: element.formKey ?? null,
    outcomes: element.outcomes,
    candidates: task.candidates,
    excluded: task.excluded,
    assignee: task.assignee ?? null,
    createdAt: task.createdAt,
    due: task.deadline?.due ?? task.followUp ?? null,
    overdue: task.overdue,
    priority: task.priority,
  };
}

export const openTasks = (graph: ProcessGraph, state: ProcessState): readonly TaskDescriptor[] =>
  Object.values(state.tasks).map((task) => describeTask(graph, task));

/** Why an action is disabled; words under `refusal.<code>`. */
export interface Disabled {
  readonly code: 'not-candidate' | 'excluded' | 'claimed-by-other' | 'not-claimed' | 'urged-recently' | 'suspended';
  readonly personId?: string;
}

export type AvailableAction =
  | { readonly kind: 'claim' | 'release' | 'urge' | 'assign'; readonly disabled: Disabled | null }
  | { readonly kind: 'outcome'; readonly outcome: Outcome; readonly disabled: Disabled | null }
  | { readonly kind: 'return'; readonly targets: readonly ReturnTarget[]; readonly disabled: Disabled | null };

/** An earlier step to which the work may be returned. */
export interface ReturnTarget {
  readonly elementId: string;
  readonly name: LocalizedText;
}

export interface Viewer {
  readonly personId: string;
  readonly principals: readonly Principal[];
}

/** The buttons of one task for one person, in the order in which they are shown. The door refuses by the same table. */
export function availableActions(
  task: TaskDescriptor,
  viewer: Viewer,
  instance: Pick<ProcessState, 'suspended'> = {},
): readonly AvailableAction[] {
  const offered = offeredActions(task, viewer);
  return instance.suspended ? offered.map((action) => ({ ...action, disabled: { code: 'suspended' } })) : offered;
}

function offeredActions(task: TaskDescriptor, viewer: Viewer): readonly AvailableAction[] {
  const standing = standingOf(task, viewer);
  if (standing === 'not-candidate') return [];
  if (task.assignee === null) {
    const disabled: Disabled | null = standing === 'excluded' ? { code: 'excluded' } : null;
    return [{ kind: 'claim', disabled }, ...outcomeActions(task, disabled ?? { code: 'not-claimed' })];
  }
  if (task.assignee === viewer.personId) return [...outcomeActions(task, null), { kind: 'release', disabled: null }];
  const disabled: Disabled = { code: 'claimed-by-other', personId: task.assignee };
  return [{ kind: 'claim', disabled }, ...outcomeActions(task, disabled)];
}

/** Beside the outcomes, and allowed as they are. Which steps are offered depends on the whole state, so it is told apart. */
export function withReturn(actions: readonly AvailableAction[], targets: readonly ReturnTarget[]): readonly AvailableAction[] {
  const last = actions.findLastIndex(({ kind }) => kind === 'outcome');
  const { disabled } = actions[last] ?? {};
  if (targets.length === 0 || disabled === undefined) return actions;
  return actions.toSpliced(last + 1, 0, { kind: 'return', targets, disabled });
}

export function standingOf(
  task: Pick<TaskDescriptor, 'candidates' | 'excluded' | 'assignee'>,
  viewer: Viewer,
): 'candidate' | 'excluded' | 'not-candidate' {
  const mayAct = task.assignee === viewer.personId || task.candidates.some((candidate) => viewer.principals.includes(candidate));
  if (!mayAct) return 'not-candidate';
  return task.excluded.includes(viewer.personId) ? 'excluded' : 'candidate';
}

/** A task without declared outcomes is completed as a whole. */
export const PLAIN_OUTCOME: Outcome = {
  code: 'done',
  name: { 'zh-CN': '完成', en: 'Complete' },
  tone: 'primary',
  reason: { kind: 'none' } satisfies ReasonRule,
  formRequired: true,
};

/** How a task was decided that was returned. */
export const RETURNED: Outcome = {
  code: 'returned',
  name: { 'zh-CN': '退回', en: 'Return' },
  tone: 'default',
  reason: { kind: 'required' },
  formRequired: false,
};

function outcomeActions(task: TaskDescriptor, disabled: Disabled | null): AvailableAction[] {
  const outcomes = task.outcomes.length > 0 ? task.outcomes : [PLAIN_OUTCOME];
  return outcomes.map((outcome) => ({ kind: 'outcome', outcome, disabled }));
}
