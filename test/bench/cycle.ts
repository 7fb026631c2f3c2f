/** A reporting cycle over the 1,021 hospitals of the national sample: how long its opening takes, and what others feel of it meanwhile. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { importNationalNetwork } from '#bin/seed/import.ts';
import { NATIONAL_ORGANISATIONS } from '#bin/seed/national.ts';
import { lastPeriodBefore } from '#core/quality/period.ts';
import { openDatabase } from '#db/database.ts';
import { aSet } from '../support/quality.ts';
import type { Stack } from '../support/stack.ts';
import { measureLoop, measureOffered } from './loop.ts';
import { signInPeople } from './people.ts';
import { type Percentiles, shown } from './statistics.ts';
import type { Store } from './store.ts';

const STEPS_PER_SECOND = 10;
const SECONDS = 15;
const LOOK_MS = 50;
const PATIENCE_MS = 600_000;
const HOSPITALS = NATIONAL_ORGANISATIONS.length;
const SET = 'prompt';

export async function measureCycle(stack: Stack, store: Store, say: (text?: string) => void): Promise<void> {
  const db = openDatabase({ url: stack.databaseUrl, connectionsMax: 2, applicationName: 'bench' });
  await importNationalNetwork(db);
  // Of this month's days none is over.
  await aSet(
    { db },
    SET,
    { dueDays: 60, lockDays: 90, feedbackDays: 90 },
    NATIONAL_ORGANISATIONS.map(({ id }) => id),
  );
  await db.destroy();
  const people = await signInPeople(stack);
  await measureLoop(people, { users: 4, instances: 20 });
  const alone = await measureOffered(people, { stepsPerSecond: STEPS_PER_SECOND, seconds: SECONDS });

  const rows = new pg.Client({ connectionString: stack.ownerUrl });
  await rows.connect();
  const before = await store.bytes();
  const offered: Percentiles[] = [];
  let isOpening = true;
  const others = (async () => {
    while (isOpening) offered.push((await measureOffered(people, { stepsPerSecond: STEPS_PER_SECOND, seconds: SECONDS })).visible);
  })();
  const began = performance.now();
  const { half, opened } = await openedWithAKill(stack, rows, began).finally(() => {
    isOpening = false;
    return others;
  });
  const confirmed = await untilConfirmed(store, began);
  const { rows: counted } = await rows.query<{ instances: string; organisations: string }>(
    `select count(*) as instances, count(distinct organisation_id) as organisations from instance where service_key = 'quality-report'`,
  );
  await rows.end();
  const bytes = (await store.bytes()) - before;
  say('\nA cycle over 1,021 hospitals, the worker killed in the middle and the cycle opened twice');
  say(`reports open for ${counted[0]?.organisations} hospitals, ${counted[0]?.instances} in all`);
  say(`half after ${half.toFixed(1)} s, all after ${opened.toFixed(1)} s, followed by Temporal after ${confirmed.toFixed(1)} s`);
  say(
    `for each hospital ${((opened * 1000) / HOSPITALS).toFixed(1)} ms and ${(bytes / HOSPITALS / 1024).toFixed(1)} KB (what others did meanwhile included)`,
  );
  say(`others at ${STEPS_PER_SECOND} steps/s, complete → visible in the next inbox, ms p50 / p95 / p99: alone ${shown(alone.visible)}`);
  for (const visible of offered) say(`   while it opens ${shown(visible)}`);
}

/** Seconds until half of the reports, and all of them, are open. */
async function openedWithAKill(stack: Stack, rows: pg.Client, began: number): Promise<{ readonly half: number; readonly opened: number }> {
  await open(stack);
  const half = await until(rows, HOSPITALS / 2, began);
  // In the middle the worker dies and comes back, and somebody opens the same cycle again.
  await stack.workers[0]?.kill();
  await stack.workers[0]?.start();
  await open(stack);
  return { half, opened: await until(rows, HOSPITALS, began) };
}

async function open(stack: Stack): Promise<void> {
  const client = await stack.signIn('tangmin');
  const period = lastPeriodBefore('month', new Date().toISOString().slice(0, 10)).code;
  await client.post('/api/quality/cycles', { commandId: randomUUID(), set: SET, period });
}

/** Seconds since it began. */
async function until(rows: pg.Client, count: number, began: number): Promise<number> {
  for (;;) {
    const { rows: found } = await rows.query<{ count: string }>(`select count(*) from started_instance`);
    if (Number(found[0]?.count) >= count) return (performance.now() - began) / 1000;
    if (performance.now() - began > PATIENCE_MS) throw new Error(`${found[0]?.count} of ${count} reports are open.`);
    await sleep(LOOK_MS);
  }
}

async function untilConfirmed(store: Store, began: number): Promise<number> {
  while ((await store.count()).unconfirmedSteps > 0) await sleep(LOOK_MS);
  return (performance.now() - began) / 1000;
}
