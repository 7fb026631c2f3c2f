import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replayWith } from '#bin/errand-handlers.ts';
import { interpreterOf } from '#bin/replay-histories.ts';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import { commitmentOf, GENESIS_HASH, stepHash } from '#core/journal/chain.ts';
import type { Command } from '#core/process/command.ts';
import { decide } from '#core/process/decide.ts';
import { evolve } from '#core/process/evolve.ts';
import type { ProcessState } from '#core/process/state.ts';
import { endEvent, startEvent, userTask } from '#test/support/bpmn.ts';
import { APPLICANT, aConsult } from '#test/support/consult.ts';
import { aFollowedWorld, type FollowedWorld } from '#test/support/followed-world.ts';
import { deployProbe, startProbe } from '#test/support/probe.ts';
import { archiveInstance } from './archiver.ts';
import { sealJson } from './cipher.ts';
import { envelopeOf } from './door.ts';
import { type ErrandHandlers, runOneErrand } from './errands.ts';
import { type ReplayDependencies, replayInstance } from './replay.ts';
import { commitmentSalt, sealStep } from './step-codec.ts';

const AUDITOR = 'p-ye-zhou';
const OPERATOR = 'p-kang-ning';

let world: FollowedWorld;
let deps: ReplayDependencies;
beforeAll(async () => {
  world = await aFollowedWorld();
  const interpreter = await interpreterOf(await bundleWorkflows());
  const dataConverter = { payloadCodecs: [world.codec] };
  deps = { ...world, interpreter: interpreter.version, replayHistories: replayWith({ interpreter, dataConverter }) };
});
afterAll(() => world.stop());

const progress = async (): Promise<void> => undefined;
const replayed = (id: string, changed: Partial<ReplayDependencies> = {}) => replayInstance({ ...deps, ...changed }, id, progress);

async function aDecidedConsult(): Promise<string> {
  const consult = await aConsult(world, { waitingAt: 'review' });
  // Told of both steps at once, the workflow would not set the timers of the review at all.
  await world.confirmed(consult.id);
  await consult.complete('review', { by: 'p-he-jing' });
  await world.confirmed(consult.id);
  return consult.id;
}

/** As somebody who may do everything to the database. */
async function tamper(statement: string, values: readonly unknown[]): Promise<void> {
  await world.asOwner('alter table step disable trigger step_append_only');
  await world.asOwner(statement, values);
  await world.asOwner('alter table step enable trigger step_append_only');
}

it('of an instance that goes on comes to the same, and says with which interpreter', async () => {
  const id = await aDecidedConsult();
  const outcome = await replayed(id);
  const { lastSeq } = await world.instance(id);
  expect(outcome).toMatchObject({ verdict: 'same', steps: lastSeq, runs: 1, versions: { semantics: 1, interpreter: deps.interpreter } });
  expect(outcome.historyEvents).toBeGreaterThan(10);
});

it('of a closed instance comes to the same from the archive alone, with Temporal’s record long gone', async () => {
  const consult = await aConsult(world, { waitingAt: 'end' });
  await world.sealed(consult.id);
  await archiveInstance(world, consult.id, true);
  expect(await replayed(consult.id, { histories: world.forgetful })).toMatchObject({ verdict: 'same', runs: 1 });
});

it('of a migrated instance comes to the same, each step by the version in which it stood', async () => {
  const flow = (...ids: readonly string[]) =>
    deployProbe(
      world,
      'probe-migrated',
      startEvent + ids.map((id) => userTask(id)).join('') + endEvent(),
      ['start', ...ids, 'end'].join(' > '),
    );
  await flow('one');
  const id = await startProbe(world, 'probe-migrated');
  await flow('uno', 'two');
  await world.call(OPERATOR, 'migrateInstance', { id, commandId: randomUUID(), version: 2, mapping: { one: 'uno' }, reason: '流程更新' });
  await world.confirmed(id);
  const [task] = Object.values((await world.state(id)).tasks);
  await world.call(APPLICANT, 'completeTask', { id, taskId: task?.taskId ?? '', commandId: randomUUID() });
  await world.confirmed(id);
  expect(await replayed(id)).toMatchObject({ verdict: 'same', steps: 3 });
});

it('finds a command that was changed in the journal, at its step', async () => {
  const id = await aDecidedConsult();
  const [, , third] = await world.asOwner<{ seq: number; body: Buffer }>('select seq, body from step where instance_id = $1 order by seq', [
    id,
  ]);
  const other = (await world.asOwner<{ body: Buffer }>('select body from step where instance_id = $1 and seq = 1', [id]))[0];
  await tamper('update step set body = $1 where instance_id = $2 and seq = $3', [other?.body, id, third?.seq]);
  expect(await replayed(id)).toMatchObject({ verdict: 'differs', where: 'journal', seq: third?.seq });
});

it('finds a hash that does not follow, at its step', async () => {
  const id = await aDecidedConsult();
  await tamper("update step set hash = decode($1, 'hex') where instance_id = $2 and seq = 2", ['ab'.repeat(32), id]);
  expect(await replayed(id)).toMatchObject({ verdict: 'differs', where: 'hash', seq: 2 });
});

it('finds a state that the journal does not lead to', async () => {
  const [id, other] = [await aDecidedConsult(), await aDecidedConsult()];
  const state = await world.state(id);
  const key = await world.keys.find(`instance:${id}`);
  if (!key) throw new Error('The instance has a key.');
  await world.asOwner('update instance set state = $1 where id = $2', [sealJson(key, 'journal', { ...state, tasks: {} }), id]);
  expect(await replayed(id)).toMatchObject({ verdict: 'differs', where: 'journal', detail: 'it leads to another state' });
  expect(await replayed(other)).toMatchObject({ verdict: 'same' });
});

