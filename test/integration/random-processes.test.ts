/**
 * Random processes under random commands, through door, relay, matcher and Temporal: what `core/process/properties.test.ts` asks of the rules
 * alone is asked here of everything together. The processes and the dice are the same in every run, so that what fails is a change's doing;
 * `BIHUAN_RANDOM_SEED` takes others, and with `BIHUAN_RANDOM_INDEX` one of them only. When a timer fires is the world's.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployGraph } from '#test/support/deploy-graph.ts';
import { type DecidedAgain, decidedAgain } from '#test/support/random/decided-again.ts';
import { Life } from '#test/support/random/life.ts';
import { called, type RandomProcess, randomProcesses } from '#test/support/random/process.ts';
import { Vigil } from '#test/support/random/vigil.ts';
import { aRemoteWorker, JOB_TYPES, randomHandler } from '#test/support/random/work.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { Random } from '../load/random.ts';

const { BIHUAN_RANDOM_SEED, BIHUAN_RANDOM_INDEX } = process.env;
const SEED = Number(BIHUAN_RANDOM_SEED ?? 20_261_129);
const ONLY = BIHUAN_RANDOM_INDEX === undefined ? null : Number(BIHUAN_RANDOM_INDEX);

const PROCESSES = 200;
/** Those from here on live with a cache that holds next to nothing: their workflows are evicted and replayed all the time. */
const EVICTED_FROM = 150;
/** Two is the least: with none the SDK stalls. */
const TINY_CACHE = 2;
const LIVES_AT_ONCE = 16;

let world: World;
let vigil: Vigil;
let stopRemoteWorker: () => Promise<void>;
let processes: readonly RandomProcess[];
const lived: DecidedAgain[] = [];

beforeAll(async () => {
  world = await aWorld();
  processes = await randomProcesses(SEED, PROCESSES);
  await deployGraph(world, await called());
  for (const { graph } of processes) await deployGraph(world, graph);
  vigil = new Vigil(world);
  vigil.start();
  stopRemoteWorker = await aRemoteWorker(world, new Random(SEED));
});
afterAll(async () => {
  await stopRemoteWorker();
  await vigil.stop();
  await world.stop();
});

describe('random processes under random commands', () => {
  it('come to their end: every state sound, every step confirmed, the trace the one that the rules give, the end sealed', async () => {
    await liveAll(indexes(0, EVICTED_FROM));
  }, 300_000);

  it('do so too when their workflows are pushed out and replayed all the time', async () => {
    await liveAll(indexes(EVICTED_FROM, PROCESSES), { cacheSize: TINY_CACHE });
  }, 300_000);

  it('have met everything that can happen to an instance', () => {
    // Of one alone nothing is asked.
    const required = ONLY === null ? [...COMMANDS, ...EVENTS] : [];
    const met = new Set(lived.flatMap(({ commands, events }) => [...commands, ...events]));
    expect(required.filter((type) => !met.has(type))).toEqual([]);
  });
});

const COMMANDS: readonly DecidedAgain['commands'][number][] = [
  'start',
  'task.claim',
  'task.release',
  'task.complete',
  'task.return',
  'timer.fire',
  'message.deliver',
  'signal.deliver',
  'action.send',
  'job.complete',
  'job.fail',
  'job.throwError',
  'child.complete',
  'child.escalate',
  'incident.retry',
  'adHoc.activate',
  'instance.suspend',
  'instance.resume',
  'instance.modify',
  'instance.cancel',
  'seal',
];
const EVENTS: readonly DecidedAgain['events'][number][] = [
  'timer.fired',
  'timer.canceled',
  'compensation.thrown',
  'task.returned',
  'sealed',
];

const indexes = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, offset) => from + offset).filter((index) => ONLY === null || index === ONLY);

async function liveAll(chosen: readonly number[], cache: { readonly cacheSize?: number } = {}): Promise<void> {
  const shell = await aShell(world, { ...cache, jobs: { [JOB_TYPES.inside]: randomHandler(new Random(SEED)) } });
  const waiting = [...chosen];
  const failures: string[] = [];
  const next = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const process = processes[index];
      if (!process) throw new Error(`There is no process ${index}.`);
      const life = new Life({
        world,
        shell,
        vigil,
        random: new Random(SEED + index),
        serviceKey: process.graph.key,
        variables: process.variables,
      });
      try {
        await life.live();
        for (const id of life.familyIds) lived.push(await whole(shell, id));
      } catch (error) {
        failures.push(await described(index, process, { life, shell, error }));
      }
    }
  };
  await Promise.all(Array.from({ length: LIVES_AT_ONCE }, next));
  await shell.stop();
  expect(failures.length === 0, failures.slice(0, FAILURES_SHOWN).join('\n\n')).toBe(true);
}

/** Its chain verifies, its workflow confirmed every step, and the core decides the same. */
async function whole(shell: Shell, instanceId: string): Promise<DecidedAgain> {
  await shell.expectConfirmed(instanceId);
  const again = await decidedAgain(world, instanceId);
  expect(again.findings).toEqual([]);
  return again;
}

const FAILURES_SHOWN = 3;

async function described(
  index: number,
  { xml, variables }: RandomProcess,
  { life, shell, error }: { readonly life: Life; readonly shell: Shell; readonly error: unknown },
): Promise<string> {
  const records = await Promise.all(life.familyIds.map((id) => recordOf(shell, id)));
  return [
    `Process ${index} of seed ${SEED}: ${error instanceof Error ? error.stack : String(error)}`,
    `Again: BIHUAN_RANDOM_SEED=${SEED} BIHUAN_RANDOM_INDEX=${index} npx vitest run --project integration test/integration/random-processes.test.ts`,
    `${JSON.stringify(variables)} ${xml}`,
    ...records,
  ].join('\n');
}

/** Its journal, how far it was told, and what its workflow has under way. */
async function recordOf({ temporal }: Shell, instanceId: string): Promise<string> {
  const steps = await world.journal(instanceId);
  const [relay] = await world.asOwner('select * from relay where instance_id = $1', [instanceId]);
  const described = await temporal.client.workflow
    .getHandle(instanceId)
    .describe()
    .catch((error: unknown) => ({ raw: { pendingActivities: String(error) } }));
  return [
    `${instanceId} ${JSON.stringify(relay ?? null)} ${JSON.stringify(described.raw.pendingActivities)}`,
    ...steps.map(({ seq, opened: { command } }) => `  ${seq} ${JSON.stringify(command)}`),
  ].join('\n');
}
