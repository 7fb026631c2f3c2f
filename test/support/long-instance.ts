/** One instance that lives long: a loop of a task, a job and timers, beside a timer that outlasts every run. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { Actor } from '#core/process/command.ts';
import type { InstanceResult, RunLimits } from '#workflows/messages.ts';
import { endEvent, serviceTask, smallGraph, startEvent, timerCatch, userTask } from './bpmn.ts';
import { countEvents, eventsOf, type History, historyOf } from './history.ts';
import type { MemoryDoor } from './memory-door.ts';

const PERSON: Actor = { kind: 'person', personId: 'p-wu-tong', organisationId: 'org-qingling', principals: ['person:p-wu-tong'] };
/** Steps of a round: comments, the boundary timer, the task, the job, the timer. */
export const ROUND_STEPS = 20;
const COMMENTS = ROUND_STEPS - 4;
/** As many as the relay sends when it is behind. */
const BATCH_MAX = 20;

export const longLife = (): Promise<ProcessGraph> =>
  smallGraph(
    `${startEvent}<bpmn:parallelGateway id="fork" />${timerCatch('outlasting', 'PT10H')}${endEvent('never')}
    <bpmn:exclusiveGateway id="back" />${userTask('ask')}
    <bpmn:boundaryEvent id="nudge" attachedToRef="ask" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeDuration>PT0.01S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>${endEvent('nudged')}
    ${serviceTask('call')}${timerCatch('wait', 'PT0S')}
    <bpmn:exclusiveGateway id="again" default="again--stop" />
    <bpmn:endEvent id="stop"><bpmn:terminateEventDefinition /></bpmn:endEvent>
    <bpmn:sequenceFlow id="round" sourceRef="again" targetRef="back"><bpmn:conditionExpression>=goOn</bpmn:conditionExpression></bpmn:sequenceFlow>`,
    'start > fork > outlasting > never',
    'fork > back > ask > call > wait > again > stop',
    'nudge > nudged',
  );

export interface Lived {
  readonly runs: readonly {
    readonly runId: string;
    readonly events: number;
    readonly updates: number;
    readonly armedMs: readonly number[];
  }[];
  readonly result: InstanceResult;
}

/** Begins the instance's workflow and goes around so many times; the job answers whether it goes on. */
export async function live(
  door: MemoryDoor,
  options: { readonly client: Client; readonly handle: WorkflowHandle<() => Promise<InstanceResult>>; readonly rounds: number },
): Promise<Lived> {
  const { client, handle, rounds } = options;
  door.submit(PERSON, { type: 'start', instanceId: door.instanceId, processId: 'p', variables: {} });
  await door.tell();
  for (let round = 1; round <= rounds; round += 1) {
    const task = await toldUntil(door, `round ${round} asks`, () => Object.values(door.state?.tasks ?? {})[0]);
    await toldUntil(door, `round ${round} is nudged`, () =>
      Object.values(door.state?.timers ?? {}).every((timer) => timer.key !== task.key),
    );
    for (let count = 0; count < COMMENTS; count += 1) door.submit(PERSON, { type: 'comment', text: `${count}`, mentions: [], fileIds: [] });
    door.submit(PERSON, { type: 'task.complete', taskId: task.taskId, facts: {} });
  }
  await toldUntil(door, 'the workflow is told the end', () => door.told === door.steps.length && door.state?.status !== 'active');
  const result = await handle.result();
  const seal = door.calls.find((call) => call.name === 'seal');
  const runIds = seal?.name === 'seal' ? seal.input.runIds : [];
  const runs: Lived['runs'][number][] = [];
  for (const runId of runIds) {
    const history = await historyOf(client, door.instanceId, runId);
    const updates = countEvents(history, 'workflowExecutionUpdateAcceptedEventAttributes');
    runs.push({ runId, events: eventsOf(history).length, updates, armedMs: longTimers(history) });
  }
  return { runs, result };
}

/** Temporal counts a timer in whole milliseconds from the task that armed it. */
const DUE_TOLERANCE_MS = 2_000;

/** A call whose worker did not get it is made again after a minute. */
const PATIENCE_MS = 150_000;
const EVERY_MS = 20;

/** As the relay, which sends again what did not get through. */
async function toldUntil<T>(door: MemoryDoor, what: string, look: () => T | null | undefined | false): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(EVERY_MS)) {
    await door.tell(BATCH_MAX);
    const found = look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}; ${door.told} of ${door.steps.length} steps told.`);
  }
}

/** What is wrong with a life: nothing may be lost, doubled, too long, or late. */
export function findingsOf(
  door: MemoryDoor,
  { runs, result }: Lived,
  { rounds, limits }: { readonly rounds: number; readonly limits: RunLimits },
) {
  const callsOf = (name: 'runJob' | 'completeJob' | 'fireTimer') =>
    door.calls.flatMap((call) => (call.name === name ? [call.input.effectId] : []));
  const once = (name: 'runJob' | 'completeJob' | 'fireTimer', expected: number): readonly string[] => {
    const ids = callsOf(name);
    return ids.length === expected && new Set(ids).size === expected
      ? []
      : [`${name}: ${ids.length} calls for ${new Set(ids).size}, not ${expected}`];
  };
  const count = (type: string): number => door.steps.filter(({ command }) => command.type === type).length;
  const due = door.steps[0]?.events.flatMap((event) => (event.type === 'timer.scheduled' ? [Date.parse(event.due)] : []))[0] ?? 0;
  return [
    // A run that is behind all its life arms nothing.
    ...(runs.filter(({ armedMs }) => armedMs.length > 0).length >= runs.length / 2 ? [] : ['most runs arm no timer']),
    ...runs.flatMap(({ runId, armedMs }) =>
      armedMs.length <= 1 && armedMs.every((time) => Math.abs(time - due) <= DUE_TOLERANCE_MS)
        ? []
        : [`${runId}: the timer due ${due} was armed to ${armedMs.join(', ')}`],
    ),
    ...once('runJob', rounds),
    ...once('completeJob', rounds),
    ...once('fireTimer', 2 * rounds),
    ...(count('job.complete') === rounds && count('timer.fire') === 2 * rounds ? [] : ['a report was lost or came twice']),
    ...(door.steps.length === rounds * ROUND_STEPS + 1 ? [] : [`${door.steps.length} steps`]),
    ...(result.lastSeq === door.steps.length && result.lastHash === door.hash ? [] : ['the workflow came to another end']),
    ...runs.flatMap(({ runId, events, updates }) =>
      // A run ends with the round of calls in which it became full.
      events <= limits.historyEventsMax + 100 && updates <= limits.updatesMax + 10
        ? []
        : [`${runId}: ${events} events, ${updates} updates`],
    ),
  ];
}

const LONG_SECONDS = 60;

/** To which times the timers that outlast the run were armed. */
const longTimers = (history: History): readonly number[] =>
  eventsOf(history).flatMap(({ timerStartedEventAttributes: timer, eventTime }) => {
    const seconds = Number(timer?.startToFireTimeout?.seconds ?? 0);
    return seconds > LONG_SECONDS ? [(Number(eventTime?.seconds ?? 0) + seconds) * 1_000] : [];
  });
