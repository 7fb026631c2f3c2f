import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeFlow } from '#bin/describe-flow.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import { readLinked } from '#db/instance-links.ts';
import { APPLICANT, aConsult, type Consult, theConsult } from '#test/support/consult.ts';
import { aFollowedWorld, type FollowedWorld } from '#test/support/followed-world.ts';
import { until } from '#test/support/until.ts';
import { archiveInstance } from './archiver.ts';
import { Beginnings } from './beginnings.ts';
import { Processes } from './processes.ts';
import { type Recovery, type RecoveryDependencies, recoverInstance } from './recovery.ts';

const AUDITOR = 'p-ye-zhou';

let world: FollowedWorld;
let deps: RecoveryDependencies;
beforeAll(async () => {
  world = await aFollowedWorld();
  deps = { ...world, describe: describeFlow(world.definitions) };
});
afterAll(() => world.stop());

const recover = (id: string, isDryRun = false): Promise<Recovery> => recoverInstance(deps, id, { isDryRun });

const TABLES = ['submission', 'inbox', 'task', 'notice', 'participant', 'copy', 'relay', 'access', 'draft', 'whereabouts'] as const;
const OF_INSTANCE = [...TABLES, 'refused_command', 'logged_head', 'instance_link', 'subscription', 'step'] as const;

type Rows = Readonly<Record<string, readonly Record<string, unknown>[]>>;

/** What the database holds of an instance, as a backup would. */
async function backUp(id: string): Promise<Rows> {
  const rows: Record<string, readonly Record<string, unknown>[]> = {
    instance: await world.asOwner('select * from instance where id = $1', [id]),
  };
  for (const table of TABLES) rows[table] = await world.asOwner(`select * from ${table} where instance_id = $1`, [id]);
  rows.step = await world.asOwner('select * from step where instance_id = $1', [id]);
  return rows;
}

