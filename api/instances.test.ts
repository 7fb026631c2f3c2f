import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLICANT, aConsult } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';

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
