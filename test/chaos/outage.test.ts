/** While Temporal is away, people go on working; what they did is confirmed when it is back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CROWD, Load } from '../load/load.ts';
import { Random } from '../load/random.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type AuditReport, audit, unsettledAfter } from './auditor.ts';

const AWAY_MS = 60_000;
const PATIENCE_MS = 20_000;
const SETTLED_WITHIN_MS = 120_000;

let stack: Stack;
let load: Load;
let report: AuditReport;
let unsettled: readonly string[];
let acceptedWhileAway = 0;

beforeAll(async () => {
  stack = await startStack();
  load = new Load({ baseUrl: stack.baseUrl, random: new Random(7), people: CROWD, instancesMax: 40, paceMs: [50, 200] });
  load.start();
  await sleep(3_000);
  await stack.temporal.kill();
  const before = load.count('accepted');
  await sleep(AWAY_MS);
  acceptedWhileAway = load.count('accepted') - before;
  await stack.temporal.start();
  await sleep(2_000);
  await load.stop();
  unsettled = await unsettledAfter(stack.ownerUrl, SETTLED_WITHIN_MS);
  report = await audit({ ...stack, operations: load.operations, patienceMs: PATIENCE_MS });
}, 400_000);

afterAll(() => stack?.stop());

test('people go on working for the minute that Temporal is away', () => {
  expect(acceptedWhileAway).toBeGreaterThan(50);
});

test('nobody waits for it: every command is answered at the first attempt', () => {
  expect(load.operations.filter(({ attempts }) => attempts > 1)).toEqual([]);
});

test('everything is confirmed and sealed afterwards, and nothing is lost', () => {
  expect(unsettled).toEqual([]);
  expect(report.findings).toEqual([]);
});
