import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorOf } from '#api/operation.ts';
import { PEOPLE } from '#bin/seed/people.ts';
import { GENESIS_HASH, stepHash } from '#core/journal/chain.ts';
import type { CommandBody } from '#core/process/command.ts';
import { evolve } from '#core/process/evolve.ts';
import type { ProcessState } from '#core/process/state.ts';
import { stopRelay } from '#db/relay.ts';
import { clearTextHits } from '#test/support/clear-text.ts';
import { aConsult, anApplication, type Consult, principalsOf } from '#test/support/consult.ts';
import { aWorld, type Parts, type World } from '#test/support/world.ts';
import { envelopeOf, type SubmitResult } from './door.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

interface Sending {
  readonly commandId?: string;
  readonly through?: Parts;
  readonly mayKnow?: boolean;
}

/** A command as this person, straight at the door. */
async function send(
  personId: string,
  instanceId: string,
  body: CommandBody,
  { commandId, through, mayKnow }: Sending = {},
): Promise<SubmitResult> {
  return (through ?? world).door.submit({
    instanceId,
    commandId: commandId ?? randomUUID(),
    actor: actorOf(await world.contextOf(personId)),
    asked: body,
    prepare: () => ({ kind: 'ready', body }),
    ...(mayKnow !== undefined && { mayKnow: () => mayKnow }),
  });
}

const comment = (text: string): CommandBody => ({ type: 'comment', text, mentions: [], fileIds: [] });
const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

async function rows(table: 'step' | 'refused_command', instanceId: string): Promise<number> {
  const [row] = await world.asOwner<{ count: string }>(`select count(*) from ${table} where instance_id = $1`, [instanceId]);
  return Number(row?.count);
}

/** The journal is without gaps, its hashes follow from each other, and its fold is what is stored. */
async function expectSound({ id }: Pick<Consult, 'id'>): Promise<void> {
  const [instance, graph, steps, stored] = await Promise.all([world.instance(id), world.graph(id), world.journal(id), world.state(id)]);
  let state: ProcessState | null = null;
  let hash = GENESIS_HASH;
  for (const [index, step] of steps.entries()) {
    expect(step.seq).toBe(index + 1);
    const { command, events } = step.opened;
    state = evolve(graph, state, { seq: step.seq, at: command.at, events });
    hash = stepHash(hash, envelopeOf(id, step.seq, command, instance.semantics), step.commitment);
    expect(step.hash).toBe(hash);
  }
  expect(instance.lastSeq).toBe(steps.length);
  expect(instance.lastHash).toBe(hash);
  expect(stored).toEqual(state);
}

describe('a command sent many times', () => {
  it('has one effect and one answer when twenty copies come at once', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const { taskId } = await consult.task('review');
    const before = await rows('step', consult.id);
    const commandId = randomUUID();
    const others = [world, world.anotherProcess(), world.anotherProcess()];
    const answers = await times(20, (n) =>
      send('p-he-jing', consult.id, { type: 'task.claim', taskId }, { commandId, through: others[n % 3] }),
    );
    expect(answers.map((answer) => answer.kind === 'accepted' && answer.seq)).toEqual(Array(20).fill(before + 1));
    expect(answers.filter((answer) => answer.kind === 'accepted' && !answer.isRepeated)).toHaveLength(1);
    expect(await rows('step', consult.id)).toBe(before + 1);
    await expectSound(consult);
  });

  it('starts one instance when twenty copies of an application come at once', async () => {
    const application = await anApplication(world);
    const answers = await times(20, () => world.call('p-wu-tong', 'startInstance', application));
    expect(new Set(answers.map((answer) => `${answer.instanceId} ${answer.number} ${answer.seq}`)).size).toBe(1);
    const id = answers[0]?.instanceId ?? '';
    expect(await rows('step', id)).toBe(1);
    const submissions = await world.asOwner('select 1 from submission where instance_id = $1', [id]);
    expect(submissions).toHaveLength(1);
    await expectSound({ id });
  });

  it('is refused when the same id comes with another body', async () => {
    const consult = await aConsult(world);
    const commandId = randomUUID();
    expect(await send('p-wu-tong', consult.id, comment('first'), { commandId })).toMatchObject({ kind: 'accepted' });
    expect(await send('p-wu-tong', consult.id, comment('second'), { commandId })).toEqual({ kind: 'command-reused' });
    const application = await anApplication(world);
    await world.call('p-wu-tong', 'startInstance', application);
    const other = { ...application, response: (await anApplication(world, { patientName: '另一位' })).response };
    await expect(world.call('p-wu-tong', 'startInstance', other)).rejects.toMatchObject({ status: 409, view: { code: 'command-reused' } });
  });

  it('is another command when another person uses the same id', async () => {
    const consult = await aConsult(world);
    const commandId = randomUUID();
    const first = await send('p-wu-tong', consult.id, comment('mine'), { commandId });
    const second = await send('p-he-jing', consult.id, comment('mine'), { commandId });
    expect([first, second]).toMatchObject([{ isRepeated: false }, { isRepeated: false }]);
  });
});

