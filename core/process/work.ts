/** What the world reports back: timers that fired, jobs and called processes that ended. */
import { definitionsOf, type TimerDefinition } from '#core/bpmn/graph.ts';
import { giveResults } from './complete.ts';
import type { Rule } from './decide.ts';
import { throwError, throwEscalation } from './errors.ts';
import { attempt, raiseIncident } from './failure.ts';
import { principalsFrom } from './principals.ts';
import type { TaskState, TimerState } from './state.ts';
import { elementOf, emit, nextEffectId, type Step } from './step.ts';
import { addMs } from './time.ts';
import { reschedule } from './timers.ts';
import { trigger } from './trigger.ts';
import { evaluateAt } from './variables.ts';

/** Valid while the state still wants the effect, whatever the clock says (P15). */
const fireTimer: Rule<'timer.fire'> = (step, { effectId }) => {
  const timer = step.draft.timers[effectId];
  if (timer) {
    fire(step, timer);
    return undefined;
  }
  const task = Object.values(step.draft.tasks).find(({ deadline }) => deadline && isOfDeadline(deadline, effectId));
  if (!task?.deadline) return { code: 'unknown-effect', data: { effectId } };
  return task.deadline.effectId === effectId ? overdue(step, task, effectId) : remind(step, task, effectId);
};

const isOfDeadline = (deadline: NonNullable<TaskState['deadline']>, effectId: string): boolean =>
  deadline.effectId === effectId || deadline.reminders.some((reminder) => reminder.effectId === effectId);

function fire(step: Step, timer: TimerState): void {
  const { effectId, key, elementId, targetId } = timer;
  emit(step, { type: 'timer.fired', elementId, key, effectId });
  const target = elementOf(step, targetId);
  const event = 'event' in target ? definitionsOf(target.event)[timer.definition ?? 0] : undefined;
  const goesOn = (target.elementType === 'boundaryEvent' || target.elementType === 'startEvent') && target.isInterrupting === false;
  if (goesOn && event?.kind === 'timer') repeat(step, timer, event.timer);
  trigger(step, timer, {});
}

function repeat(step: Step, { effectId: _fired, due, repetitionsLeft, ...wait }: TimerState, definition: TimerDefinition): void {
  attempt(step, wait.key, 'listen', () => {
    const timing = reschedule(step, wait.key, definition, { due, ...(repetitionsLeft === undefined ? {} : { repetitionsLeft }) });
    if (timing) emit(step, { type: 'timer.scheduled', ...wait, effectId: nextEffectId(step), ...timing });
  });
}

function remind(step: Step, task: TaskState, effectId: string) {
  const reminder = task.deadline?.reminders.find((candidate) => candidate.effectId === effectId);
  if (!reminder || task.overdue || task.reminded.includes(effectId)) return { code: 'unknown-effect', data: { effectId } } as const;
  emit(step, { type: 'task.reminded', elementId: task.elementId, taskId: task.taskId, effectId, percent: reminder.percent });
  return undefined;
}

/** Those to whom it escalates are told, and may act too. If they cannot be found out, the task is overdue all the same. */
function overdue(step: Step, task: TaskState, effectId: string) {
  if (task.overdue) return { code: 'unknown-effect', data: { effectId } } as const;
  const element = elementOf(step, task.elementId);
  const source = element.elementType === 'userTask' ? element.deadline?.escalateTo : undefined;
  let escalatedTo: readonly string[] = [];
  attempt(step, task.key, 'listen', () => {
    if (source !== undefined) escalatedTo = principalsFrom(evaluateAt(step, task.key, source), { bare: 'person', source });
  });
  const willing = escalatedTo.filter((principal) => !task.excluded.some((personId) => principal === `person:${personId}`));
  emit(step, { type: 'task.overdue', elementId: task.elementId, taskId: task.taskId, effectId, escalatedTo: willing });
  return undefined;
}

