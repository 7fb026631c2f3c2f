/** One instance over months, in minutes (P17). `CHAOS_COMMANDS=20000 npm run chaos -- long` takes a quarter of an hour. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEMANTICS } from '#core/process/semantics.ts';
import { LIMITS } from '#workflows/carry-over.ts';
import type { InstanceArgument, InstanceResult, RunLimits } from '#workflows/messages.ts';
import { findingsOf, live, longLife, ROUND_STEPS } from '../support/long-instance.ts';
import { MemoryDoor, recorders } from '../support/memory-door.ts';
import { type Foundation, startFoundation } from '../support/stack.ts';
import { aTestWorker, type TestWorker } from '../support/temporal-worker.ts';

const COMMANDS = Number(process.env.CHAOS_COMMANDS ?? 400);
const ROUNDS = Math.ceil(COMMANDS / ROUND_STEPS);
/** As in production for 20,000; for fewer so small that there are as many runs. */
const limits: RunLimits = { ...LIMITS, updatesMax: Math.min(LIMITS.updatesMax, COMMANDS / 20) };

const doors = new Map<string, MemoryDoor>();
let foundation: Foundation;
let temporal: TestWorker;
let jobsDone = 0;

beforeAll(async () => {
  foundation = await startFoundation();
  const job = async () => {
    jobsDone += 1;
    return { goOn: jobsDone < ROUNDS };
  };
  temporal = await aTestWorker({
    activities: recorders(doors, { job }),
    server: { address: foundation.temporalAddress, namespace: foundation.namespace, taskQueue: 'long' },
  });
});
afterAll(async () => {
  await temporal?.stop();
  await foundation?.stop();
});

test('one instance takes as many commands as it is given, and no run of it grows too long', async () => {
  const door = new MemoryDoor(await longLife());
  doors.set(door.instanceId, door);
  const argument: InstanceArgument = { instanceId: door.instanceId, salt: door.salt, semantics: SEMANTICS, limits };
  await temporal.client.workflow.start(door.graph.key, {
    workflowId: door.instanceId,
    taskQueue: temporal.taskQueue,
    args: [{ graphHash: '0'.repeat(64), graph: door.graph }, argument] as never,
  });
  const handle = temporal.client.workflow.getHandle<() => Promise<InstanceResult>>(door.instanceId);
  door.follow(handle);
  const began = Date.now();
  const lived = await live(door, { client: temporal.client, handle, rounds: ROUNDS });
  expect(findingsOf(door, lived, { rounds: ROUNDS, limits })).toEqual([]);
  const events = lived.runs.map((run) => run.events);
  const updates = lived.runs.map((run) => run.updates);
  console.log(
    `${door.steps.length} steps in ${lived.runs.length} runs and ${Math.round((Date.now() - began) / 1_000)} s; ` +
      `at most ${Math.max(...events)} events and ${Math.max(...updates)} updates a run`,
  );
}, 3_600_000);
