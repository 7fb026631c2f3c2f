/** Makes a move by the interpreter itself. What the exploration knows and chooses is put where the interpreter will read it. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { Actor, CommandBody } from '../command.ts';
import { decide } from '../decide.ts';
import type { ElementKey, ProcessEvent } from '../event.ts';
import { evolve } from '../evolve.ts';
import type { ElementInstance, ProcessState, SubscriptionState, TaskState } from '../state.ts';
import { ROOT_KEY } from '../step.ts';
import { isAnswer } from './abstract-graph.ts';
import { type Act, type Choice, isAct, type Move } from './move.ts';
import { settled } from './values.ts';

export interface Stepped {
  readonly state: ProcessState;
  readonly events: readonly ProcessEvent[];
}

const AT = '2026-01-05T01:00:00.000Z';
const SYSTEM: Actor = { kind: 'system', name: 'workflow' };
const SOMEBODY = { kind: 'person', personId: 'p', organisationId: 'o', principals: [] } as const satisfies Actor;
const BY_PEOPLE: ReadonlySet<Move['kind']> = new Set(['task', 'return', 'activate', 'cancel']);

export interface Running {
  readonly graph: ProcessGraph;
  readonly processId: string;
  /** A called process hands on what it does not catch. */
  readonly isCalled: boolean;
}

/** Null where it is refused, as a message is that nobody waits for any more. */
export function applyMove(running: Running, before: ProcessState | null, move: Move): Stepped | null {
  const prepared = before && prepare(before, move);
  const actor = BY_PEOPLE.has(move.kind) ? SOMEBODY : SYSTEM;
  const command = { ...bodyOf(running, move), id: 'explore', at: AT, zone: 'UTC', actor };
  const answer = decide(running.graph, prepared, command);
  if (answer.kind !== 'accepted') return null;
  const state = evolve(running.graph, prepared, { seq: (prepared?.seq ?? 0) + 1, at: AT, events: answer.events });
  return { state: tidied(state, move), events: answer.events };
}

function bodyOf({ processId, isCalled }: Running, move: Move): CommandBody {
  if (!isAct(move)) return { type: 'incident.retry', incidentId: move.incidentId };
  switch (move.kind) {
    case 'start': {
      const calledBy = isCalled ? { calledBy: { instanceId: 'caller', effectId: '1:1' } } : {};
      const startElementId = move.elementId === processId ? {} : { startElementId: move.elementId };
      return { type: 'start', instanceId: 'explored', processId, variables: move.variables, ...startElementId, ...calledBy };
    }
    case 'return':
      return { type: 'task.return', taskId: move.taskId, toElementId: move.toElementId, reason: '-' };
    case 'cancel':
      return { type: 'instance.cancel', reason: '-', compensate: true };
    case 'activate':
      return { type: 'adHoc.activate', scopeKey: move.scopeKey, elementIds: [move.elementId] };
    case 'task':
      return {
        type: 'task.complete',
        taskId: move.taskId,
        facts: move.results,
        ...(move.outcome === undefined ? {} : { outcome: move.outcome }),
      };
    case 'timer':
      return { type: 'timer.fire', effectId: move.effectId };
    case 'message':
      return { type: 'message.deliver', messageName: move.name, correlationKey: move.effectId, variables: move.results };
    case 'signal':
      return { type: 'signal.deliver', signalName: move.name, variables: move.results };
    default:
      return workBody(move);
  }
}

function workBody(move: Extract<Act, { kind: 'job' | 'child' | 'jobError' | 'childError' | 'childEscalation' }>): CommandBody {
  const { effectId } = move;
  switch (move.kind) {
    case 'job':
      return { type: 'job.complete', effectId, variables: move.results };
    case 'child':
      return { type: 'child.complete', effectId, variables: move.results };
    case 'jobError':
      return { type: 'job.throwError', effectId, errorCode: move.errorCode, variables: {} };
    case 'childError':
      return { type: 'child.throwError', effectId, errorCode: move.errorCode, variables: {} };
    case 'childEscalation':
      return { type: 'child.escalate', effectId, escalationCode: move.escalationCode, variables: {} };
  }
}

function prepare(state: ProcessState, move: Move): ProcessState {
  if (!isAct(move)) return answering(state, move);
  const task = 'taskId' in move ? state.tasks[move.taskId] : undefined;
  return task ? { ...state, tasks: { ...state.tasks, [task.taskId]: held(task) } } : state;
}

/** Who may do it is not asked here. */
const held = (task: TaskState): TaskState => ({ ...task, assignee: SOMEBODY.personId, excluded: [] });

function answering(state: ProcessState, choice: Choice): ProcessState {
  let elements = state.elements;
  for (const [path, value] of Object.entries(choice.known)) {
    const names = path.split('.');
    const [root = ''] = names;
    const key = declaring(elements, choice.key, root);
    elements = withVariables(elements, key, { [root]: settled(elements[key]?.variables[root], names.slice(1), value) });
  }
  const reader = choice.kind === 'instances' ? (elements[choice.key]?.scopeKey ?? choice.key) : choice.key;
  return { ...state, elements: withVariables(elements, reader, choice.answers) };
}

function declaring(elements: ProcessState['elements'], from: ElementKey, root: string): ElementKey {
  for (let at: ElementInstance | undefined = elements[from]; at; at = at.scopeKey === null ? undefined : elements[at.scopeKey]) {
    if (Object.hasOwn(at.variables, root)) return at.key;
  }
  return ROOT_KEY;
}

function withVariables(elements: ProcessState['elements'], key: ElementKey, values: JsonObject): ProcessState['elements'] {
  const instance = elements[key];
  return instance ? { ...elements, [key]: { ...instance, variables: { ...instance.variables, ...values } } } : elements;
}

/** Every message finds exactly the one that the exploration means: correlation is data, and data is free. Answers are forgotten. */
function tidied(state: ProcessState, move: Move): ProcessState {
  const subscriptions: Record<string, SubscriptionState> = {};
  for (const [effectId, subscription] of Object.entries(state.subscriptions))
    subscriptions[effectId] = { ...subscription, correlationKey: effectId };
  return { ...state, subscriptions, elements: isAct(move) ? state.elements : withoutAnswers(state.elements) };
}

function withoutAnswers(elements: ProcessState['elements']): ProcessState['elements'] {
  return Object.fromEntries(
    Object.entries(elements).map(([key, instance]) => {
      const kept = Object.entries(instance.variables).filter(([name]) => !isAnswer(name));
      return [
        key,
        kept.length === Object.keys(instance.variables).length ? instance : { ...instance, variables: Object.fromEntries(kept) },
      ];
    }),
  );
}
