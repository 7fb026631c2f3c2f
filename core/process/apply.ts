/** What each event does to a state. */
import { endsProcess, type ProcessGraph } from '#core/bpmn/graph.ts';
import { without } from '#core/without.ts';
import { applyCompensation, beginCompensating, endCompensating, keepCompensable } from './apply-compensation.ts';
import { applyMigration } from './apply-migration.ts';
import { compensableOf } from './compensable.ts';
import { changeElement, changeTask, type Draft, type EventOf } from './draft.ts';
import type { ElementKey, ProcessEvent } from './event.ts';
import type { AdHocState, TaskState } from './state.ts';

export interface Moment {
  readonly graph: ProcessGraph;
  readonly seq: number;
  readonly at: string;
}

export function applyEvent(draft: Draft, event: ProcessEvent, moment: Moment): void {
  switch (event.type) {
    case 'process.started':
      applyStart(draft, event);
      return;
    case 'process.completed':
    case 'process.terminated':
      draft.status = event.type === 'process.completed' ? 'completed' : 'terminated';
      draft.result = event.result;
      delete draft.suspended;
      return;
    case 'instance.suspended':
      draft.suspended = {
        at: moment.at,
        by: event.by,
        reason: event.reason,
        ...(event.withInstanceId && { withInstanceId: event.withInstanceId }),
      };
      return;
    case 'instance.resumed':
      delete draft.suspended;
      return;
    case 'instance.migrated':
      applyMigration(draft, event);
      return;
    case 'command.held':
      if (draft.suspended) draft.suspended = { ...draft.suspended, held: [...(draft.suspended.held ?? []), event.command] };
      return;
    case 'element.activated':
      applyActivation(draft, event);
      return;
    case 'element.completed':
      applyCompletion(draft, event, moment);
      return;
    case 'element.terminated':
      applyTermination(draft, event);
      return;
    case 'gateway.activated':
      changeElement(draft, event.scopeKey, (scope) => ({
        ...scope,
        activatedGateways: { ...scope.activatedGateways, [event.elementId]: event.flowIds },
      }));
      return;
    case 'gateway.reset':
      changeElement(draft, event.scopeKey, ({ activatedGateways, ...scope }) => {
        const { [event.elementId]: _reset, ...others } = activatedGateways ?? {};
        return Object.keys(others).length > 0 ? { ...scope, activatedGateways: others } : scope;
      });
      return;
    case 'adHoc.planned':
      changeElement(draft, event.key, (scope) => ({ ...scope, adHoc: { waiting: event.elementIds } }));
      return;
    case 'adHoc.satisfied':
      changeElement(draft, event.key, (scope) => ({ ...scope, adHoc: { waiting: [], isSatisfied: true } }));
      return;
    case 'flow.taken':
      moveToken(draft, event.scopeKey, event.flowId, 1);
      return;
    case 'flow.joined':
      for (const flowId of event.flowIds) moveToken(draft, event.scopeKey, flowId, -1);
      return;
    case 'phase.entered':
      draft.phases[event.phase] = moment.at;
      return;
    case 'variables.set':
      changeElement(draft, event.scopeKey, (scope) => ({ ...scope, variables: { ...scope.variables, ...event.values } }));
      return;
    case 'task.created':
      draft.tasks[event.taskId] = openedTask(event, moment);
      return;
    case 'task.claimed':
      changeTask(draft, event.taskId, (task) => ({ ...task, assignee: event.personId, claimedAt: moment.at }));
      return;
    case 'task.assigned':
      changeTask(draft, event.taskId, (task) => ({ ...task, assignee: event.personId, claimedAt: moment.at }));
      return;
    case 'task.released':
      changeTask(draft, event.taskId, (task) => without(task, 'assignee', 'claimedAt'));
      return;
    case 'task.urged':
      changeTask(draft, event.taskId, (task) => ({ ...task, urgedAt: moment.at }));
      return;
    case 'task.reminded':
      changeTask(draft, event.taskId, (task) => ({ ...task, reminded: [...task.reminded, event.effectId] }));
      return;
    case 'task.overdue':
      changeTask(draft, event.taskId, (task) => ({
        ...task,
        overdue: true,
        candidates: [...task.candidates, ...event.escalatedTo.filter((principal) => !task.candidates.includes(principal))],
      }));
      return;
    case 'task.completed':
      applyTaskCompletion(draft, event, moment);
      return;
    case 'task.returned':
      applyReturn(draft, event);
      return;
    case 'task.canceled':
      delete draft.tasks[event.taskId];
      return;
    case 'task.rescheduled':
      changeTask(draft, event.taskId, (task) => ({
        ...task,
        deadline: event.deadline,
        overdue: false,
        reminded: [],
        clock: { from: moment.at, spentMs: event.spentMs },
      }));
      return;
    case 'timer.scheduled':
      draft.timers[event.effectId] = without(event, 'type');
      return;
    case 'timer.fired':
    case 'timer.canceled':
      delete draft.timers[event.effectId];
      return;
    case 'message.subscribed':
      draft.subscriptions[event.effectId] = { ...without(event, 'type', 'messageName'), kind: 'message', name: event.messageName };
      return;
    case 'signal.subscribed':
      draft.subscriptions[event.effectId] = { ...without(event, 'type', 'signalName'), kind: 'signal', name: event.signalName };
      return;
    case 'condition.subscribed':
      draft.subscriptions[event.effectId] = {
        ...without(event, 'type', 'condition'),
        kind: 'condition',
        name: event.condition,
        holds: false,
      };
      return;
    case 'condition.changed':
      applyCondition(draft, event, moment);
      return;
    case 'message.correlated':
    case 'signal.received':
      if (!staysSubscribed(draft, event.effectId, moment.graph)) delete draft.subscriptions[event.effectId];
      return;
    case 'message.unsubscribed':
    case 'signal.unsubscribed':
    case 'condition.unsubscribed':
      delete draft.subscriptions[event.effectId];
      return;
    case 'job.created':
      draft.jobs[event.effectId] = without(event, 'type');
      return;
    case 'job.completed':
    case 'job.failed':
    case 'job.canceled':
      delete draft.jobs[event.effectId];
      return;
    case 'child.wanted':
      draft.children[event.effectId] = without(event, 'type');
      return;
    case 'child.completed':
    case 'child.canceled':
      delete draft.children[event.effectId];
      return;
    case 'compensation.thrown':
      applyCompensation(draft, event);
      return;
    case 'compensation.completed':
      changeElement(draft, event.scopeKey, ({ compensations, ...scope }) => {
        const others = (compensations ?? []).filter(({ effectId }) => effectId !== event.effectId);
        return others.length > 0 ? { ...scope, compensations: others } : scope;
      });
      return;
    case 'incident.raised':
      draft.incidents[event.incidentId] = { ...without(event, 'type'), raisedAt: moment.at };
      return;
    case 'incident.resolved':
      delete draft.incidents[event.incidentId];
      return;
    case 'sealed':
      draft.sealed = true;
      return;
    // These tell the world or the reader something; the state does not depend on them.
    case 'message.thrown':
    case 'signal.thrown':
    case 'error.thrown':
    case 'escalation.thrown':
    case 'decision.evaluated':
    case 'instance.modified':
    case 'job.late':
    case 'commented':
    case 'copied':
      return;
    default:
      assertNever(event);
  }
}

