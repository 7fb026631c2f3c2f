/**
 * Decides one command on one instance: events, a refusal, or what must be known first. Pure: time, zone, actor and needed facts come
 * with the command, ids derive from the step's number. What the actor may do outside the tasks (start, assign, cancel) is the door's
 * to check; separation of duty, claims, outcomes and the closing of the loop are decided here.
 */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { adHocRules } from './ad-hoc.ts';
import { annexRules } from './annex.ts';
import { draftOf } from './apply.ts';
import { closeScope } from './close.ts';
import type { Command, CommandType } from './command.ts';
import { continueCompensations } from './compensation.ts';
import { complete } from './complete.ts';
import { resetComplex } from './complex-gateway.ts';
import { changeConditions } from './conditions.ts';
import type { Decision } from './decision.ts';
import { incidentRules } from './incidents.ts';
import { lifeRules } from './life.ts';
import { newsRules } from './news.ts';
import type { Refusal } from './refusal.ts';
import type { ProcessState } from './state.ts';
import type { Step } from './step.ts';
import { taskRules } from './tasks.ts';
import { arrive, joinInclusive } from './tokens.ts';
import { workRules } from './work.ts';
import { mergeNeeds } from './working-time.ts';

/** A rule emits what happens, or says why not. */
export type Rule<T extends CommandType> = (step: Step, command: Extract<Command, { type: T }>) => Refusal | undefined;

const RULES: { readonly [T in CommandType]: Rule<T> } = {
  ...lifeRules,
  ...taskRules,
  ...workRules,
  ...newsRules,
  ...incidentRules,
  ...annexRules,
  ...adHocRules,
};

export function decide(graph: ProcessGraph, state: ProcessState | null, command: Command): Decision {
  const refusal = refuseByStatus(state, command) ?? refuseByActor(command);
  if (refusal) return { kind: 'refused', refusal };
  const step: Step = {
    graph,
    command,
    seq: (state?.seq ?? 0) + 1,
    draft: draftOf(state),
    events: [],
    queue: [],
    asked: [],
    isNeedOpen: false,
  };
  const refused = runRule(step, command);
  if (refused) return { kind: 'refused', refusal: refused };
  settle(step);
  if (step.isNeedOpen) return { kind: 'needs', needs: mergeNeeds(step.asked) };
  return { kind: 'accepted', events: step.events };
}

function runRule<T extends CommandType>(step: Step, command: Extract<Command, { type: T }>): Refusal | undefined {
  // The registry is keyed by the command's own type, which the compiler cannot follow through a union.
  const rule = RULES[command.type] as unknown as Rule<T>;
  return rule(step, command);
}

/** Runs until nothing moves any more. The queue only grows; it is read from the front. */
function settle(step: Step): void {
  for (let next = 0; ; next += 1) {
    if (next === step.queue.length && !moveOn(step)) return;
    const work = step.queue[next];
    // What moved may have left nothing to do: then it is asked again.
    if (!work) {
      next -= 1;
      continue;
    }
    if (work.kind === 'arrive') arrive(step, work.flowId, work.scopeKey);
    else if (work.kind === 'complete') complete(step, work.key);
    else closeScope(step, work.scopeKey);
  }
}

/** What can only be told once everything else has come to rest. */
const moveOn = (step: Step): boolean =>
  step.draft.status === 'active' && (continueCompensations(step) || joinInclusive(step) || resetComplex(step) || changeConditions(step));

/** After its end an instance takes annex entries only (P9). */
function refuseByStatus(state: ProcessState | null, { type }: Command): Refusal | null {
  if (state === null) return type === 'start' ? null : { code: 'not-started' };
  if (type === 'start') return { code: 'already-started' };
  const isAnnex = type === 'comment' || type === 'cc' || type === 'seal';
  return state.status === 'active' || isAnnex ? null : { code: 'instance-ended', data: { result: state.result ?? state.status } };
}

const OF_PERSONS: ReadonlySet<CommandType> = new Set([
  'task.claim',
  'task.release',
  'task.assign',
  'task.urge',
  'action.send',
  'comment',
  'cc',
]);
const OF_SYSTEM: ReadonlySet<CommandType> = new Set([
  'timer.fire',
  'job.complete',
  'job.fail',
  'job.throwError',
  'child.complete',
  'child.fail',
  'child.throwError',
  'child.escalate',
  'message.deliver',
  'signal.deliver',
  'seal',
]);

function refuseByActor({ type, actor }: Command): Refusal | null {
  if (actor.kind === 'person' && OF_SYSTEM.has(type)) return { code: 'not-allowed' };
  if (actor.kind === 'system' && OF_PERSONS.has(type)) return { code: 'not-allowed' };
  return null;
}
