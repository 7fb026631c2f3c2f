/**
 * A worker is killed at each of the 34 transitions of a referral, while it tells the workflow: journal and notices are afterwards what they
 * are without a kill.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aReferral,
  askForCancellation,
  type Decision,
  decideIn,
  openTask,
  RECEIVER,
  type ReferralState,
  referralAt,
  SENDER,
} from '../support/referral.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type StackWorld, stackWorld } from '../support/stack-world.ts';
import { audit, unsettledAfter } from './auditor.ts';
import type { CrashPoint } from './crash-points.ts';
import { preload } from './preload.ts';

type Event = Omit<Decision, 'does'> | 'cancel request' | 'send package';
interface Transition {
  readonly id: string;
  readonly from: ReferralState | 'S';
  readonly event: Event;
}

const coded = (outcome: string): Event => ({ outcome, reasonCode: 'other' });
const [ACCEPT, SCHEDULE, NO_SHOW, NOTE, ARRIVED, OUTCOME, CONFIRM] = [
  'accept',
  'schedule',
  'no-show',
  'note',
  'arrived',
  'complete',
  'confirm',
].map((outcome): Event => ({ outcome })) as [Event, Event, Event, Event, Event, Event, Event];
const RESCHEDULE: Event = { outcome: 'reschedule', reason: '床位调整' };
const [DECLINE, CANCELLED] = [coded('decline'), coded('visit-cancelled')];

/** As `flows/referral/transitions.test.ts` has them; 31 to 34 are of state 51, which is any of 511 to 514. */
const TRANSITIONS: readonly Transition[] = (
  [
    ['01', 'S', 'send package'],
    ['02', 'C', ACCEPT],
    ['03', 'C', DECLINE],
    ['04', 'C', 'cancel request'],
    ['05', 'A', DECLINE],
    ['06', 'A', SCHEDULE],
    ['07', 'A', 'cancel request'],
    ['08', 'A', NOTE],
    ['09', 'A', OUTCOME],
    ['10', '511', DECLINE],
    ['11', '511', RESCHEDULE],
    ['12', '511', NO_SHOW],
    ['13', '511', CANCELLED],
    ['14', '511', 'cancel request'],
    ['15', '511', ARRIVED],
    ['16', '511', OUTCOME],
    ['17', '512', DECLINE],
    ['18', '512', RESCHEDULE],
    ['19', '512', CANCELLED],
    ['20', '512', 'cancel request'],
    ['21', '513', SCHEDULE],
    ['22', '513', 'cancel request'],
    ['23', '52', CONFIRM],
    ['24', '52', OUTCOME],
    ['25', '514', DECLINE],
    ['26', '514', SCHEDULE],
    ['27', '514', CANCELLED],
    ['28', '514', 'cancel request'],
    ['29', '514', NOTE],
    ['30', '514', OUTCOME],
    ['31', 'A', SCHEDULE],
    ['32', 'A', NOTE],
    ['33', '513', DECLINE],
    ['34', '512', 'cancel request'],
  ] as const
).map(([id, from, event]) => ({ id, from, event }));

/** Where the task of a state waits. */
const WAITS: Readonly<Record<string, string>> = {
  C: 'triage',
  A: 'arrange',
  511: 'attend',
  512: 'after-no-show',
  513: 'after-cancelled',
  514: 'treat',
  52: 'answer-cancel',
};
/** The worker dies before the workflow is told, or once it was told and before its answer is stored. */
const POINTS: readonly CrashPoint[] = ['between commit and Update', 'between Update and its answer'];
const REACHED_WITHIN_MS = 120_000;
const SETTLED_WITHIN_MS = 300_000;
const PATIENCE_MS = 20_000;

let stack: Stack;
let world: StackWorld;
/** Per transition: the instance that it happens to without a kill, and the one that it happens to with one. */
const undisturbed = new Map<string, string>();
const hit = new Map<string, string>();

/** Its task claimed, so that what happens next is one step. */
async function standAt({ from, event }: Transition): Promise<string> {
  if (from === 'S') return '';
  const id = await referralAt(world, from);
  if (typeof event === 'string') return id;
  const { taskId, assignee } = await openTask(world, id, WAITS[from] ?? '');
  if (assignee !== RECEIVER) await world.call(RECEIVER, 'claimTask', { id, taskId, commandId: randomUUID() });
  return id;
}

