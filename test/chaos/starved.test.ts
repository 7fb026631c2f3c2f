/** Worker and Temporal get a twentieth of the processor: what they are asked takes longer than anybody waits for it, and is done all the same. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aReferral } from '../support/referral.ts';
import { type Stack, startStack } from '../support/stack.ts';
import type { StackPart } from '../support/stack-part.ts';
import { type StackWorld, stackWorld } from '../support/stack-world.ts';
import { unsettledAfter } from './auditor.ts';

const INSTANCES = 40;
const RUNS_MS = 10;
const STANDS_STILL_MS = 190;
const SETTLED_WITHIN_MS = 240_000;

let stack: Stack;
let world: StackWorld;

beforeAll(async () => {
  stack = await startStack({ workers: 0 });
  world = stackWorld(stack);
  for (let count = 0; count < INSTANCES; count += 1) await aReferral(world);
  await stack.addWorker();
}, 300_000);

afterAll(async () => {
  await world?.stop();
  await stack?.stop();
});

test('every step is confirmed, though retries could take all the time that there is', async () => {
  const starving = starve([stack.temporal, ...stack.workers]);
  try {
    expect(await unsettledAfter(stack.ownerUrl, SETTLED_WITHIN_MS)).toEqual([]);
  } finally {
    await starving.end();
  }
});

/** Lets these processes run for a moment at a time. */
function starve(parts: readonly StackPart[]): { readonly end: () => Promise<void> } {
  let isOver = false;
  const going = (async () => {
    while (!isOver) {
      for (const part of parts) part.pause();
      await sleep(STANDS_STILL_MS);
      for (const part of parts) part.resume();
      await sleep(RUNS_MS);
    }
  })();
  return {
    async end() {
      isOver = true;
      await going;
    },
  };
}
