/**
 * `npm run bench [-- check core decision form form-page loop offered inbox cycle]`: the real product as real processes, driven over HTTP with sign-in, rights, encryption, chain, live
 * lists, relay and workflows on; beside it, in the same run and on the same store, Temporal alone. Ratios are to be compared, not figures.
 */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { readFlowFolder } from '#bin/flow-folder.ts';
import { ROOT } from '#bin/start/applications.ts';
import { openDatabase } from '#db/database.ts';
import { deploy } from '#engine/deploy.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { measureCheck } from './check.ts';
import { measureCore } from './core.ts';
import { measureCycle } from './cycle.ts';
import { measureDecision } from './decision.ts';
import { startFloor } from './floor/floor.ts';
import { measureForm } from './form.ts';
import { measureFormPage } from './form-page.ts';
import { measureInbox } from './inbox.ts';
import { measureLoop, measureOffered } from './loop.ts';
import { signInPeople } from './people.ts';
import { median, percentiles, shown } from './statistics.ts';
import { Store } from './store.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const USERS = [1, 8, 32];
/** Instances a round for each number of users: enough that the last one on its way to its seal does not count for much. */
const INSTANCES = new Map([
  [1, 20],
  [8, 200],
  [32, 200],
]);

const OFFERED = [10, 25, 50];
const OFFERED_SECONDS = 15;

const wanted = new Set(process.argv.slice(2));
const wants = (part: string): boolean => wanted.size === 0 || wanted.has(part);
const say = (text = ''): void => void process.stdout.write(`${text}\n`);

say(
  `${os.cpus()[0]?.model ?? 'unknown processor'} × ${os.cpus().length}, Node ${process.version}, load ${os.loadavg()[0]?.toFixed(1)}, a turn of an empty loop ${turnOfLoop().toFixed(2)} ns`,
);
if (wants('check')) await measureCheck(say);
if (wants('core')) await measureCore(say);
if (wants('decision')) await measureDecision(say);
if (wants('form')) measureForm(say);
if (['form-page', 'loop', 'offered', 'inbox', 'cycle'].some(wants)) await onStack();

/** Machines that are shared are sometimes half as fast as a minute before: what a figure of this run is to be measured by. */
function turnOfLoop(): number {
  const turns = 200_000_000;
  const times = Array.from({ length: 3 }, () => {
    const began = performance.now();
    let sum = 0;
    for (let turn = 0; turn < turns; turn += 1) sum = (sum + turn) | 0;
    return sum === 1 ? Number.NaN : ((performance.now() - began) * 1e6) / turns;
  });
  return [...times].sort((a, b) => a - b)[1] ?? Number.NaN;
}

async function onStack(): Promise<void> {
  const stack = await startStack({ tell: say });
  try {
    await deployFlow(stack);
    const store = await Store.open(stack.ownerUrl);
    if (wants('form-page')) await measureFormPage(stack, say);
    if (wants('loop')) await loops(stack, store);
    if (wants('offered')) await offered(stack, store);
    if (wants('inbox')) await inboxes(stack);
    if (wants('cycle')) await measureCycle(stack, store, say);
    await store.close();
  } finally {
    await stack.stop();
  }
}

