/** Workers and web whose clocks stand ten minutes apart: time comes from the database's clock and from Temporal's, never from theirs (P1). */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CROWD, Load } from '../load/load.ts';
import { Random } from '../load/random.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type AuditReport, audit, unsettledAfter } from './auditor.ts';
import { preload } from './preload.ts';

const FIVE_MINUTES_MS = 300_000;

let stack: Stack;
let load: Load;
let report: AuditReport;
let beganAt: number;

beforeAll(async () => {
  beganAt = Date.now();
  stack = await startStack({
    workers: 0,
    workflowCacheSize: 5,
    env: preload('shifted-clock.mjs', { CLOCK_SHIFT_MS: String(FIVE_MINUTES_MS) }),
  });
  await stack.addWorker({ CLOCK_SHIFT_MS: String(FIVE_MINUTES_MS) });
  await stack.addWorker({ CLOCK_SHIFT_MS: String(-FIVE_MINUTES_MS) });
  load = new Load({ baseUrl: stack.baseUrl, random: new Random(11), people: CROWD, instancesMax: 10 });
  load.start();
  await sleep(20_000);
  await load.stop();
  expect(await unsettledAfter(stack.ownerUrl, 60_000)).toEqual([]);
  report = await audit({ ...stack, operations: load.operations, patienceMs: 20_000 });
}, 400_000);

afterAll(() => stack?.stop());

test('every step is confirmed all the same', () => {
  expect(load.count('accepted')).toBeGreaterThan(50);
  expect(report.findings).toEqual([]);
});

test('steps are dated by the database: none before the test, none after it', async () => {
  const auditor = await stack.signIn('yezhou');
  const started = load.operations.find(({ kind, result }) => kind === 'start' && result === 'accepted');
  const { steps } = await auditor.get<{ readonly steps: readonly { readonly at: string }[] }>(`/api/audit/${started?.instanceId}`);
  for (const { at } of steps) {
    expect(Date.parse(at)).toBeGreaterThan(beganAt - 1_000);
    expect(Date.parse(at)).toBeLessThan(Date.now() + 1_000);
  }
});
