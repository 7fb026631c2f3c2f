/**
 * With load on, every part of the product is killed with `kill -9` again and again. Afterwards every acknowledged step is found
 * exactly once in the journal, in the read model and in its workflow's history. A failure prints its seed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CROWD, Load } from '../load/load.ts';
import { Random } from '../load/random.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type AuditReport, audit, unsettledAfter } from './auditor.ts';
import { Nemesis } from './nemesis.ts';

/** Each part dies this often; with CHAOS_ROUNDS for longer than a test has time for. */
const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 5);
const INSTANCES = 12 * ROUNDS;
const PATIENCE_MS = 20_000;
const SETTLED_WITHIN_MS = 180_000;

const random = new Random(Number(process.env.CHAOS_SEED ?? Date.now() % 2 ** 32));
let stack: Stack;
let load: Load;
let nemesis: Nemesis;
let report: AuditReport;

beforeAll(
  async () => {
    process.stdout.write(`  seed ${random.seed} (repeat with CHAOS_SEED)\n`);
    // A small cache, so that workflows are evicted and replayed all the time.
    stack = await startStack({ workers: 2, workflowCacheSize: 5 });
    load = new Load({ baseUrl: stack.baseUrl, random, people: [...CROWD, ...CROWD], instancesMax: INSTANCES });
    nemesis = new Nemesis({ random, pauseMs: [500, 2_500], awayMs: [100, 2_000] });
    load.start();
    await sleep(3_000);
    await nemesis.rampage([stack.web, stack.temporal, stack.postgres, ...stack.workers], ROUNDS);
    await sleep(3_000);
    await load.stop();
    await unsettledAfter(stack.ownerUrl, SETTLED_WITHIN_MS);
    report = await audit({ ...stack, operations: load.operations, patienceMs: PATIENCE_MS });
  },
  300_000 + ROUNDS * 60_000,
);

afterAll(() => stack?.stop());

test('the run was not empty: every part died, and work went on', () => {
  expect(nemesis.strikes).toHaveLength(ROUNDS * (3 + stack.workers.length));
  expect(load.count('accepted')).toBeGreaterThan(INSTANCES * 3);
  const outsideFaults = load.operations.filter(({ attempts }) => attempts === 1);
  expect(outsideFaults.length / load.operations.length).toBeGreaterThan(0.8);
});

test('every acknowledged step is exactly once in journal, read model and confirmed by its workflow', () => {
  expect(report.findings).toEqual([]);
});

test('no command stays without an answer', () => {
  expect(load.operations.filter(({ result }) => result === 'unknown')).toEqual([]);
});