async function happen({ from, event }: Transition, instanceId: string): Promise<string> {
  if (event === 'send package') return aReferral(world);
  if (event === 'cancel request') await askForCancellation(world, instanceId);
  else await decideIn(world, instanceId, { does: WAITS[from] ?? '', by: RECEIVER, ...event });
  return instanceId;
}

beforeAll(async () => {
  stack = await startStack({ workers: 1 });
  world = stackWorld(stack);
  for (const transition of TRANSITIONS) {
    undisturbed.set(transition.id, await happen(transition, await standAt(transition)));
    hit.set(transition.id, await standAt(transition));
  }
  expect(await unsettledAfter(stack.ownerUrl, SETTLED_WITHIN_MS)).toEqual([]);
  for (const worker of stack.workers) await worker.stop();
}, 900_000);

afterAll(async () => {
  await world?.stop();
  await stack?.stop();
});

describe('a worker dies', () => {
  test.each(TRANSITIONS.map((transition, index) => [transition.id, POINTS[index % POINTS.length] as CrashPoint, transition] as const))(
    'at transition %s, %s',
    async (id, point, transition) => {
      const doomed = await stack.addWorker(preload('crash-point.mjs', { CRASH_POINT: point, CRASH_INSTANCE: hit.get(id) ?? '' }));
      hit.set(id, await happen(transition, hit.get(id) ?? ''));
      const ending = await Promise.race([doomed.gone(), sleep(REACHED_WITHIN_MS, null)]);
      await doomed.stop();
      expect(ending?.signal).toBe('SIGKILL');
    },
  );
});

describe('and the next worker takes over', () => {
  test('so that every step is confirmed, nothing is lost or doubled', async () => {
    await stack.addWorker();
    expect(await unsettledAfter(stack.ownerUrl, SETTLED_WITHIN_MS)).toEqual([]);
    const report = await audit({ ...stack, operations: [], patienceMs: PATIENCE_MS });
    expect(report.findings).toEqual([]);
  });

  test.each(TRANSITIONS)('after $id journal and notices are those without a kill', async ({ id }) => {
    const [expected, actual] = [undisturbed.get(id) ?? '', hit.get(id) ?? ''];
    expect((await journalOf(expected)).length).toBeGreaterThan(0);
    expect(await journalOf(actual)).toEqual(await journalOf(expected));
    expect(await noticesOf(actual)).toEqual(await noticesOf(expected));
  });

  test('and notices were sent on the way', async () => {
    const sent = await Promise.all([...undisturbed.values()].map(noticesOf));
    expect(sent.flat().length).toBeGreaterThan(TRANSITIONS.length);
  });

  test('and an instance that was hit goes on to its outcome', async () => {
    const id = hit.get('06') ?? '';
    expect(await openTask(world, id, 'prepare')).toBeDefined();
    for (const decision of [
      { does: 'prepare', outcome: 'ready', by: SENDER },
      { does: 'attend', outcome: 'arrived' },
      { does: 'treat', outcome: 'complete' },
    ] satisfies Decision[])
      await decideIn(world, id, decision);
    expect(await unsettledAfter(stack.ownerUrl, SETTLED_WITHIN_MS)).toEqual([]);
    expect(await openTask(world, id, 'reply')).toBeDefined();
  });
});

/** What differs between two instances that the same happened to: their own ids, numbers, hashes and times. */
const OF_ITS_OWN = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
  /[0-9a-f]{64}/g,
  /RYZ[0-9A-F]{6}/g,
  /\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?/g,
];

async function journalOf(instanceId: string): Promise<readonly unknown[]> {
  const steps = await world.journal(instanceId);
  return steps.map(({ seq, commandType, opened }) => ({ seq, commandType, events: alike(instanceId, opened.events) }));
}

async function noticesOf(instanceId: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: stack.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      'select person_id, type, task_id, element_id from notice where instance_id = $1 order by at, type, person_id, element_id, task_id',
      [instanceId],
    );
    return rows;
  } finally {
    await client.end();
  }
}

function alike(instanceId: string, value: unknown): unknown {
  const text = OF_ITS_OWN.reduce((said, own) => said.replace(own, '…'), JSON.stringify(value).replaceAll(instanceId, '…'));
  return JSON.parse(text);
}