/** All rows of the instance as they were then; null: as if it had never been. Its key, kept elsewhere, stays. */
async function restore(id: string, backup: Rows | null): Promise<void> {
  for (const table of ['step', 'logged_head']) await world.asOwner(`alter table ${table} disable trigger ${table}_append_only`);
  for (const table of OF_INSTANCE) await world.asOwner(`delete from ${table} where instance_id = $1`, [id]);
  await world.asOwner('delete from instance where id = $1', [id]);
  for (const [table, rows] of Object.entries(backup ?? {})) {
    for (const row of rows) {
      const names = Object.keys(row);
      const values = Object.values(row).map((value) => (isDocument(value) ? JSON.stringify(value) : value));
      const overriding = table === 'notice' || table === 'access' ? 'overriding system value' : '';
      await world.asOwner(
        `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) ${overriding} values (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
        values,
      );
    }
  }
  for (const table of ['step', 'logged_head']) await world.asOwner(`alter table ${table} enable trigger ${table}_append_only`);
}

const isDocument = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value) && !Array.isArray(value);

/** Everything the lists and pages are made of; what a restore may not change. */
async function readModel(id: string) {
  const { state: _, ...instance } = await world.instance(id);
  const tasks = await world.asOwner(
    'select task_id, element_id, state, assignee, candidates, done_by, outcome, due from task where instance_id = $1 order by task_id',
    [id],
  );
  const inbox = await world.asOwner('select principal, list, task_id from inbox where instance_id = $1 order by 1, 2, 3', [id]);
  const steps = await world.asOwner('select seq, at, actor, command_id, command_type, hash from step where instance_id = $1 order by seq', [
    id,
  ]);
  const whereabouts = await world.asOwner('select * from whereabouts where instance_id = $1 order by element_id', [id]);
  return { instance, state: canonicalJson(await world.state(id)), tasks, inbox, steps, whereabouts };
}

async function aReviewedConsult(): Promise<{ readonly consult: Consult; readonly before: Rows }> {
  const consult = await aConsult(world, { waitingAt: 'review' });
  await world.confirmed(consult.id);
  const before = await backUp(consult.id);
  await consult.complete('review', { by: 'p-he-jing' });
  await world.call(APPLICANT, 'comment', { id: consult.id, commandId: randomUUID(), text: '请看' });
  await world.confirmed(consult.id);
  return { consult, before };
}

it('brings back what a restore lost, to the same hashes and the same lists, and the instance goes on to its seal', async () => {
  const { consult, before } = await aReviewedConsult();
  const model = await readModel(consult.id);
  await restore(consult.id, before);
  expect((await world.instance(consult.id)).lastSeq).toBe(1);
  expect(await recover(consult.id, true)).toMatchObject({ kind: 'imported', steps: 3 });
  expect((await world.instance(consult.id)).lastSeq).toBe(1);
  expect(await recover(consult.id)).toEqual({ kind: 'imported', steps: 3, submissionsLost: 1, isNew: false, isSealed: false });
  expect(await readModel(consult.id)).toEqual(model);
  expect(await recover(consult.id)).toEqual({ kind: 'whole' });
  const { chain } = await world.call(AUDITOR, 'audit', { id: consult.id });
  expect(chain).toMatchObject({ valid: true });
  await world.confirmed(consult.id);
  await consult.advanceTo('end');
  await world.sealed(consult.id);
});

it('opens the door again that a divergence had closed', async () => {
  const { consult, before } = await aReviewedConsult();
  await restore(consult.id, before);
  await world.asOwner(`update instance set divergence = '{"seq":2}' where id = $1`, [consult.id]);
  await world.asOwner("update relay set stopped = true, last_error = 'diverged' where instance_id = $1", [consult.id]);
  await expect(world.call(APPLICANT, 'comment', { id: consult.id, commandId: randomUUID(), text: '?' })).rejects.toMatchObject({
    status: 409,
  });
  expect(await recover(consult.id)).toMatchObject({ kind: 'imported', steps: 3 });
  await consult.advanceTo('confirm');
  await world.confirmed(consult.id);
});

it('answers a command that is sent again after the restore with the step it had caused', async () => {
  const consult = await aConsult(world, { waitingAt: 'review' });
  await world.confirmed(consult.id);
  const before = await backUp(consult.id);
  const command = { id: consult.id, commandId: randomUUID(), text: '请看' };
  const answer = await world.call(APPLICANT, 'comment', command);
  await world.confirmed(consult.id);
  await restore(consult.id, before);
  await recover(consult.id);
  expect(await world.call(APPLICANT, 'comment', command)).toEqual(answer);
  expect((await world.instance(consult.id)).lastSeq).toBe(answer.seq);
});

it('brings back an instance of which nothing was left but its key, and one that was sealed', async () => {
  const open = await aConsult(world, { waitingAt: 'dispatch' });
  await world.confirmed(open.id);
  const closed = await aConsult(world, { waitingAt: 'end' });
  await world.sealed(closed.id);
  await archiveInstance(world, closed.id, true);
  const [openModel, closedModel] = [await readModel(open.id), await readModel(closed.id)];
  await restore(open.id, null);
  await restore(closed.id, null);
  expect(await recover(open.id)).toMatchObject({ kind: 'imported', isNew: true, isSealed: false });
  const { steps, tasks, inbox, state, whereabouts, instance } = await readModel(open.id);
  expect({ steps, tasks, inbox, state, whereabouts }).toEqual({ ...openModel, instance: undefined });
  // What is not in any history: the number, and the masked name of the patient.
  expect({ ...instance, number: null, createdAt: null }).toEqual({ ...openModel.instance, number: null, createdAt: null });
  expect(instance.number).toMatch(/^HZ\d+$/);

  // Of the closed one Temporal knows nothing more either: the archive is enough.
  expect(await recoverInstance({ ...deps, histories: world.forgetful }, closed.id, { isDryRun: false })).toMatchObject({
    kind: 'imported',
    isNew: true,
    isSealed: true,
  });
  const recovered = await readModel(closed.id);
  expect(recovered.steps.slice(0, -1)).toEqual(closedModel.steps.slice(0, -1));
  expect(recovered.instance.sealedAt).not.toBeNull();
  const { header, seal } = await world.call(AUDITOR, 'audit', { id: closed.id });
  expect(header.status).toBe('closed');
  expect(seal).toMatchObject({ lastSeq: closedModel.steps.length - 1 });
  await theConsult(world, open).advanceTo('end');
  await world.sealed(open.id);
});

it('brings back who opened whom, also when what was opened comes first', async () => {
  const opener = await aConsult(world, { waitingAt: 'review' });
  const opened = randomUUID();
  const processes = new Processes(world);
  const process = await processes.called('visit-notice', (await world.instance(opener.id)).graphHash);
  if (!process) throw new Error('There is no such process.');
  const opens = {
    clinic: 'org-campus',
    doctor: 'p-jing-yi',
    student: 'p-an-ran',
    startsAt: new Date(Date.now() + 86_400_000).toISOString(),
  };
  await new Beginnings({ ...world, processes }).fromOutside({
    process,
    instanceId: opened,
    actor: { kind: 'system', name: 'message' },
    asked: { message: opened },
    startElementId: 'opened',
    variables: { basedOn: opener.id, opens },
    organisationId: 'org-campus',
    openedBy: opener.id,
  });
  for (const id of [opener.id, opened]) await world.confirmed(id);
  const links = async (instanceId: string) =>
    (await readLinked(world.db, { instanceId, principals: [] })).map(({ relation, id }) => ({ relation, id }));
  expect(await links(opener.id)).toEqual([{ relation: 'opened', id: opened }]);
  expect(await links(opened)).toEqual([{ relation: 'opened-by', id: opener.id }]);
  for (const id of [opened, opener.id]) await restore(id, null);
  expect(await links(opener.id)).toEqual([]);

  expect(await recover(opened)).toMatchObject({ kind: 'imported', isNew: true });
  expect(await links(opened)).toEqual([]);
  expect(await recover(opener.id)).toMatchObject({ kind: 'imported', isNew: true });
  expect(await links(opener.id)).toEqual([{ relation: 'opened', id: opened }]);
  expect(await links(opened)).toEqual([{ relation: 'opened-by', id: opener.id }]);
});

it('leaves an instance to an operator that went on otherwise after the restore', async () => {
  const { consult, before } = await aReviewedConsult();
  await world.pauseRelay();
  await restore(consult.id, before);
  await consult.complete('review', { by: 'p-he-jing', outcome: 'reject', reasonCode: 'duplicate' });
  const model = await readModel(consult.id);
  expect(await recover(consult.id)).toEqual({ kind: 'conflict', seq: 2 });
  expect(await readModel(consult.id)).toEqual(model);
  world.resumeRelay();
  await until('it is stopped', async () => (await world.instance(consult.id)).isDiverged);
  await world.call('p-kang-ning', 'resolveInstance', { id: consult.id, commandId: randomUUID(), reason: '以日志为准' });
  await world.sealed(consult.id);
});

it('leaves an erased instance erased', async () => {
  const { id } = await aConsult(world, { waitingAt: 'end' });
  await world.sealed(id);
  await world.call('p-kang-ning', 'eraseInstance', { id, reason: '患者要求删除' });
  expect(await recoverInstance({ ...deps, keys: world.anotherProcess().keys }, id, { isDryRun: false })).toEqual({ kind: 'erased' });
});

it('says what it cannot bring back: without the key, or without a history', async () => {
  const { id } = await aConsult(world, { waitingAt: 'review' });
  await world.confirmed(id);
  await restore(id, null);
  expect(await recoverInstance({ ...deps, histories: world.forgetful }, id, { isDryRun: false })).toEqual({ kind: 'history-missing' });
  await world.asOwner('delete from data_key where owner = $1', [`instance:${id}`]);
  expect(await recoverInstance({ ...deps, keys: world.anotherProcess().keys }, id, { isDryRun: false })).toEqual({ kind: 'key-missing' });
});