it('finds a step that is said to be confirmed and that the workflow was never told of', async () => {
  const id = await aDecidedConsult();
  await world.pauseRelay();
  await world.call(APPLICANT, 'comment', { id, commandId: randomUUID(), text: '请看' });
  expect(await replayed(id)).toMatchObject({ verdict: 'same' });
  await world.asOwner('update relay set confirmed_seq = last_seq where instance_id = $1', [id]);
  const { lastSeq } = await world.instance(id);
  expect(await replayed(id)).toMatchObject({ verdict: 'differs', where: 'history', seq: lastSeq });
  world.resumeRelay();
});

it('finds a journal that was rewritten whole, chain and all, because the workflow remembers', async () => {
  const { id } = await aConsult(world, { waitingAt: 'review' });
  await world.call(APPLICANT, 'comment', { id, commandId: randomUUID(), text: '三月不行' });
  await world.confirmed(id);
  await rewrite(id, (command) => (command.type === 'comment' ? { ...command, text: '三月可以' } : command));
  expect(await replayed(id)).toMatchObject({ verdict: 'differs', where: 'history', seq: (await world.instance(id)).lastSeq });
});

/** As somebody who owns the database and holds the key. */
async function rewrite(id: string, change: (command: Command) => Command): Promise<void> {
  const { graphHash, semantics } = await world.instance(id);
  const graph = await world.definitions.graph(graphHash);
  const key = await world.keys.find(`instance:${id}`);
  if (!key) throw new Error('The instance has a key.');
  let state: ProcessState | null = null;
  let hash = GENESIS_HASH;
  for (const { seq, opened } of await world.journal(id)) {
    const command = change(opened.command);
    const decision = decide(graph, state, command);
    if (decision.kind !== 'accepted') throw new Error(`${command.type} is not accepted.`);
    const { events } = decision;
    state = evolve(graph, state, { seq, at: command.at, events });
    const commitment = commitmentOf(commitmentSalt(key), { events, state });
    hash = stepHash(hash, envelopeOf(id, seq, command, semantics), commitment);
    await tamper(
      "update step set body = $1, hash = decode($2, 'hex'), commitment = decode($3, 'hex') where instance_id = $4 and seq = $5",
      [sealStep(key, { command, events }), hash, commitment, id, seq],
    );
  }
  await world.asOwner("update instance set state = $1, last_hash = decode($2, 'hex') where id = $3", [
    sealJson(key, 'journal', state),
    hash,
    id,
  ]);
}

it('finds workflows that do otherwise today than their history says', async () => {
  const id = await aDecidedConsult();
  const code = await readFile(await bundleWorkflows(), 'utf8');
  const edited = code.replaceAll(/entry\.scope\.cancel\(\);/g, ';');
  expect(edited).not.toBe(code);
  const codePath = path.join(os.tmpdir(), `bihuan-edited-${randomUUID()}.js`);
  await writeFile(codePath, edited);
  const interpreter = await interpreterOf(codePath);
  const replayHistories = replayWith({ interpreter, dataConverter: { payloadCodecs: [world.codec] } });
  expect(await replayed(id, { replayHistories, interpreter: interpreter.version })).toMatchObject({
    verdict: 'differs',
    where: 'history',
    detail: expect.stringContaining('DeterminismViolationError'),
    versions: { interpreter: interpreter.version },
  });
});

it('says that the history is missing, or the instance erased, instead of guessing', async () => {
  const consult = await aConsult(world, { waitingAt: 'end' });
  await world.sealed(consult.id);
  expect(await replayed(consult.id, { histories: world.forgetful })).toMatchObject({ verdict: 'history-missing' });
  await world.call(OPERATOR, 'eraseInstance', { id: consult.id, reason: '患者要求删除' });
  expect(await replayed(consult.id)).toMatchObject({ verdict: 'erased', steps: 0 });
});

it('is asked for by an auditor, done by a worker, and there for the auditor to read', async () => {
  const id = await aDecidedConsult();
  expect(await world.call(AUDITOR, 'replay', { id })).toEqual({ replay: null });
  const asked = await world.call(AUDITOR, 'replayInstance', { id });
  expect(asked.replay).toMatchObject({ by: { id: AUDITOR }, finishedAt: null, outcome: null });
  // Asked twice, done once.
  expect((await world.call(AUDITOR, 'replayInstance', { id })).replay?.id).toBe(asked.replay?.id);
  const failing: ErrandHandlers = { ...world.handlers, replay: () => Promise.reject(new Error('The database is away.')) };
  expect(await runOneErrand(world.db, failing, () => undefined)).toBe(true);
  expect((await world.call(AUDITOR, 'replay', { id })).replay).toMatchObject({ finishedAt: null });
  // That worker is gone; when its lease has run out another takes over.
  expect(await runOneErrand(world.db, world.handlers, () => undefined)).toBe(false);
  await world.asOwner('update errand set due_at = now() where instance_id = $1', [id]);
  expect(await runOneErrand(world.db, world.handlers, () => undefined)).toBe(true);
  const { replay } = await world.call(AUDITOR, 'replay', { id });
  expect(replay).toMatchObject({ id: asked.replay?.id, finishedAt: expect.any(String), outcome: { verdict: 'same' } });
  expect(replay?.done).toBe(replay?.total);
  await expect(world.call(APPLICANT, 'replay', { id })).rejects.toMatchObject({ status: 404 });
});
