/** Every expression of an element with the variables that it reads, and when: on entering it, or once its own results are there. */
import { type Read, readsOf } from '#core/feel/reads.ts';
import type { EventDefinition, Feel, GraphElement, ProcessGraph, UserTask, Work } from './graph.ts';

export interface ElementRead extends Read {
  readonly source: Feel;
  readonly when: 'entry' | 'exit';
}

export function readsOfElement(graph: ProcessGraph, element: GraphElement): readonly ElementRead[] {
  const set = new Set<string>();
  const entry = [...entrySources(graph, element)].flatMap(({ source, sets }) => {
    // A mapping sees what the mappings before it have set.
    const reads = ofSource(source, 'entry').filter(({ path: [root = ''] }) => !set.has(root));
    if (sets !== undefined) set.add(sets);
    return reads;
  });
  const exit = exitSources(graph, element).flatMap((source) => ofSource(source, 'exit'));
  return [...entry, ...exit].filter(({ path: [root = ''] }) => !(loopNames(element).includes(root) || set.has(root)));
}

const ofSource = (source: Feel, when: ElementRead['when']): readonly ElementRead[] =>
  readsOf(source).map((read) => ({ ...read, source, when }));

interface Source {
  readonly source: Feel;
  /** The variable that a mapping gives. */
  readonly sets?: string;
}

function* entrySources(graph: ProcessGraph, element: GraphElement): Generator<Source> {
  const loop = 'multiInstance' in element ? element.multiInstance : undefined;
  for (const source of [loop?.inputCollection, loop?.cardinality]) if (source !== undefined) yield { source };
  for (const { source, target } of element.inputs) yield { source, sets: target.split('.')[0] ?? target };
  const own: readonly (Feel | undefined)[] = [
    ...(element.elementType === 'userTask' ? ofUserTask(element) : []),
    ...('work' in element ? ofWork(element.work) : []),
    ...('calledProcessId' in element ? [element.calledProcessId] : []),
    // A start event that waits does so before there is an instance; what boundary events wait for is asked on entering their activity.
    ...('event' in element && element.elementType !== 'startEvent' && element.elementType !== 'boundaryEvent'
      ? ofEvent(element.event)
      : []),
    ...('boundaryIds' in element ? element.boundaryIds.flatMap((id) => eventOf(graph.elements[id])) : []),
  ];
  for (const source of own) if (source !== undefined) yield { source };
}

const eventOf = (element: GraphElement | undefined): readonly (Feel | undefined)[] =>
  element && 'event' in element ? ofEvent(element.event) : [];

const ofUserTask = ({ assignee, candidateUsers, candidateGroups, dueDate, followUpDate, priority, deadline }: UserTask) => [
  assignee,
  candidateUsers,
  candidateGroups,
  dueDate,
  followUpDate,
  priority,
  deadline?.duration,
  deadline?.clock,
  deadline?.calendarOf,
];

function ofWork(work: Work): readonly (Feel | undefined)[] {
  switch (work.kind) {
    case 'job':
      return [work.jobType, work.retries];
    case 'script':
      return [work.expression];
    case 'throwMessage':
    case 'catchMessage':
      return [work.messageName, work.correlationKey];
    default:
      return [];
  }
}

function ofEvent(event: EventDefinition): readonly (Feel | undefined)[] {
  switch (event.kind) {
    case 'timer':
      return [event.timer.value, event.timer.clock, event.timer.calendarOf];
    case 'message':
      return [event.messageName, event.correlationKey];
    case 'signal':
      return [event.signalName];
    default:
      return [];
  }
}

function exitSources(graph: ProcessGraph, element: GraphElement): readonly Feel[] {
  const conditions = element.outgoing.flatMap((id) => graph.flows[id]?.condition ?? []);
  return [...element.outputs.map(({ source }) => source), ...conditions];
}

/** What a loop gives to each of its instances. */
function loopNames(element: GraphElement): readonly string[] {
  const loop = 'multiInstance' in element ? element.multiInstance : undefined;
  return loop ? ['loopCounter', ...(loop.inputElement === undefined ? [] : [loop.inputElement])] : [];
}
