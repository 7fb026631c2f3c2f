/** What people, operators and other systems may do to an instance, from its state. Timers, jobs and called processes go on by themselves. */
import { isScope, type ProcessGraph } from '#core/bpmn/graph.ts';
import type { Actor, CommandBody } from '#core/process/command.ts';
import { returnTargets } from '#core/process/plan-return.ts';
import type { ProcessState, TaskState } from '#core/process/state.ts';

export type Ask =
  | { readonly kind: 'command'; readonly body: CommandBody; readonly actor: Actor }
  | { readonly kind: 'message'; readonly name: string }
  | { readonly kind: 'signal'; readonly name: string };

export interface Move {
  readonly ask: Ask;
  /** How often it is chosen beside others. */
  readonly weight: number;
  /** It leads towards the end: an instance to which nothing else happens comes there. */
  readonly isProgress: boolean;
}

const person = (personId: string): Actor => ({
  kind: 'person',
  personId,
  organisationId: 'org-qingling',
  principals: [`person:${personId}`, 'team:t'],
});
const PEOPLE = [person('p-wu-tong'), person('p-ye-zhou')] as const;
const [NURSE] = PEOPLE;
const OPERATOR = person('p-kang-ning');
const WORKFLOW: Actor = { kind: 'system', name: 'workflow' };

const progress = (body: CommandBody, actor: Actor, weight = 6): Move => ({
  ask: { kind: 'command', body, actor },
  weight,
  isProgress: true,
});
const aside = (body: CommandBody, actor: Actor, weight = 1): Move => ({ ask: { kind: 'command', body, actor }, weight, isProgress: false });

export function movesOf(graph: ProcessGraph, state: ProcessState): readonly Move[] {
  if (state.suspended) return [progress({ type: 'instance.resume' }, OPERATOR)];
  return [
    ...Object.values(state.incidents).map(({ incidentId }) => progress({ type: 'incident.retry', incidentId }, OPERATOR)),
    ...Object.values(state.tasks).flatMap((task) => movesOfTask(graph, state, task)),
    ...newsFor(graph, state),
    ...adHocIn(graph, state),
    ...modificationsOf(state),
    aside({ type: 'comment', text: 'hm', mentions: [], fileIds: [] }, NURSE),
    aside({ type: 'instance.suspend', reason: 'random' }, OPERATOR),
    // Of what is called more often: its caller goes on.
    aside({ type: 'instance.cancel', reason: 'random' }, OPERATOR, state.calledBy ? 2 : 0.1),
    aside({ type: 'instance.cancel', reason: 'random', compensate: true }, OPERATOR, 0.1),
  ];
}

function movesOfTask(graph: ProcessGraph, state: ProcessState, task: TaskState): readonly Move[] {
  const { taskId, assignee } = task;
  const complete: CommandBody = { type: 'task.complete', taskId, facts: {} };
  const holder = PEOPLE.find((actor) => actor.kind === 'person' && actor.personId === assignee);
  if (!holder) return [progress(complete, WORKFLOW, 3), ...PEOPLE.map((actor) => aside({ type: 'task.claim', taskId }, actor, 3))];
  const targets = returnTargets(graph, state, taskId);
  return [
    progress(complete, holder),
    aside({ type: 'task.release', taskId }, holder),
    ...targets.map((toElementId) => aside({ type: 'task.return', taskId, toElementId, reason: 'again' }, holder, 6 / targets.length)),
  ];
}

/** Few diagrams listen to signals. */
const NEWS_WEIGHT = { message: 3, signal: 8 } as const;

/** What somebody only listens to, beside the work, is news but leads to no end. */
function newsFor(graph: ProcessGraph, state: ProcessState): readonly Move[] {
  return Object.values(state.subscriptions).flatMap(({ kind, name, actionCode, targetId }): readonly Move[] => {
    if (actionCode !== undefined) return [aside({ type: 'action.send', code: actionCode, facts: {} }, NURSE, 4)];
    return kind === 'condition'
      ? []
      : [
          {
            ask: { kind, name },
            weight: NEWS_WEIGHT[kind],
            isProgress: graph.elements[targetId]?.elementType === 'intermediateCatchEvent',
          },
        ];
  });
}

const adHocIn = (graph: ProcessGraph, state: ProcessState): readonly Move[] =>
  Object.values(state.elements).flatMap(({ key, elementId, adHoc }) => {
    const element = graph.elements[elementId];
    const [first] = isScope(element) ? element.elementIds : [];
    return adHoc && first !== undefined ? [aside({ type: 'adHoc.activate', scopeKey: key, elementIds: [first] }, WORKFLOW, 4)] : [];
  });

/**
 * Each task's element once more in place of itself, and a variable that conditions look at. Never beside itself: two tokens where a join waits for
 * one are an operator's own doing, and need not come to an end.
 */
const modificationsOf = ({ tasks, elements }: ProcessState): readonly Move[] =>
  Object.values(tasks).flatMap(({ key, elementId }) => {
    const scopeKey = elements[key]?.scopeKey;
    if (scopeKey === null || scopeKey === undefined) return [];
    const activate = [{ elementId, scopeKey }];
    return [aside({ type: 'instance.modify', activate, cancel: [key], variables: { n: 2 }, reason: 'random' }, OPERATOR, 0.4)];
  });