describe('a refusal', () => {
  it('is kept as the answer of its command, whatever becomes possible later', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const { taskId } = await consult.task('review');
    await send('p-lin-yue', consult.id, { type: 'task.claim', taskId });
    const commandId = randomUUID();
    const claim: CommandBody = { type: 'task.claim', taskId };
    const refused = await send('p-he-jing', consult.id, claim, { commandId });
    expect(refused).toMatchObject({ kind: 'refused', refusal: { code: 'claimed-by-other' } });
    await send('p-lin-yue', consult.id, { type: 'task.release', taskId });
    expect(await send('p-he-jing', consult.id, claim, { commandId })).toEqual(refused);
    expect(await send('p-he-jing', consult.id, claim)).toMatchObject({ kind: 'accepted' });
    await expectSound(consult);
  });

  it('of bad input is not kept: it can be mended and sent again under its id', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const { taskId } = await consult.task('review');
    const { form } = await world.call('p-he-jing', 'task', { id: consult.id, taskId });
    await world.call('p-he-jing', 'claimTask', { id: consult.id, taskId, commandId: randomUUID() });
    const attempt = { id: consult.id, taskId, commandId: randomUUID(), outcome: 'approve', formHash: form?.hash };
    await expect(
      world.call('p-he-jing', 'completeTask', { ...attempt, response: { resourceType: 'QuestionnaireResponse', status: 'completed' } }),
    ).rejects.toMatchObject({ status: 422, view: { code: 'form-invalid' } });
    expect(await rows('refused_command', consult.id)).toBe(0);
    await consult.complete('review', { by: 'p-he-jing' });
  });

  it('tells a stranger that there is nothing, as for an instance that is not there', async () => {
    const consult = await aConsult(world);
    const strange = await send('p-zhao-heng', consult.id, comment('hello'), { mayKnow: false });
    const absent = await send('p-zhao-heng', randomUUID(), comment('hello'));
    expect([strange, absent]).toEqual([{ kind: 'not-found' }, { kind: 'not-found' }]);
    await expect(world.call('p-zhao-heng', 'comment', { id: consult.id, commandId: randomUUID(), text: 'hello' })).rejects.toMatchObject({
      status: 404,
    });
    expect(await rows('step', consult.id)).toBe(1);
    expect(await rows('refused_command', consult.id)).toBe(0);
  });
});

describe('many commands at once', () => {
  it('on one instance stand in a journal without gaps, and its fold is the stored state', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const before = await rows('step', consult.id);
    const processes = [world, world.anotherProcess()];
    const answers = await times(30, (n) =>
      send(n % 2 ? 'p-he-jing' : 'p-wu-tong', consult.id, comment(`comment ${n}`), { through: processes[n % 2] }),
    );
    expect(answers.filter((answer) => answer.kind !== 'accepted')).toEqual([]);
    const seqs = answers.map((answer) => (answer.kind === 'accepted' ? answer.seq : 0)).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 30 }, (_, index) => before + 1 + index));
    await expectSound(consult);
  });

  it('of claims have one winner, and everybody else is told who', async () => {
    const consult = await aConsult(world, { waitingAt: 'confirm' });
    const { taskId, candidates } = await consult.task('confirm');
    const able = PEOPLE.map(({ id }) => id).filter((id) => principalsOf(id).some((principal) => candidates.includes(principal)));
    expect(able.length).toBeGreaterThan(1);
    const answers = await Promise.all(able.map((id) => send(id, consult.id, { type: 'task.claim', taskId })));
    const winner = able[answers.findIndex((answer) => answer.kind === 'accepted')];
    expect(answers.filter((answer) => answer.kind === 'accepted')).toHaveLength(1);
    expect((await consult.task('confirm')).assignee).toBe(winner);
    for (const answer of answers.filter((candidate) => candidate.kind !== 'accepted'))
      expect(answer).toMatchObject({ kind: 'refused', refusal: { code: 'claimed-by-other', data: { personId: winner } } });
    await expectSound(consult);
  });

  it('of completions by the same person decide a task once', async () => {
    const consult = await aConsult(world, { waitingAt: 'dispatch' });
    const { taskId } = await consult.task('dispatch');
    const by = 'p-xu-lei';
    await send(by, consult.id, { type: 'task.claim', taskId });
    const results = await times(8, () =>
      consult.complete('dispatch', { by }).then(
        () => 'done',
        (error: { view?: { code: string }; message: string }) => error.view?.code ?? 'gone',
      ),
    );
    expect(results.filter((result) => result === 'done')).toHaveLength(1);
    await expectSound(consult);
  });
});

