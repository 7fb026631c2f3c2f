import { randomBytes, randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHASES, type ProcessGraph } from '#core/bpmn/graph.ts';
import type { Actor, Command } from '#core/process/command.ts';
import { SEMANTICS } from '#core/process/semantics.ts';
import { InstanceCodec } from '#engine/codec.ts';
import { DataKey, KEY_BYTES } from '#engine/keys.ts';
import { endEvent, serviceTask, smallGraph, startEvent, timerBoundary, timerCatch, userTask } from '#test/support/bpmn.ts';
import { countEvents, historyContains, historyOf, summariesOf, timerSeconds, updateNames } from '#test/support/history.ts';
import { findingsOf, live, longLife } from '#test/support/long-instance.ts';
import { type JobScript, MemoryDoor, recorders } from '#test/support/memory-door.ts';
import { playedScenario } from '#test/support/scenario.ts';
import { aTestWorker, type TestWorker } from '#test/support/temporal-worker.ts';
import { until } from '#test/support/until.ts';
import type { BatchAnswer, InstanceActivities, InstanceArgument, InstanceResult, RunLimits, StepBatch } from './messages.ts';

const CANARY = '金丝雀王小明';
const KEY = new DataKey(randomBytes(KEY_BYTES));
const PERSON: Actor = { kind: 'person', personId: 'p-wu-tong', organisationId: 'org-qingling', principals: ['person:p-wu-tong'] };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const doors = new Map<string, MemoryDoor>();
const played = new Set<string>();
const jobs = new Map<string, JobScript>();
let temporal: TestWorker;

beforeAll(async () => {
  const live = recorders(doors, { job: (input, attempt) => jobs.get(input.instanceId)?.(input, attempt) ?? Promise.resolve({}) });
  const playback = recorders(doors, { isPlayback: true });
  const of = (instanceId: string): InstanceActivities => (played.has(instanceId) ? playback : live);
  temporal = await aTestWorker({
    activities: {
      fireTimer: (input) => of(input.instanceId).fireTimer(input),
      runJob: (input) => of(input.instanceId).runJob(input),
      offerJob: (input) => of(input.instanceId).offerJob(input),
      completeJob: (input) => of(input.instanceId).completeJob(input),
      failJob: (input) => of(input.instanceId).failJob(input),
      seal: (input) => of(input.instanceId).seal(input),
    },
    // Histories as they really are; a graph that is stored nowhere is encrypted like the rest.
    codec: new InstanceCodec({
      keys: { find: async () => KEY },
      definitions: { graphText: async () => Promise.reject(new Error('not stored')) },
    }),
  });
});
afterAll(() => temporal.stop());

interface Running {
  readonly door: MemoryDoor;
  readonly handle: WorkflowHandle<() => Promise<InstanceResult>>;
  readonly firstRunId: string;
}

async function run(
  door: MemoryDoor,
  { isPlayback = false, limits, job }: { readonly isPlayback?: boolean; readonly limits?: RunLimits; readonly job?: JobScript } = {},
): Promise<Running> {
  doors.set(door.instanceId, door);
  if (isPlayback) played.add(door.instanceId);
  if (job) jobs.set(door.instanceId, job);
  const argument: InstanceArgument = { instanceId: door.instanceId, salt: door.salt, semantics: SEMANTICS, ...(limits && { limits }) };
  const handle = await temporal.client.workflow.start<() => Promise<InstanceResult>>(door.graph.key, {
    workflowId: door.instanceId,
    taskQueue: temporal.taskQueue,
    args: [{ graphHash: '0'.repeat(64), graph: door.graph }, argument] as never,
  });
  // Without the run: updates go to whichever run is the current one.
  const current = temporal.client.workflow.getHandle<() => Promise<InstanceResult>>(door.instanceId);
  door.follow(current);
  return { door, handle: current, firstRunId: handle.firstExecutionRunId };
}

/** An instance of a small diagram that began so long ago. */
async function started(
  graph: ProcessGraph,
  { agoMs = 0, ...options }: { readonly agoMs?: number } & Parameters<typeof run>[1] = {},
): Promise<Running> {
  const door = new MemoryDoor(graph);
  door.submit(
    PERSON,
    { type: 'start', instanceId: door.instanceId, processId: 'p', variables: {} },
    new Date(Date.now() - agoMs).toISOString(),
  );
  const running = await run(door, options);
  // A timer that is due at once may have brought the next step already.
  expect(await door.tell()).toMatchObject({ kind: 'confirmed' });
  return running;
}

