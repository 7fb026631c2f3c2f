/** Who will decide next, as far as it can be known before sending: the flow itself decides its first step on what is answered so far. */
import { randomUUID } from 'node:crypto';
import type { GraphElement, ProcessGraph, UserTask } from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { JsonObject } from '#core/json.ts';
import type { Principal } from '#core/process/command.ts';
import { principalsFrom } from '#core/process/principals.ts';
import type { ProcessState } from '#core/process/state.ts';
import { actorOf, type Context } from '../operation.ts';
import type { DeciderView } from '../views.ts';
import { startVariables } from './start-variables.ts';

const AHEAD_MAX = 3;

export interface ToBeStarted {
  readonly graph: ProcessGraph;
  readonly processId: string;
  /** Of the answers so far; what is not answered yet is null. */
  readonly facts: JsonObject;
}

export async function firstDeciders(context: Context, { graph, processId, facts }: ToBeStarted): Promise<readonly DeciderView[]> {
  const { runtime, standing } = context;
  const instanceId = randomUUID();
  const variables = await startVariables(context, { instanceId, facts });
  const begun = await runtime.door.previewStart({
    graph,
    command: {
      id: instanceId,
      at: new Date().toISOString(),
      zone: standing.zone,
      actor: actorOf(context),
      type: 'start',
      instanceId,
      processId,
      variables,
    },
  });
  if (begun === null) return [];
  const deciders = await Promise.all(
    nextTasks(graph, begun, standing.zone).map(async ({ task, principals }) => ({
      elementId: task.id,
      name: task.name,
      phase: task.phase ?? null,
      holders: await runtime.directory.holders(principals),
    })),
  );
  // Whom a later decision chooses is not known yet.
  return deciders.filter(({ holders }) => holders.length > 0).slice(0, AHEAD_MAX);
}

interface NextTask {
  readonly task: UserTask;
  readonly principals: readonly Principal[];
}

/** Tasks that are open then; behind what a program does first, those that may follow it. */
function nextTasks(graph: ProcessGraph, state: ProcessState, zone: string): readonly NextTask[] {
  const open = Object.values(state.tasks).flatMap(({ elementId, assignee, candidates }): readonly NextTask[] => {
    const task = graph.elements[elementId];
    if (task?.elementType !== 'userTask') return [];
    return [{ task, principals: assignee === undefined ? candidates : [`person:${assignee}`, ...candidates] }];
  });
  const waiting = Object.values(state.elements).flatMap(({ elementId }) => {
    const element = graph.elements[elementId];
    return element && 'work' in element ? [element] : [];
  });
  const variables = Object.assign({}, ...Object.values(state.elements).map((element) => element.variables));
  const behind = userTasksBehind(graph, waiting).map((task) => ({ task, principals: namedBy(task, variables, { at: state.at, zone }) }));
  return [...new Map([...behind, ...open].map((next) => [next.task.id, next])).values()];
}

/** Whom the task names, as far as its expressions find what they need. */
function namedBy(task: UserTask, variables: JsonObject, now: { readonly at: string; readonly zone: string }): readonly Principal[] {
  const read = (source: string | undefined, bare: 'person' | 'team'): readonly Principal[] => {
    const result = source === undefined ? null : evaluateFeel(source, variables, now);
    return source !== undefined && result?.ok ? principalsFrom(result.value, { bare, source }) : [];
  };
  return [...new Set([...read(task.assignee, 'person'), ...read(task.candidateUsers, 'person'), ...read(task.candidateGroups, 'team')])];
}

/** Breadth first through everything that is not a user task, entering sub-processes at their start events. */
function userTasksBehind(graph: ProcessGraph, elements: readonly GraphElement[]): readonly UserTask[] {
  const found: UserTask[] = [];
  const seen = new Set<string>();
  const queue = elements.flatMap((element) => likelyTargets(graph, element));
  while (queue.length > 0) {
    const element = graph.elements[queue.shift() ?? ''];
    if (!element || seen.has(element.id)) continue;
    seen.add(element.id);
    if (element.elementType === 'userTask') found.push(element);
    else if (element.elementType === 'subProcess') queue.push(...startsIn(graph, element.elementIds));
    else queue.push(...likelyTargets(graph, element));
  }
  return found;
}

/** Behind a job its result chooses the way, and the default is for what it could not do. */
function likelyTargets(graph: ProcessGraph, element: GraphElement): readonly string[] {
  const isOther = (flow: string): boolean => 'defaultFlow' in element && element.defaultFlow === flow;
  const isBehindJob = element.incoming.some((flow) => {
    const source = graph.elements[graph.flows[flow]?.sourceId ?? ''];
    return source !== undefined && 'work' in source && source.work.kind === 'job';
  });
  const flows = isBehindJob ? element.outgoing.filter((flow) => !isOther(flow)) : element.outgoing;
  return flows.flatMap((flow) => graph.flows[flow]?.targetId ?? []);
}

const startsIn = (graph: ProcessGraph, ids: readonly string[]): string[] =>
  ids.filter((id) => graph.elements[id]?.elementType === 'startEvent');
