/** Time limits that follow variables (`bihuan:deadlineFollows`): when somebody was given more time, the task that is open already has it. */
import type { UserTask } from '#core/bpmn/graph.ts';
import { planDeadline } from './deadlines.ts';
import { attempt } from './failure.ts';
import type { TaskState } from './state.ts';
import { elementOf, emit, nextEffectId, type Step } from './step.ts';

/** True if one of them moved. Asked whenever a step has come to rest; what was moved already comes to the same time again. */
export function moveDeadlines(step: Step): boolean {
  const before = step.events.length;
  for (const task of Object.values(step.draft.tasks)) {
    const element = elementOf(step, task.elementId);
    if (element.elementType !== 'userTask' || !isFollowing(step, element) || hasFailed(step, task)) continue;
    attempt(step, task.key, 'listen', () => move(step, task, element));
  }
  return step.events.slice(before).some(({ type }) => type === 'task.rescheduled');
}

/** An operator was told in this step. */
const hasFailed = (step: Step, { key }: TaskState): boolean =>
  step.events.some((event) => event.type === 'incident.raised' && event.key === key);

const isFollowing = (step: Step, { deadline }: UserTask): boolean =>
  deadline?.follows !== undefined &&
  step.events.some((event) => event.type === 'variables.set' && deadline.follows?.some((name) => Object.hasOwn(event.values, name)));

function move(step: Step, { taskId, elementId, key, deadline }: TaskState, element: UserTask): void {
  const planned = planDeadline(step, key, element, undefined)?.(nextEffectId(step));
  if (!planned || !deadline || planned.due === deadline.due) return;
  emit(step, { type: 'task.rescheduled', elementId, taskId, spentMs: 0, deadline: planned });
}
