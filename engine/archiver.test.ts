import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readArchive } from '#db/archives.ts';
import { countProblems } from '#db/operations.ts';
import { aConsult } from '#test/support/consult.ts';
import { aFollowedWorld, type FollowedWorld } from '#test/support/followed-world.ts';
import { eventsOf, historyContains, historyOf } from '#test/support/history.ts';
import { until } from '#test/support/until.ts';
import { archiveDue, archiveInstance } from './archiver.ts';
import { openHistory } from './histories.ts';

const OPERATOR = 'p-kang-ning';
const CANARY = '金丝雀王小明';

let world: FollowedWorld;
beforeAll(async () => {
  world = await aFollowedWorld();
});
afterAll(() => world.stop());

interface ArchiveRow extends Record<string, unknown> {
  readonly run_id: string;
  readonly previous_run_id: string | null;
  readonly events: number;
  readonly body: Buffer;
}

const archives = (id: string) => world.asOwner<ArchiveRow>('select * from archive where instance_id = $1 order by closed_at', [id]);
const state = async (id: string) =>
  (
    await world.asOwner<{ archived_at: Date | null; archive_error: string | null; is_due: boolean; is_never: boolean }>(
      `select archived_at, archive_error, archive_due_at <= now() as is_due, archive_due_at = 'infinity' as is_never from instance where id = $1`,
      [id],
    )
  )[0];
const makeDue = (id: string) => world.asOwner('update instance set archive_due_at = now() where id = $1', [id]);
const sweep = async (): Promise<void> => {
  while ((await archiveDue(world, (error) => expect.unreachable(String(error)))) > 0);
};

async function aClosedConsult(): Promise<string> {
  const { id } = await aConsult(world, { waitingAt: 'review', patientName: CANARY });
  const { taskId } = Object.values((await world.state(id)).tasks)[0] ?? { taskId: '' };
  await world.call('p-he-jing', 'claimTask', { id, taskId, commandId: randomUUID() });
  await world.call('p-he-jing', 'completeTask', { id, taskId, commandId: randomUUID(), outcome: 'reject', reasonCode: 'duplicate' });
  await world.sealed(id);
  return id;
}

it('keeps the history of a sealed instance, which comes back as Temporal had it, and nobody reads it without the key', async () => {
  const id = await aClosedConsult();
  await until('it is due', async () => (await state(id))?.is_due);
  await sweep();
  const [row, ...more] = await archives(id);
  expect(more).toEqual([]);
  expect((await state(id))?.archived_at).not.toBeNull();
  const history = await historyOf(world.temporal.client, id);
  expect(row).toMatchObject({ previous_run_id: null, events: eventsOf(history).length });
  const key = await world.keys.find(`instance:${id}`);
  if (!key || !row) throw new Error('The instance has a key.');
  const kept = openHistory(key, row.body);
  expect(JSON.parse(JSON.stringify(kept))).toEqual(JSON.parse(JSON.stringify(history)));
  expect(historyContains({ events: [{ userMetadata: { summary: { data: row.body } } }] }, CANARY)).toBe(false);
  expect(row.body.length).toBeLessThan(30_000);
});

it('is content with a second time, and with a worker that died after it had written', async () => {
  const id = await aClosedConsult();
  await archiveInstance(world, id, true);
  const before = await archives(id);
  // The row was written, the mark on the instance was not.
  await world.asOwner('update instance set archived_at = null, archive_due_at = now() where id = $1', [id]);
  await Promise.all([archiveInstance(world, id, true), archiveInstance(world, id, true)]);
  expect(await archives(id)).toEqual(before);
  expect((await state(id))?.archived_at).not.toBeNull();
});

it('archives the run that a rebuild replaced, which no other leads back to', async () => {
  const consult = await aConsult(world, { waitingAt: 'review' });
  await world.confirmed(consult.id);
  const handle = world.temporal.client.workflow.getHandle(consult.id);
  const { runId } = await handle.describe();
  await world.asOwner("update instance set divergence = '{}' where id = $1", [consult.id]);
  await world.call(OPERATOR, 'resolveInstance', { id: consult.id, commandId: randomUUID(), reason: 'mended' });
  await until('another run goes on', async () => (await handle.describe()).runId !== runId);
  await world.confirmed(consult.id);
  await makeDue(consult.id);
  await sweep();
  expect((await archives(consult.id)).map((row) => row.run_id)).toEqual([runId]);
  expect(await state(consult.id)).toMatchObject({ archived_at: null, archive_error: null, is_due: false });
});

it('tells operators of a sealed instance whose history Temporal has dropped already, and of one that waits', async () => {
  const [lost, waiting] = [await aClosedConsult(), await aClosedConsult()];
  await archiveInstance({ ...world, histories: world.forgetful }, lost, true);
  expect(await state(lost)).toMatchObject({ archived_at: null, archive_error: 'history-missing', is_never: true });
  await world.asOwner("update instance set sealed_at = now() - interval '1 hour' where id = any($1)", [[lost, waiting]]);
  expect((await countProblems(world.db))['not-archived']).toBe(2);
  const { rows, counts } = await world.call(OPERATOR, 'operationsInstances', { problem: 'not-archived' });
  expect(counts.notArchived).toBe(2);
  expect(rows.find((row) => row.instanceId === lost)).toMatchObject({ problem: 'not-archived', detail: 'history-missing' });
});

it('cannot be read any more once the instance is erased, and asks for nothing then', async () => {
  const [before, never] = [await aClosedConsult(), await aClosedConsult()];
  await archiveInstance(world, before, true);
  const { runId } = await world.temporal.client.workflow.getHandle(before).describe();
  for (const id of [before, never]) await world.call(OPERATOR, 'eraseInstance', { id, reason: '患者要求删除' });
  const { keys } = world.anotherProcess();
  expect(await keys.find(`instance:${before}`)).toBeNull();
  const histories = await world.histories.read(before, { runId, place: 'archive' }, await keys.find(`instance:${before}`));
  expect(histories).toBeNull();
  // What is left is ciphertext: its bytes compress no further.
  expect((await readArchive(world.db, runId))?.length).toBeGreaterThan(0);
  await archiveInstance({ ...world, keys }, never, true);
  expect(await archives(never)).toEqual([]);
  expect(await state(never)).toMatchObject({ archived_at: expect.any(Date), archive_error: 'erased' });
});

it('is changed by nobody, not even by the owner of the tables', async () => {
  for (const change of ["update archive set body = ''", 'delete from archive', 'truncate archive'])
    await expect(world.asOwner(change)).rejects.toThrow('append-only');
});
