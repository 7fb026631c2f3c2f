/** What each event does to a state. The draft's maps are its own; the entries in them are replaced, never changed. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { ElementKey, ProcessEvent } from './event.ts';
import type { ElementInstance, ProcessState, TaskState } from './state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type MapNames =
  | 'elements'
  | 'tasks'
  | 'timers'
  | 'subscriptions'
  | 'jobs'
  | 'children'
  | 'incidents'
  | 'phases'
  | 'completers'
  | 'carriedMs';

/** A state under construction. */
export type Draft = Mutable<Omit<ProcessState, MapNames>> & { readonly [K in MapNames]: Mutable<ProcessState[K]> };

export interface Moment {
  readonly graph: ProcessGraph;
  readonly seq: number;
  readonly at: string;
}

export function draftOf(state: ProcessState | null): Draft {
  if (state === null) return blank();
  return {
    ...state,
    elements: { ...state.elements },
    tasks: { ...state.tasks },
    timers: { ...state.timers },
    subscriptions: { ...state.subscriptions },
    jobs: { ...state.jobs },
    children: { ...state.children },
    incidents: { ...state.incidents },
    phases: { ...state.phases },
    completers: { ...state.completers },
    carriedMs: { ...state.carriedMs },
  };
}

const blank = (): Draft => ({
  instanceId: '',
  processId: '',
  status: 'active',
  seq: 0,
  at: '',
  lastKey: 0,
  elements: {},
  tasks: {},
  timers: {},
  subscriptions: {},
  jobs: {},
  children: {},
  incidents: {},
  phases: {},
  completers: {},
  evaluatedSides: [],
  carriedMs: {},
  sealed: false,
});

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
      draft.suspended = { at: moment.at, by: event.by, reason: event.reason };
      return;
    case 'instance.resumed':
      delete draft.suspended;
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
      delete draft.elements[event.key];
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
      changeTask(draft, event.taskId, ({ assignee: _assignee, claimedAt: _claimedAt, ...task }) => task);
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
    case 'task.canceled':
      delete draft.tasks[event.taskId];
      return;
    case 'task.rescheduled':
      changeTask(draft, event.taskId, (task) => ({
        ...task,
        deadline: event.deadline,
        reminded: [],
        clock: { from: moment.at, spentMs: event.spentMs },
      }));
      return;
    case 'timer.scheduled': {
      const { type: _type, ...timer } = event;
      draft.timers[event.effectId] = timer;
      return;
    }
    case 'timer.fired':
    case 'timer.canceled':
      delete draft.timers[event.effectId];
      return;
    case 'message.subscribed': {
      const { type: _type, messageName, ...subscription } = event;
      draft.subscriptions[event.effectId] = { ...subscription, kind: 'message', name: messageName };
      return;
    }
    case 'signal.subscribed': {
      const { type: _type, signalName, ...subscription } = event;
      draft.subscriptions[event.effectId] = { ...subscription, kind: 'signal', name: signalName };
      return;
    }
    case 'message.correlated':
    case 'signal.received':
      if (!staysSubscribed(draft, event.effectId, moment.graph)) delete draft.subscriptions[event.effectId];
      return;
    case 'message.unsubscribed':
    case 'signal.unsubscribed':
      delete draft.subscriptions[event.effectId];
      return;
    case 'job.created': {
      const { type: _type, ...job } = event;
      draft.jobs[event.effectId] = job;
      return;
    }
    case 'job.completed':
    case 'job.failed':
    case 'job.canceled':
      delete draft.jobs[event.effectId];
      return;
    case 'child.wanted': {
      const { type: _type, ...child } = event;
      draft.children[event.effectId] = child;
      return;
    }
    case 'child.completed':
    case 'child.canceled':
      delete draft.children[event.effectId];
      return;
    case 'incident.raised': {
      const { type: _type, ...incident } = event;
      draft.incidents[event.incidentId] = { ...incident, raisedAt: moment.at };
      return;
    }
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
    case 'job.late':
    case 'commented':
    case 'copied':
      return;
    default:
      assertNever(event);
  }
}

type EventOf<T extends ProcessEvent['type']> = Extract<ProcessEvent, { type: T }>;

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
  if (event.loopIndex === undefined) return;
  changeElement(draft, event.scopeKey, (body) =>
    body.multiInstance ? { ...body, multiInstance: { ...body.multiInstance, started: body.multiInstance.started + 1 } } : body,
  );
}

function applyCompletion(draft: Draft, event: EventOf<'element.completed'>, { graph }: Moment): void {
  const instance = draft.elements[event.key];
  delete draft.elements[event.key];
  if (!instance || instance.scopeKey === null) return;
  const element = graph.elements[event.elementId];
  if (element?.elementType === 'endEvent' && element.parentId === null && element.result !== undefined) draft.result = element.result;
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

function moveToken(draft: Draft, scopeKey: ElementKey, flowId: string, by: 1 | -1): void {
  changeElement(draft, scopeKey, (scope) => {
    const { [flowId]: count = 0, ...others } = scope.tokens;
    if (count + by < 0) throw new Error(`No token lies on ${flowId} in scope ${scopeKey}.`);
    return { ...scope, tokens: count + by === 0 ? others : { ...others, [flowId]: count + by } };
  });
}

const openedTask = (event: EventOf<'task.created'>, { seq, at }: Moment): TaskState => {
  const { type: _type, ...task } = event;
  return {
    ...task,
    key: Number(event.taskId),
    createdAt: at,
    createdSeq: seq,
    reminded: [],
    overdue: false,
    ...(event.assignee === undefined ? {} : { claimedAt: at }),
  };
};

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

/** A boundary event that does not interrupt goes on listening. */
function staysSubscribed(draft: Draft, effectId: string, graph: ProcessGraph): boolean {
  const target = graph.elements[draft.subscriptions[effectId]?.targetId ?? ''];
  return target?.elementType === 'boundaryEvent' && !target.isInterrupting;
}

function changeElement(draft: Draft, key: ElementKey, change: (instance: ElementInstance) => ElementInstance): void {
  const instance = draft.elements[key];
  if (!instance) throw new Error(`No element lives under key ${key}.`);
  draft.elements[key] = change(instance);
}

function changeTask(draft: Draft, taskId: string, change: (task: TaskState) => TaskState): void {
  const task = draft.tasks[taskId];
  if (!task) throw new Error(`Task ${taskId} is not open.`);
  draft.tasks[taskId] = change(task);
}

function assertNever(event: never): never {
  throw new Error(`Unknown event ${JSON.stringify(event)}.`);
}