function applyStart(draft: Draft, event: EventOf<'process.started'>): void {
  draft.instanceId = event.instanceId;
  draft.processId = event.processId;
  draft.lastKey = event.key;
  draft.elements[event.key] = {
    key: event.key,
    elementId: event.processId,
    elementType: 'process',
    scopeKey: null,
    variables: event.variables,
    tokens: {},
  };
  if (event.calledBy !== undefined) draft.calledBy = event.calledBy;
  if (event.starter === undefined) return;
  draft.starter = event.starter;
  draft.completers[event.startElementId] = [event.starter];
}

function applyActivation(draft: Draft, event: EventOf<'element.activated'>): void {
  if (event.flowId !== undefined) moveToken(draft, event.scopeKey, event.flowId, -1);
  draft.lastKey = event.key;
  draft.elements[event.key] = {
    key: event.key,
    elementId: event.elementId,
    elementType: event.elementType,
    scopeKey: event.scopeKey,
    variables: event.local ?? {},
    tokens: {},
    ...(event.loopIndex === undefined ? {} : { loopIndex: event.loopIndex }),
    ...(event.elementType === 'standardLoopBody' ? { rounds: 0 } : {}),
    ...(event.compensates === undefined ? {} : { compensates: event.compensates }),
    ...(event.multiInstance === undefined
      ? {}
      : {
          multiInstance: {
            items: event.multiInstance.items,
            started: 0,
            completed: 0,
            outputs: event.multiInstance.items.map(() => null),
          },
        }),
  };
  if (event.compensates !== undefined) beginCompensating(draft, event, event.compensates);
  changeElement(draft, event.scopeKey, (scope) => (scope.adHoc ? { ...scope, adHoc: withoutOne(scope.adHoc, event.elementId) } : scope));
  if (event.loopIndex === undefined) return;
  changeElement(draft, event.scopeKey, (body) => {
    if (body.multiInstance) return { ...body, multiInstance: { ...body.multiInstance, started: body.multiInstance.started + 1 } };
    return { ...body, rounds: event.loopIndex ?? 1 };
  });
}

const withoutOne = (adHoc: AdHocState, elementId: string): AdHocState => {
  const index = adHoc.waiting.indexOf(elementId);
  return index < 0 ? adHoc : { ...adHoc, waiting: adHoc.waiting.toSpliced(index, 1) };
};

