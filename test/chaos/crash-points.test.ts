/** The moments of `protocol.md`, "Crash points to test", one by one: a worker dies exactly there, another takes over. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CROWD, Load } from '../load/load.ts';
import { Random } from '../load/random.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { audit, untilSettled } from './auditor.ts';
import { CRASH_POINTS } from './crash-points.ts';
import { preload } from './preload.ts';

const REACHED_WITHIN_MS = 90_000;
const PATIENCE_MS = 20_000;
/** An activity whose worker died is tried again after its time-out of thirty seconds. */
const SETTLED_WITHIN_MS = 120_000;

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ workers: 0, workflowCacheSize: 20 });
}, 300_000);

afterAll(() => stack?.stop());

describe('nothing is lost or doubled when a worker dies', () => {
  test.each(CRASH_POINTS)('%s', async (point) => {
    const load = new Load({ baseUrl: stack.baseUrl, random: new Random(1), people: CROWD, instancesMax: 6, detours: 0 });
    const doomed = await stack.addWorker(preload('crash-point.mjs', { CRASH_POINT: point, CRASH_AFTER_PASSINGS: '1' }));
    load.start();
    const ending = await Promise.race([doomed.gone(), sleep(REACHED_WITHIN_MS, null)]);
    const heir = await stack.addWorker();
    await sleep(2_000);
    await load.stop();
    const isSettled = await untilSettled(stack.ownerUrl, SETTLED_WITHIN_MS);
    const report = await audit({ ...stack, operations: load.operations, patienceMs: PATIENCE_MS });
    await heir.stop();
    expect({ killedBy: ending?.signal, isSettled, findings: report.findings }).toEqual({
      killedBy: 'SIGKILL',
      isSettled: true,
      findings: [],
    });
  });
});
