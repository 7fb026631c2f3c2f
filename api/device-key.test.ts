import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLICANT } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

describe('the key of what a device keeps', () => {
  it('is the same on every device of a person, and another for everybody else', async () => {
    const [phone, desk, other] = await Promise.all([world.signIn(APPLICANT), world.signIn(APPLICANT), world.signIn('p-zhao-heng')]);
    const [first, second, third] = await Promise.all([phone, desk, other].map((caller) => caller.get('/api/me/device-key')));
    expect(first?.body).toMatchObject({ personId: APPLICANT });
    expect(Buffer.from(first?.body.key, 'base64')).toHaveLength(32);
    expect(second?.body).toEqual(first?.body);
    expect(third?.body.key).not.toBe(first?.body.key);
    expect(first?.headers.get('cache-control')).toBe('no-store');
  });
});
