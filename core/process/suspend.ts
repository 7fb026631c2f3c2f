/**
 * Suspending an instance and resuming it: all its clocks stop and go on. While it is suspended nothing moves. People may comment and
 * send copies; what the world reports is held and decided at the end of it, so that no result is lost and no call is made twice for it; a timer
 * that came due meanwhile fires afterwards.
 *
 * Resuming gives timers and jobs new effect ids (P16) and moves what counts a length of time: durations, cycles, deadlines with their
 * reminders, in elapsed or in working time as they were counted. What the definition gives as a date stays on its date.
 */
import { definitionsOf } from '#core/bpmn/graph.ts';
import type { Command, CommandBody, CommandType } from './command.ts';
import type { Rule } from './decide.ts';
import { type Draft, draftOf } from './draft.ts';
import type { TaskDeadline } from './event.ts';
import { ActFailure } from './failure.ts';
import { isTooLong, REASON_LENGTH_MAX, tooLong } from './lengths.ts';
import type { HeldCommand, ProcessState, Suspension, TaskState, TimerState } from './state.ts';
import { elementOf, emit, nextEffectId, type Step } from './step.ts';
import { personOf } from './tasks.ts';
import { addMs, msBetween } from './time.ts';
import { clockAt } from './timers.ts';
import { calendarOrganisation, placeWorking, workedBetween } from './working-time.ts';

/** What is taken while an instance is suspended; everything else is refused, or held when it is news that comes once. */
const TAKEN: ReadonlySet<CommandType> = new Set(['comment', 'cc', 'instance.resume', 'instance.cancel']);
/** News that comes once, of what runs beside the instance. */
export const NEWS = [
  'job.complete',
  'job.fail',
  'job.throwError',
  'child.complete',
  'child.fail',
  'child.throwError',
  'child.escalate',
  'message.deliver',
  'signal.deliver',
] as const satisfies readonly CommandType[];

export type SuspendedFate = 'taken' | 'held' | 'refused';

export function fateWhileSuspended(command: CommandBody): SuspendedFate {
  // What undoes something needs the clocks: such an instance is resumed first.
  if (command.type === 'instance.cancel' && command.compensate) return 'refused';
  return TAKEN.has(command.type) ? 'taken' : isHeld(command) ? 'held' : 'refused';
}

const suspend: Rule<'instance.suspend'> = (step, { reason, actor, withInstanceId }) => {
  if (reason.trim() === '') return { code: 'reason-required' };
  if (isTooLong(reason)) return tooLong('reason', REASON_LENGTH_MAX);
  emit(step, { type: 'instance.suspended', by: personOf(actor).personId, reason, ...(withInstanceId && { withInstanceId }) });
  return undefined;
};

const resume: Rule<'instance.resume'> = (step, { reason, actor, withInstanceId }) => {
  const { suspended } = step.draft;
  // What was suspended by itself stays so when its caller is resumed.
  if (!suspended || (withInstanceId !== undefined && withInstanceId !== suspended.withInstanceId)) return { code: 'not-suspended' };
  if (isTooLong(reason)) return tooLong('reason', REASON_LENGTH_MAX);
  emit(step, { type: 'instance.resumed', by: personOf(actor).personId, ...(reason === undefined ? {} : { reason }) });
  const held = suspended.held ?? [];
  for (const timer of Object.values(step.draft.timers)) rearm(step, timer, suspended);
  for (const task of Object.values(step.draft.tasks)) reschedule(step, task, suspended);
  wantJobsAgain(step, held);
  return undefined;
};

export const suspendRules = { 'instance.suspend': suspend, 'instance.resume': resume };

function rearm(step: Step, timer: TimerState, { at }: Suspension): void {
  const { effectId, due: _due, ...wait } = timer;
  const due = dueOf(step, timer, at);
  emit(step, { type: 'timer.canceled', elementId: wait.elementId, key: wait.key, effectId });
  emit(step, { type: 'timer.scheduled', ...wait, effectId: nextEffectId(step), due });
}

