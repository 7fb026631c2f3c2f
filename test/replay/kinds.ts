/**
 * The interpreter's vocabulary, and what of it a recorded history has gone through. The tables are complete by their types: a new kind does not
 * compile until it stands here, and then fails the test until a history has it.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { definitionsOf, type ElementType, type EventDefinition, type MultiInstanceBehavior, type Work } from '#core/bpmn/graph.ts';
import { isHttpJob } from '#core/bpmn/http-job.ts';
import { decide } from '#core/process/decide.ts';
import type { Effect } from '#core/process/effect.ts';
import { effects } from '#core/process/effects.ts';
import { evolve } from '#core/process/evolve.ts';
import type { CalledActivities, CycleActivities, InstanceActivities } from '#workflows/messages.ts';
import { HISTORIES } from './graph-codec.ts';
import { readHistory } from './history-file.ts';
import { recordedSteps } from './recorded-steps.ts';

type TimerPurpose = Extract<Effect, { kind: 'timer' }>['purpose'];
type Activity = keyof (InstanceActivities & CalledActivities & CycleActivities);

/** In a history, or why it is in none. */
type Where = true | string;

const ELEMENTS: Record<ElementType, Where> = {
  startEvent: true,
  endEvent: true,
  intermediateCatchEvent: true,
  intermediateThrowEvent: true,
  boundaryEvent: true,
  userTask: true,
  task: true,
  manualTask: true,
  serviceTask: true,
  scriptTask: true,
  businessRuleTask: true,
  sendTask: true,
  receiveTask: true,
  subProcess: true,
  transaction: true,
  eventSubProcess: true,
  adHocSubProcess: true,
  callActivity: true,
  exclusiveGateway: true,
  parallelGateway: true,
  inclusiveGateway: true,
  eventBasedGateway: true,
  complexGateway: true,
  multiInstanceBody: true,
  standardLoopBody: true,
  process: 'an instance begins with its process, which is activated as no element',
  sequenceFlow: 'a flow is taken, never activated',
};

const EVENTS: Record<EventDefinition['kind'], Where> = {
  none: true,
  terminate: true,
  timer: true,
  message: true,
  signal: true,
  error: true,
  escalation: true,
  conditional: true,
  link: true,
  compensation: true,
  cancel: true,
  multiple: true,
};

const WORK: Record<Work['kind'], Where> = { none: true, job: true, script: true, decision: true, throwMessage: true, catchMessage: true };

const BEHAVIORS: Record<MultiInstanceBehavior['kind'], Where> = { none: true, one: true, complex: true };

const EFFECTS: Record<Effect['kind'], Where> = { timer: true, job: true, child: true };

const TIMERS: Record<TimerPurpose, Where> = { timer: true, reminder: true, deadline: true };

/** Who does a job: a handler of ours, a call that the diagram declares, a program elsewhere. */
const JOBS: Record<'handler' | 'http' | 'remote', Where> = { handler: true, http: true, remote: true };

const ACTIVITIES: Record<Activity, Where> = {
  fireTimer: true,
  runJob: true,
  offerJob: true,
  completeJob: true,
  failJob: true,
  startChild: true,
  cancelChild: true,
  tellCaller: true,
  seal: 'a local activity, which stands in a history as a marker; every history of an instance that ended has it',
  startScheduled: 'of the workflow `cycle`, which lives for a moment and interprets nothing',
};

const TABLES = {
  element: ELEMENTS,
  event: EVENTS,
  work: WORK,
  behavior: BEHAVIORS,
  effect: EFFECTS,
  timer: TIMERS,
  job: JOBS,
  activity: ACTIVITIES,
} satisfies Record<string, Readonly<Record<string, Where>>>;

/** What must occur, as `table kind`. */
export const REQUIRED_KINDS: readonly string[] = Object.entries(TABLES).flatMap(([table, kinds]) =>
  Object.entries(kinds).flatMap(([kind, where]) => (where === true ? [`${table} ${kind}`] : [])),
);

type KindOf<Table extends keyof typeof TABLES> = keyof (typeof TABLES)[Table] & string;

class Kinds {
  readonly found = new Set<string>();

  add<Table extends keyof typeof TABLES>(table: Table, kind: KindOf<Table>): void {
    this.found.add(`${table} ${kind}`);
  }
}

/** What a history was told and did, not what its diagram merely holds. */
export async function kindsIn(name: string): Promise<ReadonlySet<string>> {
  const kinds = new Kinds();
  await addSteps(kinds, name);
  const { events = [] } = readHistory(await readFile(path.join(HISTORIES, `${name}.json`), 'utf8'));
  const called = (events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []);
  for (const activity of called) if (isActivity(activity)) kinds.add('activity', activity);
  if (called.includes('offerJob')) kinds.add('job', 'remote');
  else if (called.includes('runJob') && !kinds.found.has('job http')) kinds.add('job', 'handler');
  return kinds.found;
}

const isActivity = (name: string): name is Activity => Object.hasOwn(ACTIVITIES, name);

async function addSteps(kinds: Kinds, name: string): Promise<void> {
  const { graph, argument, batches } = await recordedSteps(name);
  let state = argument.carried?.state ?? null;
  for (const { command } of batches.flatMap(({ steps }) => steps)) {
    const decision = decide(graph, state, command);
    // That it is accepted is another test's.
    if (decision.kind !== 'accepted') return;
    state = evolve(graph, state, { seq: (state?.seq ?? 0) + 1, at: command.at, events: decision.events });
    for (const event of decision.events) {
      if (event.type !== 'element.activated') continue;
      kinds.add('element', event.elementType);
      const element = graph.elements[event.elementId];
      if (element && 'event' in element) {
        kinds.add('event', element.event.kind);
        for (const { kind } of definitionsOf(element.event)) kinds.add('event', kind);
      }
      if (element && 'work' in element) kinds.add('work', element.work.kind);
      if (element && 'multiInstance' in element && element.multiInstance?.behavior)
        kinds.add('behavior', element.multiInstance.behavior.kind);
    }
    for (const effect of effects(graph, state)) {
      kinds.add('effect', effect.kind);
      if (effect.kind === 'timer') kinds.add('timer', effect.purpose);
      if (effect.kind === 'job' && isHttpJob(effect.jobType)) kinds.add('job', 'http');
    }
  }
}