const taskId = (door: MemoryDoor, elementId: string): string =>
  Object.values(door.state?.tasks ?? {}).find((task) => task.elementId === elementId)?.taskId ?? `no task on ${elementId}`;
const complete = (door: MemoryDoor, elementId: string) =>
  door.submit(PERSON, { type: 'task.complete', taskId: taskId(door, elementId), facts: {} });
const comment = (door: MemoryDoor) => door.submit(PERSON, { type: 'comment', text: CANARY, mentions: [], fileIds: [] });
const eventTypes = (door: MemoryDoor): readonly string[] => door.steps.flatMap((step) => step.events.map((event) => event.type));
const update = ({ handle }: Running, { name, ...batch }: ReturnType<MemoryDoor['batch']>): Promise<BatchAnswer> =>
  handle.executeUpdate<BatchAnswer, [StepBatch]>(name, { args: [batch] });
const callsOf = (door: MemoryDoor, name: keyof InstanceActivities) => door.calls.filter((call) => call.name === name);

/** A consult as a scenario tells it, with a patient's name among its facts. */
async function aConsult(name: string): Promise<{ readonly door: MemoryDoor; readonly commands: readonly Command[] }> {
  const { door, commands } = await playedScenario('consult', name);
  const [first, ...rest] = commands;
  if (first?.type !== 'start') throw new Error('A scenario begins with its start.');
  return { door, commands: [{ ...first, variables: { ...first.variables, remark: CANARY } }, ...rest] };
}

describe('a consult', () => {
  it('is walked from its application to the seal, and its history reads as the loop', async () => {
    const { door, commands } = await aConsult('01-happy-path');
    const running = await run(door, { isPlayback: true });
    const details: string[] = [];
    for (const command of commands) {
      door.append(command);
      expect(await door.tell()).toEqual({ kind: 'confirmed', seq: door.steps.length, hash: door.hash });
      if (command.type === 'start') details.push(await currentDetails(running));
    }
    const result = await running.handle.result();
    expect(result).toEqual({ lastSeq: door.steps.length, lastHash: door.hash, result: 'closed' });
    const seals = callsOf(door, 'seal');
    expect(seals).toEqual([
      {
        name: 'seal',
        input: {
          instanceId: door.instanceId,
          runIds: [running.firstRunId],
          lastSeq: result.lastSeq,
          lastHash: result.lastHash,
        },
      },
    ]);
    details.push(await currentDetails(running));

    const history = await historyOf(temporal.client, door.instanceId);
    const walked = updateNames(history).filter((name, index, names) => name !== names[index - 1]);
    expect(walked).toEqual(PHASES);
    expect(details[0]).toContain('审核 Review waits for role:manager@org-lead');
    expect(details[0]).toContain('- [ ] quality');
    expect(details[1]).toContain('**closed**');
    expect(details[1]).not.toContain('- [ ]');
    expect(summariesOf(history).some((summary) => summary.includes('审核 Review: reminder'))).toBe(true);
    expect(historyContains(history, CANARY)).toBe(false);
    expect(historyContains(history, 'p-wu-tong')).toBe(false);
    expect(details.join()).not.toMatch(/p-wu-tong|p-he-jing|金丝雀/);
  });

  it('seals nothing while it goes on', async () => {
    const { door, commands } = await aConsult('01-happy-path');
    const { handle } = await run(door, { isPlayback: true });
    for (const command of commands.slice(0, -1)) door.append(command);
    await door.tell(20);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    expect(callsOf(door, 'seal')).toEqual([]);
  });

  it('that ends early is sealed with how it ended', async () => {
    const { door, commands } = await aConsult('06-reject');
    const { handle } = await run(door, { isPlayback: true });
    for (const command of commands) door.append(command);
    await door.tell(20);
    expect(await handle.result()).toMatchObject({ result: 'rejected' });
    expect(callsOf(door, 'seal')).toHaveLength(1);
  });

  it('continues as new as often as it must, and loses nothing on the way', async () => {
    const { door, commands } = await aConsult('01-happy-path');
    const { handle } = await run(door, { isPlayback: true, limits: { historyEventsMax: 4_000, updatesMax: 4 } });
    for (const command of commands) {
      door.append(command);
      expect(await door.tell()).toMatchObject({ kind: 'confirmed', seq: door.steps.length, hash: door.hash });
    }
    expect(await handle.result()).toEqual({ lastSeq: door.steps.length, lastHash: door.hash, result: 'closed' });
    const [seal] = callsOf(door, 'seal');
    const runIds = seal?.name === 'seal' ? seal.input.runIds : [];
    expect(runIds.length).toBeGreaterThan(3);
    expect(new Set(runIds).size).toBe(runIds.length);
    for (const runId of runIds) expect(historyContains(await historyOf(temporal.client, door.instanceId, runId), CANARY)).toBe(false);
  });
});