/** Rounds of the product and of the floor take turns, so that both see the same machine. */
async function loops(on: Stack, store: Store): Promise<void> {
  const people = await signInPeople(on);
  const floor = await startFloor(on);
  await measureLoop(people, { users: 4, instances: 8 });
  await floor.measure({ users: 4, instances: 8 });
  await store.untilSettled(120);
  const before = { bytes: await store.bytes(), instances: (await store.count()).instances };
  say(
    '\nFive-step closed loop over HTTP: steps/s · complete → visible in the next inbox, ms p50 / p95 / p99 · until all sealed, s · floor, steps/s · sustained ÷ floor',
  );
  for (const users of USERS) {
    const instances = INSTANCES.get(users) ?? 10;
    const rounds: { steps: number; visible: ReturnType<typeof percentiles>; settled: number; floor: number; ratio: number }[] = [];
    const lags: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      let running = true;
      const watching = (async () => {
        while (running) {
          lags.push(...(await store.lags()));
          await sleep(100);
        }
      })();
      const result = await measureLoop(people, { users, instances });
      const settled = await store.untilSettled(600);
      running = false;
      await watching;
      const bare = await floor.measure({ users, instances });
      const sustained = (instances * 5) / (result.seconds + settled);
      rounds.push({
        steps: result.stepsPerSecond,
        visible: result.visible,
        settled,
        floor: bare.stepsPerSecond,
        ratio: sustained / bare.stepsPerSecond,
      });
    }
    const of = (pick: (round: (typeof rounds)[number]) => number): string => median(rounds.map(pick)).toFixed(1);
    const visible = medians(rounds.map((r) => r.visible));
    say(
      `C = ${String(users).padStart(2)}   ${of((r) => r.steps)}   ${shown(visible)}   ${of((r) => r.settled)}   ${of((r) => r.floor)}   ${(median(rounds.map((r) => r.ratio * 100)) / 100).toFixed(2)}`,
    );
    if (lags.length > 0) say(`         confirmation behind by, ms: ${shown(percentiles(lags))}`);
  }
  const after = { bytes: await store.bytes(), instances: (await store.count()).instances };
  say(
    `\nKept in the application's database for each finished instance: ${((after.bytes - before.bytes) / (after.instances - before.instances) / 1024).toFixed(1)} KB`,
  );
  say(`Memory, MB: ${(await memory(on)).join(' · ')}`);
  await floor.stop();
}

/** A machine that is not full: what people feel on an ordinary day. */
async function offered(on: Stack, store: Store): Promise<void> {
  const people = await signInPeople(on);
  await measureLoop(people, { users: 4, instances: 40 });
  await store.untilSettled(120);
  say('\nFive-step closed loop, steps offered a second: complete → visible in the next inbox, ms p50 / p95 / p99 · until all sealed, s');
  for (const stepsPerSecond of OFFERED) {
    const rounds: { visible: ReturnType<typeof percentiles>; settled: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { visible } = await measureOffered(people, { stepsPerSecond, seconds: OFFERED_SECONDS });
      rounds.push({ visible, settled: await store.untilSettled(600) });
    }
    say(
      `${String(stepsPerSecond).padStart(4)}   ${shown(medians(rounds.map(({ visible }) => visible)))}   ${median(rounds.map(({ settled }) => settled)).toFixed(1)}`,
    );
  }
}

function medians(rounds: readonly ReturnType<typeof percentiles>[]): ReturnType<typeof percentiles> {
  return {
    p50: median(rounds.map((round) => round.p50)),
    p95: median(rounds.map((round) => round.p95)),
    p99: median(rounds.map((round) => round.p99)),
  };
}

async function inboxes(on: Stack): Promise<void> {
  say('\nInbox over HTTP, ms p50 / p95 / p99: open tasks · first page of 50 · filtered · counts');
  for (const row of await measureInbox(on, { say }))
    say(`${String(row.open).padStart(7)}   ${shown(row.page)}   ${shown(row.filtered)}   ${shown(row.counts)}`);
}

async function deployFlow(on: Stack): Promise<void> {
  const db = openDatabase({ url: on.databaseUrl, connectionsMax: 1, applicationName: 'bench' });
  const deployed = await deploy(db, await readFlowFolder(path.join(ROOT, 'test/bench/five-steps')));
  await db.destroy();
  if (deployed.kind === 'refused') throw new Error(`The flow of the benchmark is refused: ${JSON.stringify(deployed.findings)}`);
}

/** Resident memory of each process. */
async function memory(on: Stack): Promise<readonly string[]> {
  const parts = [on.web, ...on.workers, on.temporal, on.postgres];
  return Promise.all(
    parts.map(async (part) => {
      const status = await readFile(`/proc/${part.pid}/status`, 'utf8').catch(() => '');
      const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN);
      return `${part.name} ${Math.round(kilobytes / 1024)}`;
    }),
  );
}
