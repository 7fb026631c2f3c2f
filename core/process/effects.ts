/** What a state wants running, in a fixed order: timers by due time, then jobs and children by id. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { Effect } from './effect.ts';
import type { ProcessState, TaskState } from './state.ts';

export function effects(_graph: ProcessGraph, state: ProcessState): readonly Effect[] {
  if (state.status !== 'active') return [];
  // All clocks stand still (P16); a called process goes on, and what it gives is held.
  if (state.suspended) return childrenOf(state);
  const timers: Effect[] = Object.values(state.timers).map(({ effectId, due, targetId }) => ({
    kind: 'timer',
    id: effectId,
    due,
    elementId: targetId,
    purpose: 'timer',
  }));
  for (const task of Object.values(state.tasks)) timers.push(...taskTimers(task));
  const jobs = Object.values(state.jobs).map(({ effectId, key: _key, ...job }): Effect => ({ kind: 'job', id: effectId, ...job }));
  return [...timers.sort(byDue), ...jobs.sort(byId), ...childrenOf(state)];
}

const childrenOf = (state: ProcessState): readonly Effect[] =>
  Object.values(state.children)
    .map(({ effectId, key: _key, ...child }): Effect => ({ kind: 'child', id: effectId, ...child }))
    .sort(byId);

function taskTimers({ taskId, elementId, deadline, reminded, overdue }: TaskState): Effect[] {
  if (!deadline || overdue) return [];
  const reminders = deadline.reminders.filter(({ effectId }) => !reminded.includes(effectId));
  return [
    ...reminders.map(({ effectId, at }): Effect => ({ kind: 'timer', id: effectId, due: at, elementId, purpose: 'reminder', taskId })),
    { kind: 'timer', id: deadline.effectId, due: deadline.due, elementId, purpose: 'deadline', taskId },
  ];
}

const byDue = (left: Effect, right: Effect): number =>
  left.kind === 'timer' && right.kind === 'timer' && left.due !== right.due ? (left.due < right.due ? -1 : 1) : byId(left, right);

/** Ids are `<step>:<index>`, with `.<percent>` for a reminder: the older first. */
function byId(left: Effect, right: Effect): number {
  const [a, b] = [numbersOf(left.id), numbersOf(right.id)];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function numbersOf(id: string): [number, number, number] {
  const [seq = 0, index = 0, percent = 0] = id.split(/[:.]/).map(Number);
  return [seq, index, percent];
}