describe('a long instance', () => {
  it('goes over to many runs with timers, jobs and a boundary event, and nothing is lost, doubled or too long', async () => {
    const rounds = 10;
    const limits = { historyEventsMax: 4_000, updatesMax: 4 };
    const door = new MemoryDoor(await longLife());
    let done = 0;
    const job: JobScript = async () => {
      done += 1;
      return { goOn: done < rounds };
    };
    const { handle } = await run(door, { limits, job });
    const lived = await live(door, { client: temporal.client, handle, rounds });
    expect(findingsOf(door, lived, { rounds, limits })).toEqual([]);
    expect(lived.runs.length).toBeGreaterThan(6);
  }, 180_000);

  it('that is told anew from its journal starts no job in a run that knows only half of it', async () => {
    const graph = await smallGraph(`${startEvent}${serviceTask('call')}${userTask('ask')}${endEvent()}`, 'start > call > ask > end');
    const door = new MemoryDoor(graph);
    door.submit(PERSON, { type: 'start', instanceId: door.instanceId, processId: 'p', variables: {} });
    for (let count = 0; count < 4; count += 1) comment(door);
    const [effectId = ''] = Object.keys(door.state?.jobs ?? {});
    door.submit({ kind: 'system', name: 'job' }, { type: 'job.complete', effectId, variables: {} });
    // A run of two updates ends where the job seems to be wanted, and the next one waits for the rest.
    const running = await run(door, { limits: { historyEventsMax: 4_000, updatesMax: 2 } });
    const { handle, firstRunId } = running;
    for (const seq of [1, 2]) expect(await update(running, door.batch(seq, seq))).toMatchObject({ kind: 'confirmed', seq });
    await until('the next run has begun', async () => {
      const { runId } = await handle.describe();
      const history = await historyOf(temporal.client, door.instanceId, runId);
      return runId !== firstRunId && countEvents(history, 'workflowTaskCompletedEventAttributes') === 1;
    });
    expect(await door.tell(20)).toMatchObject({ kind: 'confirmed', seq: 6 });
    complete(door, 'ask');
    await door.tell();
    await handle.result();
    expect(callsOf(door, 'runJob')).toEqual([]);
  });
});

async function currentDetails({ handle }: Running): Promise<string> {
  const { currentDetails: details } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return details;
}

