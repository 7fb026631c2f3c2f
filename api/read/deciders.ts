/** Who will decide next, as far as it can be known before sending: the first user tasks behind the start event. */
import { type GraphElement, PHASES, type Phase, type ProcessGraph, type UserTask } from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { Context } from '../operation.ts';
import type { DeciderView } from '../views.ts';

const AHEAD_MAX = 3;

export async function firstDeciders(
  context: Context,
  graph: ProcessGraph,
  processId: string,
  platform: string,
): Promise<readonly DeciderView[]> {
  const { standing, runtime } = context;
  const variables = {
    starter: { person: standing.person.id, organisation: standing.person.organisation.id, tier: standing.tier, region: standing.region },
    platform,
    urgency: 'routine',
  };
  const now = { at: new Date().toISOString(), zone: standing.zone };
  const tasks = nextUserTasks(graph, processId);
  const deciders = await Promise.all(
    tasks.map(async (task) => {
      const principals = [task.candidateGroups, task.candidateUsers, task.assignee].flatMap((source) => {
        if (!source) return [];
        const result = evaluateFeel(source, variables, now);
        const value = result.ok ? result.value : null;
        return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
      });
      const named = principals.map((principal) => (principal.includes(':') ? principal : `person:${principal}`));
      return { elementId: task.id, name: task.name, phase: task.phase ?? null, holders: await runtime.directory.holders(named) };
    }),
  );
  // Whom a later decision chooses is not known yet; of the rest the first links come first.
  return deciders
    .filter((decider) => decider.holders.length > 0)
    .sort((a, b) => rankOf(a.phase) - rankOf(b.phase))
    .slice(0, AHEAD_MAX);
}

const rankOf = (phase: Phase | null): number => (phase === null ? PHASES.length : PHASES.indexOf(phase));

/** Breadth first through everything that is not a user task, entering sub-processes at their start events. */
function nextUserTasks(graph: ProcessGraph, processId: string): readonly UserTask[] {
  const found: UserTask[] = [];
  const seen = new Set<string>();
  const queue = startsIn(graph, graph.processes[processId]?.elementIds ?? []);
  while (queue.length > 0) {
    const element = graph.elements[queue.shift() ?? ''];
    if (!element || seen.has(element.id)) continue;
    seen.add(element.id);
    if (element.elementType === 'userTask') found.push(element);
    else if (element.elementType === 'subProcess') queue.push(...startsIn(graph, element.elementIds));
    else queue.push(...likelyFlows(graph, element).flatMap((flow) => graph.flows[flow]?.targetId ?? []));
  }
  return found;
}

/** Behind a job its result chooses the way, and the default is for what it could not do. */
function likelyFlows(graph: ProcessGraph, element: GraphElement): readonly string[] {
  const isOther = (flow: string): boolean => 'defaultFlow' in element && element.defaultFlow === flow;
  const isBehindJob = element.incoming.some((flow) => {
    const source = graph.elements[graph.flows[flow]?.sourceId ?? ''];
    return source !== undefined && 'work' in source && source.work.kind === 'job';
  });
  return isBehindJob ? element.outgoing.filter((flow) => !isOther(flow)) : element.outgoing;
}

const startsIn = (graph: ProcessGraph, ids: readonly string[]): string[] =>
  ids.filter((id) => graph.elements[id]?.elementType === 'startEvent');