function dueOf(step: Step, { key, targetId, due, definition }: TimerState, suspendedAt: string): string {
  const target = elementOf(step, targetId);
  const event = 'event' in target ? definitionsOf(target.event)[definition ?? 0] : undefined;
  // A date of the calendar does not move; when it has passed, the timer fires at once.
  if (event?.kind !== 'timer' || event.timer.kind === 'date') return due;
  const { clock, calendarOf } = event.timer;
  return orElapsed(step, due, suspendedAt, () => {
    if (clockAt(step, key, clock) === 'elapsed') return movedElapsed(step, due, suspendedAt);
    return movedWorking(step, calendarOrganisation(step, key, calendarOf), due, suspendedAt);
  });
}

function reschedule(step: Step, task: TaskState, { at }: Suspension): void {
  const { deadline, taskId, elementId, key } = task;
  const element = elementOf(step, elementId);
  if (!deadline || task.overdue || element.elementType !== 'userTask') return;
  const calendarOf = element.deadline?.calendarOf;
  const isLength = element.deadline !== undefined;
  const move = (due: string): string =>
    !isLength
      ? due
      : orElapsed(step, due, at, () =>
          deadline.clock === 'elapsed'
            ? movedElapsed(step, due, at)
            : movedWorking(step, calendarOrganisation(step, key, calendarOf), due, at),
        );
  const spentMs = isLength ? spentBefore(step, task, deadline, calendarOf, at) : 0;
  const due = move(deadline.due);
  const reminders = deadline.reminders
    .filter(({ effectId }) => !task.reminded.includes(effectId))
    .map(({ at: reminded, percent }) => ({ at: move(reminded), percent }));
  const effectId = nextEffectId(step);
  emit(step, {
    type: 'task.rescheduled',
    elementId,
    taskId,
    spentMs,
    deadline: { ...deadline, due, effectId, reminders: reminders.map((each) => ({ ...each, effectId: `${effectId}.${each.percent}` })) },
  });
}

/** How much of its time the task had spent when the clocks stopped. */
function spentBefore(step: Step, task: TaskState, { clock }: TaskDeadline, calendarOf: string | undefined, suspendedAt: string): number {
  const { from, spentMs } = task.clock ?? { from: task.createdAt, spentMs: 0 };
  if (clock === 'elapsed') return spentMs + Math.max(0, msBetween(from, suspendedAt));
  return spentMs + workedBetween(step, calendarOrganisation(step, task.key, calendarOf), from, suspendedAt);
}

/** By the time that was left when the clocks stopped; at once when none was. */
const movedElapsed = (step: Step, due: string, suspendedAt: string): string =>
  addMs(step.command.at, Math.max(0, msBetween(suspendedAt, due)));

function movedWorking(step: Step, organisationId: string, due: string, suspendedAt: string): string {
  const leftMs = due > suspendedAt ? workedBetween(step, organisationId, suspendedAt, due) : 0;
  return placeWorking(step, organisationId, step.command.at, leftMs);
}

/** The expressions that placed a time may no longer give a clock or an organisation; time has stood still all the same. */
function orElapsed(step: Step, due: string, suspendedAt: string, move: () => string): string {
  try {
    return move();
  } catch (error) {
    if (!(error instanceof ActFailure)) throw error;
    return movedElapsed(step, due, suspendedAt);
  }
}

/** P16. A job whose result is held is done. */
function wantJobsAgain(step: Step, held: readonly HeldCommand[]): void {
  const done = new Set(held.flatMap((command) => ('effectId' in command ? [command.effectId] : [])));
  for (const job of Object.values(step.draft.jobs)) {
    if (done.has(job.effectId)) continue;
    emit(step, { type: 'job.canceled', elementId: job.elementId, key: job.key, effectId: job.effectId });
    emit(step, { type: 'job.created', ...job, effectId: nextEffectId(step) });
  }
}

/** What is held of a command: its own part. When it is decided again, time and needs are those of the resumption. */
export function heldBody({ id: _id, at: _at, zone: _zone, actor: _actor, needs: _needs, ...body }: Command): HeldCommand | null {
  return isHeld(body) ? body : null;
}

const isHeld = (body: CommandBody): body is HeldCommand => NEWS.some((held) => held === body.type);

/** The state as it would be decided on if it were not suspended: for asking whether what came would be taken. */
export function asIfActive(state: ProcessState): Draft {
  const draft = draftOf(state);
  delete draft.suspended;
  return draft;
}