describe('a timer', () => {
  it('is armed to its absolute due time, not to its length', async () => {
    const graph = await smallGraph(`${startEvent}${timerCatch('wait', 'PT1H')}${endEvent()}`, 'start > wait > end');
    const { door, handle } = await started(graph, { agoMs: HOUR_MS - 5_000 });
    await handle.result();
    const [armed = 0, ...others] = timerSeconds(await historyOf(temporal.client, door.instanceId));
    expect(armed).toBeGreaterThan(0);
    expect(armed).toBeLessThanOrEqual(5);
    expect(others).toEqual([]);
    const due = door.steps[0]?.events.find((event) => event.type === 'timer.scheduled');
    expect(due?.type === 'timer.scheduled' && Date.now() >= Date.parse(due.due)).toBe(true);
    expect(callsOf(door, 'fireTimer')).toHaveLength(1);
  });

  it('whose time has passed is reported at once', async () => {
    const graph = await smallGraph(`${startEvent}${timerCatch('wait', 'PT1H')}${endEvent()}`, 'start > wait > end');
    const { door, handle } = await started(graph, { agoMs: 2 * HOUR_MS });
    expect(await handle.result()).toMatchObject({ lastSeq: 2 });
    expect(timerSeconds(await historyOf(temporal.client, door.instanceId))).toEqual([]);
  });

  it('is cancelled when nothing wants it any more', async () => {
    const graph = await smallGraph(
      `${startEvent}${userTask('ask', { deadline: 'PT8H', deadlineClock: 'elapsed', remindAt: '50' })}${endEvent()}`,
      'start > ask > end',
    );
    const { door, handle } = await started(graph);
    complete(door, 'ask');
    await door.tell();
    await handle.result();
    const history = await historyOf(temporal.client, door.instanceId);
    expect(countEvents(history, 'timerStartedEventAttributes')).toBe(1);
    expect(countEvents(history, 'timerCanceledEventAttributes')).toBe(1);
    expect(callsOf(door, 'fireTimer')).toEqual([]);
  });

  it('that interrupts a task ends the wait for the task’s own deadline', async () => {
    const graph = await smallGraph(
      `${startEvent}${userTask('ask', { deadline: 'PT8H', deadlineClock: 'elapsed' })}${timerBoundary('late', 'ask', 'PT1H')}${userTask('other')}${endEvent()}`,
      'start > ask > end',
      'late > other > end',
    );
    const { door } = await started(graph, { agoMs: HOUR_MS - 500 });
    await until('the boundary event fires', () => eventTypes(door).includes('timer.fired') && door.told === 2);
    expect(Object.values(door.state?.tasks ?? {}).map((task) => task.elementId)).toEqual(['other']);
    await until('the deadline’s timer is cancelled', async () => {
      const history = await historyOf(temporal.client, door.instanceId);
      return countEvents(history, 'timerCanceledEventAttributes') === 1;
    });
  });

  it('of a task reminds step by step until it is overdue, one durable wait at a time', async () => {
    const graph = await smallGraph(
      `${startEvent}${userTask('ask', { deadline: 'PT10H', deadlineClock: 'elapsed', remindAt: '50,80' })}${endEvent()}`,
      'start > ask > end',
    );
    const { door } = await started(graph, { agoMs: 10 * HOUR_MS - 6_000 });
    await until('the task is overdue', () => eventTypes(door).includes('task.overdue'));
    expect(eventTypes(door).filter((type) => type.startsWith('task.'))).toEqual([
      'task.created',
      'task.reminded',
      'task.reminded',
      'task.overdue',
    ]);
    await until('the workflow knows', () => door.told === door.steps.length);
    const history = await historyOf(temporal.client, door.instanceId);
    // Both reminders were late already: only the deadline was waited for.
    expect(countEvents(history, 'timerStartedEventAttributes')).toBe(1);
    expect(callsOf(door, 'fireTimer')).toHaveLength(3);
  });

  it('that was reported is not armed again while its step has not come', async () => {
    const graph = await smallGraph(`${startEvent}${timerCatch('wait', 'PT1H')}${endEvent()}`, 'start > wait > end');
    const { door } = await started(graph, { agoMs: 2 * HOUR_MS, isPlayback: true });
    await until('the timer is reported', () => callsOf(door, 'fireTimer').length === 1);
    for (let count = 0; count < 3; count += 1) comment(door);
    await door.tell();
    expect(callsOf(door, 'fireTimer')).toHaveLength(1);
  });
});

