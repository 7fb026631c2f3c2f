import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInstance } from '#db/stored-instance.ts';
import { APPLICANT, aConsult } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { readJournal } from './read/instance.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

describe('an instance that waits for information', () => {
  it('says whose time limit stands still, until the answer is there', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const pausedOf = async () =>
      (await world.call(APPLICANT, 'instance', { id: consult.id })).header.pausedClocks.map((clock) => clock.elementId);
    expect(await pausedOf()).toEqual([]);
    await consult.complete('review', { outcome: 'ask-information', reason: '请补充近期影像' });
    expect(await pausedOf()).toEqual(['review']);
    await consult.complete('provide-information', { outcome: 'provide' });
    expect(await pausedOf()).toEqual([]);
  });
});

describe('the list of all instances', () => {
  it('shows a hospital’s administrator those of that hospital, and a manager all', async () => {
    const consult = await aConsult(world);
    const numbersOf = async (personId: string) =>
      (await world.call(personId, 'instanceList', { q: consult.number })).rows.map((row) => row.number);
    expect(await numbersOf('p-qian-duo')).toEqual([consult.number]);
    expect(await numbersOf('p-he-jing')).toEqual([consult.number]);
    expect(await numbersOf('p-li-na')).toEqual([]);
  });
});

describe('the journal of an instance', () => {
  it('is told up to the step that the instance was read at, so that a step that comes meanwhile breaks no chain', async () => {
    const { id } = await aConsult(world, { waitingAt: 'review' });
    const instance = await readInstance(world.runtime.db, id);
    const key = await world.keys.find(`instance:${id}`);
    if (!instance || !key) throw new Error('The instance is there.');
    await world.call(APPLICANT, 'comment', { id, commandId: randomUUID(), text: '请看' });
    expect((await world.instance(id)).lastSeq).toBe(instance.lastSeq + 1);
    expect((await readJournal({ runtime: world.runtime }, { instance, key })).at(-1)?.seq).toBe(instance.lastSeq);
  });
});
