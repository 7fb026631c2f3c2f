/** What people do with a user task: claim, release, assign, urge, complete. */
import type { Outcome, ReasonRule, UserTask } from '#core/bpmn/graph.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { Actor, Command } from './command.ts';
import { giveResults } from './complete.ts';
import { carriedMsOf } from './deadlines.ts';
import type { Rule } from './decide.ts';
import { isTooLong, REASON_LENGTH_MAX, tooLong } from './lengths.ts';
import type { Refusal } from './refusal.ts';
import type { TaskState } from './state.ts';
import { elementOf, emit, type Step } from './step.ts';
import { PLAIN_OUTCOME, standingOf } from './task-descriptor.ts';
import { msBetween } from './time.ts';

const claim: Rule<'task.claim'> = (step, { taskId, actor }) => {
  const found = openTask(step, taskId);
  if ('code' in found) return found;
  const person = personOf(actor);
  const refusal = refuseByStanding(found, person);
  if (refusal) return refusal;
  if (found.assignee === person.personId) return { code: 'already-claimed' };
  if (found.assignee !== undefined) return claimedByOther(found);
  emit(step, { type: 'task.claimed', elementId: found.elementId, taskId, personId: person.personId });
  return undefined;
};

const release: Rule<'task.release'> = (step, { taskId, actor }) => {
  const found = openTask(step, taskId);
  if ('code' in found) return found;
  const { personId } = personOf(actor);
  if (found.assignee === undefined) return { code: 'not-claimed' };
  if (found.assignee !== personId) return claimedByOther(found);
  emit(step, { type: 'task.released', elementId: found.elementId, taskId, personId });
  return undefined;
};

/** Given to a person, also over another's claim. That the actor may do so is the door's to check. */
const assign: Rule<'task.assign'> = (step, { taskId, personId, reason, actor }) => {
  const found = openTask(step, taskId);
  if ('code' in found) return found;
  if (isTooLong(reason)) return tooLong('reason', REASON_LENGTH_MAX);
  if (found.excluded.includes(personId)) return { code: 'excluded', data: { personId } };
  if (found.assignee === personId) return { code: 'already-claimed' };
  const by = personOf(actor).personId;
  emit(step, { type: 'task.assigned', elementId: found.elementId, taskId, personId, by, ...(reason ? { reason } : {}) });
  return undefined;
};

const URGE_INTERVAL_MS = 30 * 60_000;

const urge: Rule<'task.urge'> = (step, { taskId, actor, at }) => {
  const found = openTask(step, taskId);
  if ('code' in found) return found;
  if (found.urgedAt !== undefined && msBetween(found.urgedAt, at) < URGE_INTERVAL_MS) {
    return { code: 'urged-recently', data: { at: found.urgedAt } };
  }
  emit(step, { type: 'task.urged', elementId: found.elementId, taskId, by: personOf(actor).personId });
  return undefined;
};