describe('an instance whose workflow came to another result', () => {
  it('refuses people and machines until an operator resolves it, and keeps none of these answers', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const { taskId } = await consult.task('review');
    await stopRelay(world.db, { instanceId: consult.id, error: 'diverged', divergence: { seq: 1, journalHash: 'a', workflowHash: 'b' } });
    const commandId = randomUUID();
    const before = await rows('step', consult.id);
    expect(await send('p-he-jing', consult.id, { type: 'task.claim', taskId }, { commandId })).toEqual({ kind: 'stopped' });
    expect(await world.door.submit(aSystemCommand(consult.id, { type: 'timer.fire', effectId: '1:1' }))).toEqual({ kind: 'stopped' });
    expect(await rows('step', consult.id)).toBe(before);
    expect(await rows('refused_command', consult.id)).toBe(0);
    await world.call('p-kang-ning', 'resolveInstance', {
      id: consult.id,
      commandId: randomUUID(),
      reason: 'The worker was of another build.',
    });
    expect(await send('p-he-jing', consult.id, { type: 'task.claim', taskId }, { commandId })).toMatchObject({
      kind: 'accepted',
      isRepeated: false,
    });
    await expectSound(consult);
  });

  it('keeps both hashes and the reason in its journal when it is resolved', async () => {
    const consult = await aConsult(world);
    const divergence = {
      seq: 1,
      journalHash: '1'.repeat(64),
      workflowHash: '2'.repeat(64),
      detail: 'another hash',
      at: new Date().toISOString(),
    };
    await stopRelay(world.db, { instanceId: consult.id, error: 'diverged', divergence });
    await world.call('p-kang-ning', 'resolveInstance', { id: consult.id, commandId: randomUUID(), reason: 'A planted fault.' });
    const last = (await world.journal(consult.id)).at(-1);
    const text = JSON.stringify(last?.opened.events);
    expect(text).toContain('A planted fault.');
    expect(text).toContain(divergence.journalHash);
    expect(text).toContain(divergence.workflowHash);
  });

  it('is resolved once when the same resolve comes again, and a healthy instance is not rebuilt', async () => {
    const consult = await aConsult(world);
    await stopRelay(world.db, { instanceId: consult.id, error: 'diverged', divergence: { seq: 1, journalHash: 'a', workflowHash: 'b' } });
    const resolve = { id: consult.id, commandId: randomUUID(), reason: 'Twice.' };
    const first = await world.call('p-kang-ning', 'resolveInstance', resolve);
    await world.asOwner('update relay set rebuild = false, confirmed_seq = last_seq where instance_id = $1', [consult.id]);
    expect(await world.call('p-kang-ning', 'resolveInstance', resolve)).toEqual(first);
    const [relay] = await world.asOwner('select rebuild from relay where instance_id = $1', [consult.id]);
    expect(relay).toEqual({ rebuild: false });
    await expect(world.call('p-kang-ning', 'resolveInstance', { ...resolve, commandId: randomUUID() })).rejects.toMatchObject({
      view: { code: 'not-stopped' },
    });
  });
});

const aSystemCommand = (instanceId: string, body: CommandBody) => ({
  instanceId,
  commandId: randomUUID(),
  actor: { kind: 'system', name: 'timer' } as const,
  asked: body,
  prepare: () => ({ kind: 'ready', body }) as const,
});

describe('a timer', () => {
  it('is valid while it is wanted, takes its due time, and is refused when it is no longer wanted', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const { deadline } = await consult.task('review');
    const effectId = deadline?.effectId ?? '';
    const fired = await world.door.submit(aSystemCommand(consult.id, { type: 'timer.fire', effectId }));
    expect(fired).toMatchObject({ kind: 'accepted' });
    const last = (await world.journal(consult.id)).at(-1);
    expect(last?.opened.command.at).toBe(deadline?.due);
    expect(await world.door.submit(aSystemCommand(consult.id, { type: 'timer.fire', effectId }))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'unknown-effect' },
    });
    // The next step is not before it, though its due time lies ahead of every clock.
    await send('p-he-jing', consult.id, comment('later'));
    expect((await world.journal(consult.id)).at(-1)?.at).toBe(deadline?.due);
    await expectSound(consult);
  });
});

