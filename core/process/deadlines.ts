/** The deadline of a task, in elapsed or working time, with its reminders; and the time carried over when the clock pauses. */
import type { Deadline, UserTask } from '#core/bpmn/graph.ts';
import type { EffectId, ElementKey, TaskDeadline } from './event.ts';
import type { TaskState } from './state.ts';
import { elementOf, type Step } from './step.ts';
import { addMs, msBetween } from './time.ts';
import { clockAt, fixedDurationMs } from './timers.ts';
import { textAt } from './variables.ts';
import { calendarOrganisation, placeWorking, workedBetween } from './working-time.ts';

/** Null without a deadline; otherwise what to write once the id of its effect is known. */
export function planDeadline(
  step: Step,
  key: ElementKey,
  element: UserTask,
  dueDate: string | undefined,
): ((effectId: EffectId) => TaskDeadline) | null {
  if (element.deadline) return budgeted(step, key, element.id, element.deadline);
  if (dueDate === undefined) return null;
  const budgetMs = Math.max(0, msBetween(step.command.at, dueDate));
  return (effectId) => ({ due: dueDate, effectId, budgetMs, clock: 'elapsed', reminders: [] });
}

function budgeted(step: Step, key: ElementKey, elementId: string, deadline: Deadline): (effectId: EffectId) => TaskDeadline {
  const totalMs = fixedDurationMs(textAt(step, key, deadline.duration));
  const clock = clockAt(step, key, deadline.clock);
  const spentMs = step.draft.carriedMs[elementId] ?? 0;
  const place = placer(step, key, clock, deadline.calendarOf);
  const budgetMs = Math.max(0, totalMs - spentMs);
  const due = place(budgetMs);
  const reminders = deadline.remindAtPercent
    .map((percent) => ({ percent, offsetMs: (totalMs * percent) / 100 - spentMs }))
    // What was due before the clock paused has been said.
    .filter(({ offsetMs }) => offsetMs > 0 && offsetMs < budgetMs)
    .map(({ percent, offsetMs }) => ({ percent, at: place(offsetMs) }));
  return (effectId) => ({
    due,
    effectId,
    budgetMs,
    clock,
    reminders: reminders.map(({ at, percent }) => ({ at, percent, effectId: `${effectId}.${percent}` })),
  });
}

function placer(step: Step, key: ElementKey, clock: 'working' | 'elapsed', calendarOf: string | undefined): (ms: number) => string {
  const { at } = step.command;
  if (clock === 'elapsed') return (ms) => addMs(at, ms);
  const organisationId = calendarOrganisation(step, key, calendarOf);
  return (ms) => placeWorking(step, organisationId, at, ms);
}

/** The time spent so far, when the outcome pauses the clock of this element. */
export function carriedMsOf(step: Step, task: TaskState, outcome: string | undefined): number | undefined {
  const element = elementOf(step, task.elementId);
  if (element.elementType !== 'userTask' || !element.deadline || !task.deadline) return undefined;
  if (outcome === undefined || !element.deadline.carryOutcomes.includes(outcome)) return undefined;
  const before = step.draft.carriedMs[task.elementId] ?? 0;
  const { at } = step.command;
  const { from, spentMs } = task.clock ?? { from: task.createdAt, spentMs: 0 };
  if (task.deadline.clock === 'elapsed') return before + spentMs + Math.max(0, msBetween(from, at));
  const organisationId = calendarOrganisation(step, task.key, element.deadline.calendarOf);
  return before + spentMs + workedBetween(step, organisationId, from, at);
}
