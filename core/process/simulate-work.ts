/** The open work of a simulated instance, and the commands by which the script does it. */
import type { ProcessGraph, UserTask } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { Actor, CommandBody } from './command.ts';
import type { SimulatedInstance } from './simulate.ts';
import type { Script, ScriptEntry } from './simulate-script.ts';
import type { SubscriptionState, TaskState } from './state.ts';
import { addMs } from './time.ts';

export interface OpenWork {
  readonly id: string;
  readonly instanceId: string;
  readonly elementId: string;
  readonly commandsFor: (entry: ScriptEntry) => readonly SimulatedCommand[];
}

export interface SimulatedCommand {
  readonly body: CommandBody;
  readonly actor: Actor;
}

export interface WorkItem {
  readonly id: string;
  readonly instanceId: string;
  readonly elementId: string;
  readonly readyAt: string;
  readonly commands: readonly SimulatedCommand[];
}

const EMPTY: ScriptEntry = { facts: {}, isCanceled: false, isLeftOpen: false, afterMs: 0 };
const SYSTEM: Actor = { kind: 'system', name: 'workflow' };
const bySystem = (body: CommandBody): readonly SimulatedCommand[] => [{ body, actor: SYSTEM }];

export function openWork({ instanceId, state }: SimulatedInstance, graph: ProcessGraph, script: Script): readonly OpenWork[] {
  if (state?.status !== 'active') return [];
  const tasks = Object.values(state.tasks).map((task): OpenWork => {
    const element = graph.elements[task.elementId];
    if (element?.elementType !== 'userTask') throw new Error(`${task.elementId} is not a user task.`);
    return {
      id: `task ${task.taskId}`,
      instanceId,
      elementId: task.elementId,
      commandsFor: (entry) => completeTask(task, element, entry),
    };
  });
  const jobs = Object.values(state.jobs).map(
    ({ effectId, elementId }): OpenWork => ({
      id: `job ${effectId}`,
      instanceId,
      elementId,
      commandsFor: (entry) => bySystem(jobAnswer(effectId, entry)),
    }),
  );
  // Called processes that are not in the file, and messages from outside it, come only if the script has them.
  const children = Object.values(state.children)
    .filter(({ elementId, calledProcessId }) => elementId in script && !(calledProcessId in graph.processes))
    .map(
      ({ effectId, elementId }): OpenWork => ({
        id: `child ${effectId}`,
        instanceId,
        elementId,
        commandsFor: ({ facts, fail }) =>
          bySystem(
            fail === undefined ? { type: 'child.complete', effectId, variables: facts } : { type: 'child.fail', effectId, message: fail },
          ),
      }),
    );
  const news = Object.values(state.subscriptions)
    .filter(({ targetId }) => targetId in script)
    .map(
      (subscription): OpenWork => ({
        id: `news ${subscription.effectId}`,
        instanceId,
        elementId: subscription.targetId,
        commandsFor: (entry) => deliver(subscription, entry),
      }),
    );
  const { processId } = state;
  const withdrawal: OpenWork = { id: 'withdrawal', instanceId, elementId: processId, commandsFor: withdraw };
  return [...tasks, ...jobs, ...children, ...news, ...(processId in script ? [withdrawal] : [])];
}

const withdraw = ({ isCanceled, reason = '-' }: ScriptEntry): readonly SimulatedCommand[] =>
  isCanceled ? bySystem({ type: 'instance.cancel', reason, compensate: true }) : [];

/** Null where the script leaves it open. */
export function answerTo(open: OpenWork, script: Script, seen: { readonly at: string; readonly index: number }): WorkItem | null {
  const entries = script[open.elementId];
  const entry = entries?.[Math.min(seen.index, entries.length - 1)] ?? EMPTY;
  if (entry.isLeftOpen) return null;
  const { id, instanceId, elementId } = open;
  return { id, instanceId, elementId, readyAt: addMs(seen.at, entry.afterMs), commands: open.commandsFor(entry) };
}

function completeTask(task: TaskState, element: UserTask, entry: ScriptEntry): readonly SimulatedCommand[] {
  const body = taskBody(task, element, entry);
  if (entry.by === undefined) return bySystem(body);
  const actor = personFor(entry.by, task.candidates);
  if (task.assignee === entry.by) return [{ body, actor }];
  return [
    { body: { type: 'task.claim', taskId: task.taskId }, actor },
    { body, actor },
  ];
}

function taskBody({ taskId }: TaskState, element: UserTask, entry: ScriptEntry): CommandBody {
  if (entry.returnTo !== undefined) return { type: 'task.return', taskId, toElementId: entry.returnTo, reason: entry.reason ?? '-' };
  const { outcome, facts, reason } = outcomeOf(element, entry);
  return {
    type: 'task.complete',
    taskId,
    facts,
    ...(outcome === undefined ? {} : { outcome }),
    ...(entry.reasonCode === undefined ? {} : { reasonCode: entry.reasonCode }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** A task with outcomes gets one: the script's, else the first that asks for no reason. */
function outcomeOf({ outcomes }: UserTask, entry: ScriptEntry): { outcome?: string; facts: JsonObject; reason?: string } {
  const reason = entry.reason === undefined ? {} : { reason: entry.reason };
  if (entry.outcome !== undefined) return { outcome: entry.outcome, facts: entry.facts, ...reason };
  if (outcomes.length === 0) return { facts: entry.facts, ...reason };
  const { outcome: named, ...facts } = entry.facts;
  if (outcomes.some(({ code }) => code === named)) return { outcome: String(named), facts, ...reason };
  const easiest = outcomes.find(({ reason: rule }) => rule.kind === 'none' || rule.kind === 'optional') ?? outcomes[0];
  return { ...(easiest ? { outcome: easiest.code } : {}), facts: entry.facts, ...reason };
}

/** The scripted person holds what the task asks for: the simulation checks the process, not the staff. */
const personFor = (personId: string, principals: readonly string[]): Actor => ({
  kind: 'person',
  personId,
  organisationId: 'simulation',
  principals: [`person:${personId}`, ...principals],
});

function jobAnswer(effectId: string, { facts, error, fail }: ScriptEntry): CommandBody {
  if (error !== undefined) return { type: 'job.throwError', effectId, errorCode: error, variables: facts };
  if (fail !== undefined) return { type: 'job.fail', effectId, message: fail, retriesLeft: 0 };
  return { type: 'job.complete', effectId, variables: facts };
}

function deliver(subscription: SubscriptionState, entry: ScriptEntry): readonly SimulatedCommand[] {
  const { kind, name, correlationKey, actionCode, senders } = subscription;
  if (actionCode !== undefined && entry.by !== undefined) {
    const { reasonCode, reason } = entry;
    const body: CommandBody = {
      type: 'action.send',
      code: actionCode,
      facts: entry.facts,
      ...(reasonCode === undefined ? {} : { reasonCode }),
      ...(reason === undefined ? {} : { reason }),
    };
    return [{ body, actor: personFor(entry.by, senders ?? []) }];
  }
  if (kind === 'signal') return bySystem({ type: 'signal.deliver', signalName: name, variables: entry.facts });
  const key = correlationKey === undefined ? {} : { correlationKey };
  return bySystem({ type: 'message.deliver', messageName: name, variables: entry.facts, ...key });
}
