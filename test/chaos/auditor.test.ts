/** A harness that passes proves nothing until it has failed: every kind of damage is planted once, and the auditor must find it. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CROWD, Load } from '../load/load.ts';
import { Random } from '../load/random.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { audit, unsettledAfter } from './auditor.ts';

let stack: Stack;
let load: Load;
let applicant: Load;
let admin: pg.Client;

beforeAll(async () => {
  stack = await startStack();
  load = new Load({ baseUrl: stack.baseUrl, random: new Random(3), people: CROWD, instancesMax: 6, detours: 0 });
  load.start();
  const until = Date.now() + 120_000;
  admin = new pg.Client({ connectionString: Object.assign(new URL(stack.adminUrl), { pathname: new URL(stack.ownerUrl).pathname }).href });
  await admin.connect();
  for (let sealed = 0; sealed === 0 && Date.now() < until; await sleep(250)) {
    sealed = Number((await admin.query('select count(*) from instance where sealed_at is not null')).rows[0].count);
  }
  await load.stop();
  // However quick the others were, something waits for its review.
  applicant = new Load({ baseUrl: stack.baseUrl, random: new Random(4), people: ['wutong'], instancesMax: 1, detours: 0 });
  applicant.start();
  for (let open = 0; open === 0 && Date.now() < until; await sleep(100)) {
    open = Number((await admin.query('select count(*) from instance where ended_at is null')).rows[0].count);
  }
  await applicant.stop();
  expect(await unsettledAfter(stack.ownerUrl, 60_000)).toEqual([]);
  await audit({ ...stack, operations: operations(), patienceMs: 20_000 });
  // From here on only the test changes anything.
  await stack.web.stop();
  await Promise.all(stack.workers.map((worker) => worker.stop()));
}, 300_000);

afterAll(async () => {
  await admin?.end();
  await stack?.stop();
});

const operations = () => [...load.operations, ...applicant.operations];
const findings = async () => (await audit({ ...stack, operations: operations() })).findings;

test('finds nothing where nothing is wrong', async () => {
  expect(await findings()).toEqual([]);
});

/** What is damaged, how, and what the auditor must say. */
const DAMAGE: readonly (readonly [name: string, sql: string, found: RegExp])[] = [
  [
    'a step is lost',
    "delete from step where command_type = 'task.complete' and seq = (select min(seq) from step where command_type = 'task.complete')",
    /is lost/,
  ],
  [
    'a step is there twice',
    `insert into step select instance_id, seq + 1000, at, actor || ' again', command_id, command_type, body_hash, commitment, hash, body
     from step where command_type = 'task.claim' limit 1`,
    /is in the journal 2 times/,
  ],
  [
    'a step is changed',
    "update step set at = at + interval '1 second' where (instance_id, seq) in (select instance_id, 2 from instance limit 1)",
    /the chain is broken at step 2/,
  ],
  [
    'a commitment is changed',
    'update step set commitment = sha256(commitment) where (instance_id, seq) in (select instance_id, 1 from instance limit 1)',
    /the chain is broken at step 1/,
  ],
  [
    'the head is changed',
    'update instance set last_hash = sha256(last_hash) where id = (select id from instance limit 1)',
    /hash is not its last step's/,
  ],
  [
    'a completed task is open again',
    "update task set state = 'open', done_by = null where (instance_id, task_id) in (select instance_id, task_id from task where state = 'done' limit 1)",
    /was completed by .* and is open/,
  ],
  [
    'somebody else completed it',
    "update task set done_by = 'p-he-jing' where state = 'done' and done_by <> 'p-he-jing'",
    /was completed by/,
  ],
  ['an open task is on no list', 'delete from inbox', /is open and on nobody's list/],
  [
    'a finished task is still on a list',
    `insert into inbox select 'person:p-he-jing', 'todo', 2, now(), instance_id, task_id, 'consult', 'review' from task where state = 'done' limit 1`,
    /is done and still on a list/,
  ],
  ['a step is unconfirmed', 'update relay set confirmed_seq = confirmed_seq - 1 where confirmed_seq > 0', /steps confirmed/],
  [
    'an instance is stopped',
    "update instance set divergence = '{}' where id = (select id from instance limit 1)",
    /came to different results/,
  ],
  ['a seal is forged', 'update instance set sealed_at = now() where sealed_at is null', /sealed is true, the workflow is RUNNING/],
  ['a seal is missing', 'update instance set sealed_at = null where sealed_at is not null', /sealed is false, the workflow is COMPLETED/],
  [
    'an instance has no workflow',
    `with copied as (insert into instance select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'number', 'forged'))).*
     from instance i limit 1 returning id) select * from copied`,
    /has no workflow/,
  ],
];

describe('finds that', () => {
  // As the superuser, past the trigger that keeps the journal; rolled back by restoring the tables.
  test.each(DAMAGE)('%s', async (_name, sql, found) => {
    const tables = ['instance', 'step', 'task', 'inbox', 'relay'];
    await admin.query("set session_replication_role = 'replica'");
    for (const table of tables) await admin.query(`create table keep_${table} as table ${table}`);
    try {
      const { rowCount } = await admin.query(sql);
      expect(rowCount).toBeGreaterThan(0);
      expect((await findings()).join('\n')).toMatch(found);
    } finally {
      for (const table of tables) {
        await admin.query(`delete from ${table}`);
        await admin.query(`insert into ${table} select * from keep_${table}`);
        await admin.query(`drop table keep_${table}`);
      }
    }
    expect(await findings()).toEqual([]);
  });
});
