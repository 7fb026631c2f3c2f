/** The moments of `protocol.md`, "Crash points to test", one after the other: a worker dies exactly there, the next takes over. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CROWD, Load } from '../load/load.ts';
import { Random } from '../load/random.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { audit, unsettledAfter } from './auditor.ts';
import { deployCalls, readCalls, startCalls } from './calls.ts';
import { CRASH_POINTS, type CrashPoint } from './crash-points.ts';
import { preload } from './preload.ts';

/** Slow enough that reminders come due before their instance is closed. */
const PACE_MS = [200, 500] as const;
const REACHED_WITHIN_MS = 120_000;
/** An activity whose worker died is tried again after its time-out of thirty seconds. */
const SETTLED_WITHIN_MS = 180_000;
const PATIENCE_MS = 20_000;
const CALLS = 2;

let stack: Stack;
let load: Load;

beforeAll(async () => {
  stack = await startStack({ workers: 0, workflowCacheSize: 20 });
  await deployCalls(stack);
  load = new Load({ baseUrl: stack.baseUrl, random: new Random(1), people: CROWD, instancesMax: 100, detours: 0, paceMs: PACE_MS });
  load.start();
}, 300_000);

afterAll(() => stack?.stop());

async function dieAt(point: CrashPoint): Promise<void> {
  const doomed = await stack.addWorker(preload('crash-point.mjs', { CRASH_POINT: point, CRASH_AFTER_PASSINGS: '1' }));
  const ending = await Promise.race([doomed.gone(), sleep(REACHED_WITHIN_MS, null)]);
  await doomed.stop();
  expect(ending?.signal).toBe('SIGKILL');
}

describe('with work going on, a worker dies', () => {
  test.each(CRASH_POINTS)('%s', async (point) => {
    // Consults call nothing. More than one passes each point, so that there is one before.
    await startCalls(stack, CALLS);
    await dieAt(point);
  });
});

test('a worker dies between the seal and the end of the workflow, and Temporal with it, so that nobody holds the Update any more', async () => {
  await dieAt('between the seal and the end of the workflow');
  await stack.temporal.kill();
  await stack.temporal.start();
});

test('and afterwards nothing is lost or doubled, and everything is confirmed', async () => {
  await stack.addWorker();
  await load.stop();
  expect(await unsettledAfter(stack.ownerUrl, SETTLED_WITHIN_MS)).toEqual([]);
  const report = await audit({ ...stack, operations: load.operations, patienceMs: PATIENCE_MS });
  expect(report.findings).toEqual([]);
  expect(report.sealed).toBeGreaterThan(0);
});

const CALLED_WITHIN_MS = 120_000;

test('and whoever called a process went on once', async () => {
  // What a worker had just begun when it died is begun again after half a minute (`startToCloseTimeout`).
  await until(
    'every call has come back',
    async () => (await readCalls(stack)).every(({ status }) => status === 'completed'),
    CALLED_WITHIN_MS,
  );
  const calls = await readCalls(stack);
  expect(calls).toHaveLength(CALLS * CRASH_POINTS.length);
  expect(calls.filter(({ called, heard }) => called !== 1 || heard !== 1)).toEqual([]);
});