describe('an Update', () => {
  const aTask = () => smallGraph(`${startEvent}${userTask('ask')}${endEvent()}`, 'start > ask > end');

  it('with a gap before it is answered with the last step held', async () => {
    const running = await started(await aTask());
    const { door } = running;
    for (let count = 0; count < 3; count += 1) comment(door);
    expect(await update(running, door.batch(4))).toEqual({ kind: 'gap', seq: 1 });
    expect(await update(running, door.batch(2))).toEqual({ kind: 'confirmed', seq: 4, hash: door.hash });
  });

  it('that comes again changes nothing and is confirmed again', async () => {
    const running = await started(await aTask());
    const { door } = running;
    for (let count = 0; count < 3; count += 1) comment(door);
    const confirmed = { kind: 'confirmed', seq: 4, hash: door.hash };
    for (const from of [1, 1, 2, 3, 4]) expect(await update(running, door.batch(from))).toEqual(confirmed);
    expect(await update(running, door.batch(1, 2))).toEqual(confirmed);
  });

  it('that brings another step for a seq held is a divergence', async () => {
    const running = await started(await aTask());
    const { door } = running;
    comment(door);
    await door.tell();
    const held = door.batch(2);
    const other = { ...held, steps: held.steps.map((step) => ({ ...step, hash: 'f'.repeat(64) })) };
    expect(await update(running, other)).toMatchObject({ kind: 'diverged', seq: 2, expected: 'f'.repeat(64), found: door.hash });
    comment(door);
    expect(await update(running, { ...door.batch(3), previousHash: 'e'.repeat(64) })).toMatchObject({
      kind: 'diverged',
      seq: 2,
      found: door.steps[1]?.hash,
    });
    expect(await update(running, door.batch(3))).toMatchObject({ kind: 'confirmed', seq: 3 });
  });

  it('whose step comes out differently here is a divergence and is not applied', async () => {
    const running = await started(await aTask());
    const { door } = running;
    comment(door);
    const good = door.batch(2);
    const [step] = good.steps;
    if (step?.command.type !== 'comment') throw new Error('The step is a comment.');
    const changed = { ...good, steps: [{ ...step, command: { ...step.command, text: 'something else' } }] };
    expect(await update(running, changed)).toMatchObject({ kind: 'diverged', seq: 2, expected: door.hash, detail: 'another hash' });
    expect(await update(running, good)).toEqual({ kind: 'confirmed', seq: 2, hash: door.hash });
  });

  it('whose command core refuses here is a divergence', async () => {
    const running = await started(await aTask());
    const { door } = running;
    comment(door);
    const good = door.batch(2);
    const refused: Command = {
      id: randomUUID(),
      at: new Date().toISOString(),
      zone: 'UTC',
      actor: PERSON,
      type: 'task.claim',
      taskId: '99',
    };
    expect(await update(running, { ...good, steps: [{ command: refused, hash: door.hash }] })).toMatchObject({
      kind: 'diverged',
      detail: 'refused: unknown-task',
    });
  });

  it.each([
    ['nothing', undefined],
    ['what is left of an erased payload', { erased: true }],
    ['steps that are none', { fromSeq: 2, steps: [{}], isBehind: false }],
  ])('that carries %s is answered and stops nothing', async (_name, argument) => {
    const running = await started(await aTask());
    const { door, handle } = running;
    expect(await handle.executeUpdate('apply', { args: [argument] })).toMatchObject({ kind: 'diverged' });
    comment(door);
    expect(await door.tell()).toMatchObject({ kind: 'confirmed', seq: 2 });
  });

  it('with more to follow starts nothing yet', async () => {
    const graph = await smallGraph(`${startEvent}${timerCatch('wait', 'PT1H')}${endEvent()}`, 'start > wait > end');
    const door = new MemoryDoor(graph);
    const at = new Date(Date.now() - 2 * HOUR_MS).toISOString();
    door.submit(PERSON, { type: 'start', instanceId: door.instanceId, processId: 'p', variables: {} }, at);
    const [wait] = Object.keys(door.state?.timers ?? {});
    door.submit({ kind: 'system', name: 'timer' }, { type: 'timer.fire', effectId: wait ?? '' });
    const { handle } = await run(door);
    await door.tell(1);
    await handle.result();
    expect(callsOf(door, 'fireTimer')).toEqual([]);
  });
});