describe('the journal', () => {
  it.each(['update step set seq = seq', 'delete from step', 'truncate step cascade'])('refuses the application %s', async (statement) => {
    await aConsult(world);
    await expect(world.asApplication(statement)).rejects.toThrow();
  });

  it('cannot be opened for change by the application: it neither owns nor disables the trigger', async () => {
    await expect(world.asApplication('alter table step disable trigger all')).rejects.toThrow(/owner/);
    await expect(world.asApplication("set session_replication_role = 'replica'")).rejects.toThrow(/permission denied/);
    const [role] = await world.asApplication('select rolsuper, rolbypassrls from pg_roles where rolname = current_user');
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false });
  });

  it('takes comments and copies after the end, chained but not told to the workflow, and nothing else', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    await consult.complete('review', { by: 'p-he-jing', outcome: 'reject', reasonCode: 'duplicate' });
    const { status, lastSeq } = await world.instance(consult.id);
    expect(status).toBe('rejected');
    const [relayBefore] = await world.asOwner('select last_seq from relay where instance_id = $1', [consult.id]);
    expect(await send('p-wu-tong', consult.id, comment('Why?'))).toMatchObject({ kind: 'accepted', seq: lastSeq + 1 });
    expect(await send('p-he-jing', consult.id, { type: 'cc', personIds: ['p-zhao-heng'] })).toMatchObject({ kind: 'accepted' });
    expect(await send('p-he-jing', consult.id, { type: 'task.claim', taskId: '5' })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'instance-ended' },
    });
    expect(await world.asOwner('select last_seq from relay where instance_id = $1', [consult.id])).toEqual([relayBefore]);
    await expectSound(consult);
  });
});

describe('what is stored', () => {
  const canary = `金丝雀${randomUUID().slice(0, 8)}`;

  it('holds no name of a patient in clear, in any table', async () => {
    const consult = await aConsult(world, { patientName: canary, waitingAt: 'review' });
    await send('p-he-jing', consult.id, comment(`${canary} should be asked.`));
    const { taskId } = await consult.task('review');
    const { form } = await world.call('p-he-jing', 'task', { id: consult.id, taskId });
    const response = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: [{ linkId: 'review', text: canary }] };
    await world.call('p-he-jing', 'putDraft', {
      scope: { kind: 'task', instanceId: consult.id, taskId },
      formHash: form?.hash ?? '',
      version: 0,
      response,
    });
    const applicant = await world.signIn('p-wu-tong');
    const file = new FormData();
    file.append('file', new File([`%PDF-1.7\n${canary.repeat(100)}`], `${canary}.pdf`));
    expect((await applicant.request('POST', '/api/files', { body: file })).status).toBe(200);
    await consult.complete('review', { by: 'p-he-jing', outcome: 'return', reason: `${canary} has no consent.` });
    expect(await clearTextHits(world.asOwner, canary)).toEqual([]);
  });

  it('is searched in earnest: a planted name is found as text, in bytes, and as base64', async () => {
    const planted = `植入${randomUUID().slice(0, 8)}`;
    await world.asOwner("update room set name = $1 where id = 'room-phone'", [planted]);
    await world.asOwner("update person set title = $1 where id = 'p-dai-yu'", [Buffer.from(`x${planted}`).toString('base64')]);
    const consult = await aConsult(world);
    await world.asOwner('update instance set state = $1 where id = $2', [Buffer.from(planted, 'utf16le'), consult.id]);
    expect(await clearTextHits(world.asOwner, planted)).toEqual(['instance.state', 'person.title', 'room.name']);
  });
});

describe('an erased key', () => {
  it('makes everything of the instance unreadable, in every process at once, while its chain still verifies', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const before = await world.journal(consult.id);
    await world.asOwner('delete from data_key where owner = $1', [`instance:${consult.id}`]);
    await expect(world.call('p-wu-tong', 'instance', { id: consult.id })).rejects.toMatchObject({ status: 404 });
    expect(await send('p-wu-tong', consult.id, comment('still there?'))).toEqual({ kind: 'not-found' });
    expect(await world.keys.find(`instance:${consult.id}`)).toBeNull();
    const instance = await world.instance(consult.id);
    const stored = await world.asOwner<{
      seq: number;
      hash: Buffer;
      at: Date;
      actor: string;
      command_id: string;
      command_type: string;
      commitment: Buffer;
    }>('select * from step where instance_id = $1 order by seq', [consult.id]);
    let hash = GENESIS_HASH;
    for (const step of stored) {
      const { seq, actor } = step;
      const envelope = {
        instanceId: consult.id,
        seq,
        at: step.at.toISOString(),
        actor,
        commandId: step.command_id,
        commandType: step.command_type,
        semantics: instance.semantics,
      };
      hash = stepHash(hash, envelope, step.commitment.toString('hex'));
      expect(step.hash.toString('hex')).toBe(hash);
    }
    expect(hash).toBe(instance.lastHash);
    expect(stored).toHaveLength(before.length);
  });
});