function applyCompletion(draft: Draft, event: EventOf<'element.completed'>, { graph }: Moment): void {
  const instance = draft.elements[event.key];
  delete draft.elements[event.key];
  if (!instance || instance.scopeKey === null) return;
  const element = graph.elements[event.elementId];
  if (element?.elementType === 'endEvent' && endsProcess(graph, element) && element.result !== undefined) draft.result = element.result;
  if (instance.compensates !== undefined) endCompensating(draft, instance.scopeKey, instance);
  else keepCompensable(draft, instance.scopeKey, compensableOf(graph, instance));
  const { loopIndex } = instance;
  if (loopIndex === undefined) return;
  changeElement(draft, instance.scopeKey, (body) => {
    if (!body.multiInstance) return body;
    const { completed, outputs } = body.multiInstance;
    return {
      ...body,
      multiInstance: { ...body.multiInstance, completed: completed + 1, outputs: outputs.with(loopIndex - 1, event.output ?? null) },
    };
  });
}

function applyTermination(draft: Draft, event: EventOf<'element.terminated'>): void {
  const instance = draft.elements[event.key];
  delete draft.elements[event.key];
  if (!instance || instance.scopeKey === null) return;
  if (instance.compensates !== undefined) endCompensating(draft, instance.scopeKey, instance);
  const { elementId, compensable, variables } = instance;
  if (event.keepsCompensable && compensable) keepCompensable(draft, instance.scopeKey, { elementId, inner: compensable, variables });
}

/** What was undone is owed again; who did it is still known, for separation of duty. */
function applyReturn(draft: Draft, { undone, phases = [], sides = [] }: EventOf<'task.returned'>): void {
  for (const phase of phases) delete draft.phases[phase];
  for (const elementId of undone) delete draft.carriedMs[elementId];
  if (sides.length > 0) draft.evaluatedSides = draft.evaluatedSides.filter((side) => !sides.includes(side));
}

/** A condition that is met is asked again only where it goes on listening. */
function applyCondition(draft: Draft, { effectId, holds }: EventOf<'condition.changed'>, { graph }: Moment): void {
  const subscription = draft.subscriptions[effectId];
  if (!subscription) return;
  if (holds && !staysSubscribed(draft, effectId, graph)) delete draft.subscriptions[effectId];
  else draft.subscriptions[effectId] = { ...subscription, holds };
}

function moveToken(draft: Draft, scopeKey: ElementKey, flowId: string, by: 1 | -1): void {
  changeElement(draft, scopeKey, (scope) => {
    const count = (scope.tokens[flowId] ?? 0) + by;
    if (count < 0) throw new Error(`No token lies on ${flowId} in scope ${scopeKey}.`);
    const others = without(scope.tokens, flowId);
    return { ...scope, tokens: count === 0 ? others : { ...others, [flowId]: count } };
  });
}

// The copy comes last: engines are slow to add members to one.
const openedTask = (event: EventOf<'task.created'>, { seq, at }: Moment): TaskState => ({
  key: Number(event.taskId),
  createdAt: at,
  createdSeq: seq,
  reminded: [],
  overdue: false,
  ...(event.assignee === undefined ? {} : { claimedAt: at }),
  ...without(event, 'type'),
});

function applyTaskCompletion(draft: Draft, event: EventOf<'task.completed'>, { graph }: Moment): void {
  delete draft.tasks[event.taskId];
  if (event.carriedMs === undefined) delete draft.carriedMs[event.elementId];
  else draft.carriedMs[event.elementId] = event.carriedMs;
  const element = graph.elements[event.elementId];
  if (element?.elementType !== 'userTask') return;
  const outcome = element.outcomes.find(({ code }) => code === event.outcome);
  const isAnswered = outcome?.formRequired ?? true;
  if (element.side && isAnswered && !draft.evaluatedSides.includes(element.side)) {
    draft.evaluatedSides = [...draft.evaluatedSides, element.side];
  }
  if (event.by !== undefined) recordCompleter(draft, event.elementId, event.by, graph);
}

/** Separation of duty also binds tasks that are already open. */
function recordCompleter(draft: Draft, elementId: string, personId: string, graph: ProcessGraph): void {
  const completers = draft.completers[elementId] ?? [];
  if (!completers.includes(personId)) draft.completers[elementId] = [...completers, personId];
  for (const task of Object.values(draft.tasks)) {
    const element = graph.elements[task.elementId];
    if (element?.elementType !== 'userTask' || !element.notSameAs.includes(elementId) || task.excluded.includes(personId)) continue;
    draft.tasks[task.taskId] = { ...task, excluded: [...task.excluded, personId] };
  }
}

/** What does not interrupt goes on listening; where all of several must happen, it listens anew to each. */
function staysSubscribed(draft: Draft, effectId: string, graph: ProcessGraph): boolean {
  const target = graph.elements[draft.subscriptions[effectId]?.targetId ?? ''];
  if (target?.elementType !== 'boundaryEvent' && target?.elementType !== 'startEvent') return false;
  return target.isInterrupting === false && !(target.event.kind === 'multiple' && target.event.isParallel);
}

function assertNever(event: never): never {
  throw new Error(`Unknown event ${JSON.stringify(event)}.`);
}