describe('a job', () => {
  const aJob = (retries = 3) => smallGraph(`${startEvent}${serviceTask('call', { retries })}${endEvent()}`, 'start > call > end');

  it('runs once, and its outcome comes back as a step', async () => {
    const { door, handle } = await started(await aJob(), { job: async () => ({ answer: 42 }) });
    await handle.result();
    expect(door.calls.map((call) => call.name)).toEqual(['runJob', 'completeJob', 'seal']);
    expect(door.steps[1]?.command).toMatchObject({ type: 'job.complete', variables: { answer: 42 } });
  });

  it('that fails is tried again, as often as the diagram says', async () => {
    const { door, handle } = await started(await aJob(3), {
      job: async (_input, attempt) => {
        if (attempt < 3) throw new Error(`no answer for ${CANARY}`);
        return {};
      },
    });
    await handle.result();
    expect(callsOf(door, 'runJob')).toHaveLength(3);
    expect(callsOf(door, 'failJob')).toEqual([]);
    expect(historyContains(await historyOf(temporal.client, door.instanceId), CANARY)).toBe(false);
  });

  it('that fails for good is an incident, and runs again under a new id when an operator retries it', async () => {
    let isMended = false;
    const { door, handle } = await started(await aJob(1), {
      job: async () => {
        if (!isMended) throw new Error('The laboratory refuses.');
        return {};
      },
    });
    const incident = await until('the incident is raised', () => Object.values(door.state?.incidents ?? {})[0]);
    expect(incident).toMatchObject({ code: 'job-failed', message: 'The laboratory refuses.' });
    isMended = true;
    door.submit(PERSON, { type: 'incident.retry', incidentId: incident.incidentId });
    await door.tell();
    await handle.result();
    const ids = callsOf(door, 'runJob').map((call) => call.name === 'runJob' && call.input.effectId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('that runs for long keeps no timer waiting, but from some point on other jobs', async () => {
    const graph = await smallGraph(
      `${startEvent}<bpmn:parallelGateway id="fork" />${serviceTask('long')}${userTask('ask')}${timerBoundary('late', 'ask', 'PT1H')}${userTask('other')}${serviceTask('call')}${endEvent()}`,
      'start > fork > long > end',
      'fork > ask > end',
      'late > other > call > end',
    );
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let ran = 0;
    const { door, handle, firstRunId } = await started(graph, {
      limits: { historyEventsMax: 4_000, updatesMax: 2 },
      agoMs: HOUR_MS - 2_000,
      job: async () => {
        ran += 1;
        if (ran === 1) await held;
        return {};
      },
    });
    await until('the long job runs', () => ran === 1);
    comment(door);
    await door.tell();
    await until(
      'the boundary event fires in the full run',
      () => eventTypes(door).includes('timer.fired') && door.told === door.steps.length,
    );
    complete(door, 'other');
    await door.tell();
    comment(door);
    await door.tell();
    expect((await handle.describe()).runId).toBe(firstRunId);
    expect(ran).toBe(1);
    release();
    await until('the other job runs in the next run', () => ran === 2);
    await handle.result();
    expect(callsOf(door, 'runJob')).toHaveLength(2);
    expect(callsOf(door, 'completeJob')).toHaveLength(2);
  });

  it('that runs when the run is full is waited for, and its outcome is not asked for twice', async () => {
    const graph = await smallGraph(
      `${startEvent}<bpmn:parallelGateway id="fork" />${serviceTask('call')}${userTask('ask', { deadline: 'PT8H', deadlineClock: 'elapsed' })}<bpmn:parallelGateway id="join" />${endEvent()}`,
      'start > fork > call > join > end',
      'fork > ask > join',
    );
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { door, handle, firstRunId } = await started(graph, {
      limits: { historyEventsMax: 4_000, updatesMax: 3 },
      job: async () => {
        await held;
        return {};
      },
    });
    await until('the job runs', () => callsOf(door, 'runJob').length === 1);
    for (let count = 0; count < 4; count += 1) {
      comment(door);
      await door.tell();
    }
    expect((await handle.describe()).runId).toBe(firstRunId);
    release();
    await until('a new run goes on', async () => (await handle.describe()).runId !== firstRunId);
    complete(door, 'ask');
    await door.tell();
    expect(await handle.result()).toMatchObject({ result: 'completed' });
    expect(callsOf(door, 'runJob')).toHaveLength(1);
    expect(callsOf(door, 'completeJob')).toHaveLength(1);
  });
});

describe.each([
  ['referral', '01-happy-path', 'closed'],
  ['referral', '36-cancel-before-treatment', 'canceled'],
  ['referral', '41-emergency', 'closed'],
  ['follow-up', '01-happy-path', 'closed'],
  ['follow-up', '03-lost', 'lost'],
])('the %s of the scenario %s', (flow, scenario, result) => {
  it(`is walked to the seal: ${result}`, async () => {
    const { door, commands } = await playedScenario(flow, scenario);
    const { handle } = await run(door, { isPlayback: true });
    for (const command of commands) {
      door.append(command);
      expect(await door.tell()).toEqual({ kind: 'confirmed', seq: door.steps.length, hash: door.hash });
    }
    expect(await handle.result()).toMatchObject({ result });
    expect(callsOf(door, 'seal')).toHaveLength(1);
  });
});