const completeTask: Rule<'task.complete'> = (step, command) => {
  const found = openTask(step, command.taskId);
  if ('code' in found) return found;
  const element = elementOf(step, found.elementId);
  if (element.elementType !== 'userTask') throw new Error(`${element.id} is not a user task.`);
  const refusal = refuseByHolder(found, command.actor) ?? refuseOutcome(element, command);
  if (refusal) return refusal;
  const { outcome, reasonCode, reason, submission } = command;
  const by = command.actor.kind === 'person' ? command.actor.personId : undefined;
  const carriedMs = carriedMsOf(step, found, outcome);
  const results = resultsOf(element, command, by);
  emit(step, {
    type: 'task.completed',
    elementId: found.elementId,
    taskId: found.taskId,
    ...(by === undefined ? {} : { by }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(reason === undefined ? {} : { reason }),
    ...(submission === undefined ? {} : { submission }),
    ...(carriedMs === undefined ? {} : { carriedMs }),
  });
  giveResults(step, found.key, results);
  return undefined;
};

/** Free text stays in the event: variables route the process and never hold personal words. */
function resultsOf(element: UserTask, command: Extract<Command, { type: 'task.complete' }>, by: string | undefined): JsonObject {
  const { outcome, reasonCode, facts, at } = command;
  if (element.resultVariable === undefined) return outcome === undefined ? facts : { ...facts, outcome };
  const result: Record<string, Json> = { ...facts, outcome: outcome ?? null, by: by ?? null, at, reasonCode: reasonCode ?? null };
  return { [element.resultVariable]: result };
}

/** A person completes what they hold; the system (a simulation, an import) completes what nobody holds. */
export function refuseByHolder(task: TaskState, actor: Actor): Refusal | null {
  if (actor.kind === 'system') return null;
  if (task.excluded.includes(actor.personId)) return { code: 'excluded', data: { personId: actor.personId } };
  if (task.assignee === actor.personId) return null;
  const refusal = refuseByStanding(task, actor);
  if (refusal) return refusal;
  return task.assignee === undefined ? { code: 'not-claimed' } : claimedByOther(task);
}

function refuseOutcome(element: UserTask, command: Extract<Command, { type: 'task.complete' }>): Refusal | null {
  const { outcome: code } = command;
  const declared = element.outcomes;
  if (code === undefined)
    return declared.length === 0 ? null : { code: 'outcome-required', data: { outcomes: declared.map((o) => o.code) } };
  const outcome = (declared.length === 0 ? [PLAIN_OUTCOME] : declared).find((candidate: Outcome) => candidate.code === code);
  if (!outcome) return { code: 'unknown-outcome', data: { outcome: code } };
  return refuseReason(outcome.reason, command);
}

export function refuseReason(rule: ReasonRule, given: { readonly reason?: string; readonly reasonCode?: string }): Refusal | null {
  if (isTooLong(given.reason)) return tooLong('reason', REASON_LENGTH_MAX);
  if (rule.kind === 'required' && !given.reason?.trim()) return { code: 'reason-required' };
  if (rule.kind === 'coded') {
    if (given.reasonCode === undefined) return { code: 'reason-required', data: { codes: rule.codes.map(({ code }) => code) } };
    const isKnown = rule.codes.some(({ code }) => code === given.reasonCode);
    return isKnown ? null : { code: 'unknown-reason-code', data: { reasonCode: given.reasonCode } };
  }
  return given.reasonCode === undefined ? null : { code: 'unknown-reason-code', data: { reasonCode: given.reasonCode } };
}

type Person = Extract<Actor, { kind: 'person' }>;

export function personOf(actor: Actor): Person {
  if (actor.kind !== 'person') throw new Error(`The system (${actor.name}) is not a person; the actor's kind is checked first.`);
  return actor;
}

function refuseByStanding(task: TaskState, person: Person): Refusal | null {
  const standing = standingOf({ ...task, assignee: task.assignee ?? null }, person);
  if (standing === 'candidate') return null;
  return standing === 'excluded' ? { code: 'excluded', data: { personId: person.personId } } : { code: 'not-candidate' };
}

const claimedByOther = ({ assignee = '', claimedAt = '' }: TaskState): Refusal => ({
  code: 'claimed-by-other',
  data: { personId: assignee, at: claimedAt },
});

/** A task that was there once is told apart from one that never was. */
export function openTask(step: Step, taskId: string): TaskState | Refusal {
  const task = step.draft.tasks[taskId];
  if (task) return task;
  const key = Number(taskId);
  const wasGivenOut = Number.isInteger(key) && key > 1 && key <= step.draft.lastKey && String(key) === taskId;
  return { code: wasGivenOut ? 'task-done' : 'unknown-task', data: { taskId } };
}

export const taskRules = {
  'task.claim': claim,
  'task.release': release,
  'task.assign': assign,
  'task.urge': urge,
  'task.complete': completeTask,
};
