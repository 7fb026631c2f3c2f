/**
 * Decides one command on one instance: events, a refusal, or what must be known first. Pure: time, zone, actor and needed facts come
 * with the command, ids derive from the step's number. What the actor may do outside the tasks (start, assign, cancel) is the door's
 * to check; separation of duty, claims, outcomes and the closing of the loop are decided here.
 */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { adHocRules } from './ad-hoc.ts';
import { annexRules } from './annex.ts';
import { closeScope } from './close.ts';
import type { Command, CommandType } from './command.ts';
import { continueCompensations } from './compensation.ts';
import { complete } from './complete.ts';
import { resetComplex } from './complex-gateway.ts';
import { changeConditions } from './conditions.ts';
import type { Decision } from './decision.ts';
import { draftOf } from './draft.ts';
import { incidentRules } from './incidents.ts';
import { lifeRules } from './life.ts';
import { brokenByMigration, migrate } from './migrate.ts';
import { brokenByModification, modifyRules } from './modify.ts';
import { moveDeadlines } from './moving-deadlines.ts';
import { newsRules } from './news.ts';
import type { Refusal } from './refusal.ts';
import { returnRules } from './return.ts';
import { excessAfter, excessOf, failedFor, isResult, mayBeRefused, refusalOf } from './sizes.ts';
import type { ProcessState } from './state.ts';
import type { Step } from './step.ts';
import { asIfActive, fateWhileSuspended, heldBody, NEWS, suspendRules } from './suspend.ts';
import { taskRules } from './tasks.ts';
import { arrive, joinInclusive } from './tokens.ts';
import { workRules } from './work.ts';
import { mergeNeeds } from './working-time.ts';

/** A rule emits what happens, or says why not. */
export type Rule<T extends CommandType> = (step: Step, command: Extract<Command, { type: T }>) => Refusal | undefined;

const RULES: { readonly [T in Exclude<CommandType, 'instance.migrate'>]: Rule<T> } = {
  ...lifeRules,
  ...taskRules,
  ...returnRules,
  ...workRules,
  ...newsRules,
  ...incidentRules,
  ...annexRules,
  ...suspendRules,
  ...modifyRules,
  ...adHocRules,
};

/** `target`: the graph that a migration leads to, by the hash that its command names. */
export function decide(graph: ProcessGraph, state: ProcessState | null, command: Command, target?: ProcessGraph): Decision {
  const excess = excessOf(command);
  if (excess) return isResult(command) ? decide(graph, state, failedFor(command, excess)) : { kind: 'refused', refusal: refusalOf(excess) };
  const refusal = refuseByStatus(state, command) ?? refuseByActor(command);
  if (refusal) return { kind: 'refused', refusal };
  if (state?.suspended && fateWhileSuspended(command) === 'held') return hold(graph, state, command);
  if (command.type === 'instance.migrate' && !target) throw new Error('A migration is decided with the graph that it leads to.');
  const step = stepOf(target ?? graph, draftOf(state), command);
  const refused = command.type === 'instance.migrate' ? migrate(step, graph, command) : runRule(step, command);
  if (refused) return { kind: 'refused', refusal: refused };
  // What came while it was suspended, in its order; what no longer fits is dropped as it would be from anybody.
  if (command.type === 'instance.resume') for (const held of state?.suspended?.held ?? []) runRule(step, { ...command, ...held });
  settle(step);
  if (step.isNeedOpen) return { kind: 'needs', needs: mergeNeeds(step.asked) };
  const overflow = excessAfter(step);
  if (overflow && isResult(command)) return decide(graph, state, failedFor(command, overflow));
  if (overflow && mayBeRefused(command)) return { kind: 'refused', refusal: refusalOf(overflow) };
  if ((command.type === 'instance.modify' || command.type === 'task.return') && state) {
    const broken = brokenByModification(graph, state, step.draft);
    if (broken) return { kind: 'refused', refusal: broken };
  }
  if (command.type === 'instance.migrate' && state) {
    const broken = brokenByMigration({ from: graph, to: step.graph }, state, step.draft);
    if (broken) return { kind: 'refused', refusal: broken };
  }
  return { kind: 'accepted', events: step.events };
}

const stepOf = (graph: ProcessGraph, draft: Step['draft'], command: Command): Step => ({
  graph,
  command,
  seq: draft.seq + 1,
  draft,
  events: [],
  queue: [],
  asked: [],
  isNeedOpen: false,
});

/** Held only if it would be taken: a message that nobody waits for stays with its sender. */
function hold(graph: ProcessGraph, state: ProcessState, command: Command): Decision {
  const refusal = runRule(stepOf(graph, asIfActive(state), command), command);
  const held = heldBody(command);
  if (refusal) return { kind: 'refused', refusal };
  return held
    ? { kind: 'accepted', events: [{ type: 'command.held', command: held }] }
    : { kind: 'refused', refusal: { code: 'suspended' } };
}

function runRule<T extends CommandType>(step: Step, command: Extract<Command, { type: T }>): Refusal | undefined {
  // The registry is keyed by the command's own type, which the compiler cannot follow through a union.
  const rule = RULES[command.type as keyof typeof RULES] as unknown as Rule<T>;
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
  step.draft.status === 'active' &&
  (continueCompensations(step) || joinInclusive(step) || resetComplex(step) || moveDeadlines(step) || changeConditions(step));

/** After its end an instance takes annex entries only (P9). */
function refuseByStatus(state: ProcessState | null, command: Command): Refusal | null {
  const { type } = command;
  if (state === null) return type === 'start' ? null : { code: 'not-started' };
  if (type === 'start') return { code: 'already-started' };
  if (state.suspended && fateWhileSuspended(command) === 'refused') return { code: 'suspended', data: { at: state.suspended.at } };
  const isAnnex = type === 'comment' || type === 'cc' || type === 'seal';
  return state.status === 'active' || isAnnex ? null : { code: 'instance-ended', data: { result: state.result ?? state.status } };
}

const OF_PERSONS: ReadonlySet<CommandType> = new Set([
  'task.claim',
  'task.release',
  'task.assign',
  'task.urge',
  'task.return',
  'action.send',
  'comment',
  'cc',
  'instance.suspend',
  'instance.resume',
  'instance.modify',
  'instance.migrate',
]);
const OF_SYSTEM: ReadonlySet<CommandType> = new Set(['timer.fire', 'seal', ...NEWS]);

function refuseByActor({ type, actor }: Command): Refusal | null {
  if (actor.kind === 'person' && OF_SYSTEM.has(type)) return { code: 'not-allowed' };
  if (actor.kind === 'system' && OF_PERSONS.has(type)) return { code: 'not-allowed' };
  return null;
}