const completeJob: Rule<'job.complete'> = (step, { effectId, variables }) => {
  const job = step.draft.jobs[effectId];
  if (!job) return late(step, effectId);
  emit(step, { type: 'job.completed', elementId: job.elementId, key: job.key, effectId, variables });
  giveResults(step, job.key, variables);
  return undefined;
};

/** A job that may be tried again is wanted under a new id: each id is used once. */
const failJob: Rule<'job.fail'> = (step, { effectId, message, retriesLeft, retryBackoffMs, at }) => {
  const job = step.draft.jobs[effectId];
  if (!job) return late(step, effectId);
  const { notBefore: _notBefore, ...again } = job;
  const { elementId, key } = job;
  emit(step, { type: 'job.failed', elementId, key, effectId, message, retriesLeft });
  const heldBack = retryBackoffMs ? { notBefore: addMs(at, retryBackoffMs) } : {};
  if (retriesLeft > 0) emit(step, { type: 'job.created', ...again, ...heldBack, effectId: nextEffectId(step), retries: retriesLeft });
  else raiseIncident(step, key, { code: 'job-failed', stage: 'work', message });
  return undefined;
};

const throwJobError: Rule<'job.throwError'> = (step, { effectId, errorCode, variables }) => {
  const job = step.draft.jobs[effectId];
  if (!job) return late(step, effectId);
  const { elementId, key } = job;
  emit(step, { type: 'job.failed', elementId, key, effectId, message: `BPMN error ${errorCode}`, retriesLeft: 0 });
  attempt(step, key, 'work', () => throwError(step, key, errorCode, variables));
  return undefined;
};

/** A result after its job was given up is recorded, so that it can be compensated (P15). */
function late(step: Step, effectId: string) {
  const seq = Number(effectId.split(':')[0]);
  if (!/^\d+:\d+$/.test(effectId) || seq >= step.seq) return { code: 'unknown-effect', data: { effectId } } as const;
  emit(step, { type: 'job.late', effectId });
  return undefined;
}

const completeChild: Rule<'child.complete'> = (step, { effectId, variables }) => {
  const child = step.draft.children[effectId];
  if (!child) return { code: 'unknown-effect', data: { effectId } };
  const { elementId, key } = child;
  const element = elementOf(step, elementId);
  if (element.elementType !== 'callActivity') throw new Error(`${elementId} is not a call activity.`);
  emit(step, { type: 'child.completed', elementId, key, effectId, variables });
  const isRead = element.propagateAllChildVariables || element.outputs.length > 0;
  giveResults(step, key, isRead ? variables : {});
  return undefined;
};

const failChild: Rule<'child.fail'> = (step, { effectId, message }) => {
  const child = step.draft.children[effectId];
  if (!child) return { code: 'unknown-effect', data: { effectId } };
  const { elementId, key } = child;
  emit(step, { type: 'child.canceled', elementId, key, effectId });
  raiseIncident(step, key, { code: 'child-failed', stage: 'work', message });
  return undefined;
};

const throwChildError: Rule<'child.throwError'> = (step, { effectId, errorCode, variables }) => {
  const child = step.draft.children[effectId];
  if (!child) return { code: 'unknown-effect', data: { effectId } };
  const { elementId, key } = child;
  emit(step, { type: 'child.canceled', elementId, key, effectId });
  attempt(step, key, 'work', () => throwError(step, key, errorCode, variables));
  return undefined;
};

/** The called process goes on, unless what caught it ends the call activity. */
const escalateChild: Rule<'child.escalate'> = (step, { effectId, escalationCode, variables }) => {
  const child = step.draft.children[effectId];
  if (!child) return { code: 'unknown-effect', data: { effectId } };
  throwEscalation(step, child.key, escalationCode, variables);
  return undefined;
};

export const workRules = {
  'timer.fire': fireTimer,
  'job.complete': completeJob,
  'job.fail': failJob,
  'job.throwError': throwJobError,
  'child.complete': completeChild,
  'child.fail': failChild,
  'child.throwError': throwChildError,
  'child.escalate': escalateChild,
};
