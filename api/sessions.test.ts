import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEOPLE, SAMPLE_PASSWORD } from '#bin/seed/people.ts';
import { ApiCaller } from '#test/support/api-caller.ts';
import { aConsult } from '#test/support/consult.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { CLIENT_ADDRESS_HEADER } from './auth.ts';

const ATTEMPTS = 5;

let world: World;
beforeAll(async () => {
  world = await aWorld({ SIGN_IN_ATTEMPTS_PER_MINUTE: String(ATTEMPTS) });
});
afterAll(() => world.stop());

let addresses = 0;
/** Every test comes from an address of its own, so that one test's attempts are not another's. */
function visitor() {
  addresses += 1;
  const address = `10.0.0.${addresses}`;
  const caller = new ApiCaller(world.baseUrl);
  const signIn = (
    personId: string,
    { password = SAMPLE_PASSWORD, from = address }: { readonly password?: string; readonly from?: string } = {},
  ) =>
    caller.request('POST', '/api/auth/sign-in/username', {
      body: { username: PEOPLE.find((person) => person.id === personId)?.signInName ?? personId, password },
      headers: { [CLIENT_ADDRESS_HEADER]: from },
    });
  return { caller, signIn };
}

describe('signing in', () => {
  it('opens a session in a cookie that scripts cannot read and other sites do not send', async () => {
    const { caller, signIn } = visitor();
    const answer = await signIn('p-wu-tong');
    expect(answer.status).toBe(200);
    const cookie = answer.headers.getSetCookie().find((set) => set.includes('session_token')) ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect((await caller.get('/api/me')).body.person).toMatchObject({ id: 'p-wu-tong' });
  });

  it.each([
    ['a wrong password', 'p-wu-tong', 'wrong-password'],
    ['a name that nobody has', 'nobody', SAMPLE_PASSWORD],
    ['an empty password', 'p-wu-tong', ''],
  ])('with %s opens none', async (_what, personId, password) => {
    const { caller, signIn } = visitor();
    const answer = await signIn(personId, { password });
    expect([400, 401, 422]).toContain(answer.status);
    expect((await caller.get('/api/me')).status).toBe(401);
  });

  it('answers a wrong password and an unknown name alike', async () => {
    const known = await visitor().signIn('p-wu-tong', { password: 'wrong-password' });
    const unknown = await visitor().signIn('nobody', { password: 'wrong-password' });
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
  });

  it('is limited by address: after so many attempts even the right password waits', async () => {
    const { signIn } = visitor();
    for (let count = 0; count < ATTEMPTS; count += 1) expect((await signIn('p-chen-xi', { password: `guess-${count}` })).status).toBe(401);
    expect((await signIn('p-chen-xi')).status).toBe(429);
    // From elsewhere the same person signs in.
    expect((await signIn('p-chen-xi', { from: '10.9.9.9' })).status).toBe(200);
  });

  it('cannot be done for others: nobody signs up', async () => {
    const { caller } = visitor();
    const answer = await caller.post('/api/auth/sign-up/email', {
      email: 'a@b.example',
      password: 'long-enough-1',
      name: 'x',
      personId: 'p-kang-ning',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await world.asOwner("select 1 from auth_user where email = 'a@b.example'")).toEqual([]);
  });

  it('cannot be turned to another person afterwards', async () => {
    const { caller, signIn } = visitor();
    await signIn('p-zhao-heng');
    await caller.post('/api/auth/update-user', { personId: 'p-kang-ning', name: 'x' });
    expect((await caller.get('/api/me')).body.person.id).toBe('p-zhao-heng');
  });
});

describe('a session', () => {
  it('ends at once when its person signs out', async () => {
    const { caller, signIn } = visitor();
    await signIn('p-wu-tong');
    expect((await caller.get('/api/me')).status).toBe(200);
    await caller.post('/api/auth/sign-out', {});
    expect((await caller.get('/api/me')).status).toBe(401);
  });

  it('that is kept by somebody else ends with the sign-out too', async () => {
    const { caller, signIn } = visitor();
    const signedIn = await signIn('p-wu-tong');
    const cookie = signedIn.headers
      .getSetCookie()
      .map((set) => set.split(';')[0])
      .join('; ');
    const thief = () => new ApiCaller(world.baseUrl).request('GET', '/api/me', { headers: { cookie } });
    expect((await thief()).status).toBe(200);
    await caller.post('/api/auth/sign-out', {});
    expect((await thief()).status).toBe(401);
  });

  it('that is revoked in the database is refused within a second, and so is a role that was taken away', async () => {
    const { caller, signIn } = visitor();
    await signIn('p-fu-rong');
    expect((await caller.get('/api/audit')).status).toBe(200);
    await world.asOwner("delete from role_assignment where person_id = 'p-fu-rong'");
    await until('the role is gone', async () => (await caller.get('/api/audit')).status === 404);
    await world.asOwner(`delete from auth_session where "userId" = (select id from auth_user where "personId" = 'p-fu-rong')`);
    await until('the session is gone', async () => (await caller.get('/api/me')).status === 401);
  });

  it('with a changed cookie is none', async () => {
    const { signIn } = visitor();
    const signedIn = await signIn('p-wu-tong');
    const cookie = signedIn.headers
      .getSetCookie()
      .map((set) => set.split(';')[0] ?? '')
      .join('; ');
    for (const forged of [cookie.replace(/=(.)/, '=x$1'), `${cookie.slice(0, -6)}AAAAAA`, cookie.replace(/\.[^.;]*$/, '')]) {
      expect((await new ApiCaller(world.baseUrl).request('GET', '/api/me', { headers: { cookie: forged } })).status).toBe(401);
    }
  });
});

describe('a person with several roles', () => {
  it('works in one of them: the lists show its tasks only, and all again afterwards', async () => {
    const consult = await aConsult(world, { waitingAt: 'dispatch' });
    const review = await aConsult(world, { waitingAt: 'review' });
    const { caller, signIn } = visitor();
    await signIn('p-lin-yue');
    const { body: me } = await caller.get('/api/me');
    expect(me.roles.map((role: { id: string }) => role.id).sort()).toEqual(['dispatcher@org-lead', 'manager@org-lead']);
    const claimable = async () =>
      (await caller.get('/api/inbox?list=claimable')).body.rows
        .map((row: { instanceId: string }) => row.instanceId)
        .filter((id: string) => id === consult.id || id === review.id)
        .sort();
    expect(await claimable()).toEqual([consult.id, review.id].sort());
    const switched = await caller.put('/api/me/active-role', { role: 'dispatcher@org-lead' });
    expect(switched.body.activeRole).toBe('dispatcher@org-lead');
    expect(await claimable()).toEqual([consult.id]);
    expect((await caller.get('/api/inbox/counts')).body.counts.claimable).toBe(1);
    await caller.put('/api/me/active-role', { role: 'manager@org-lead' });
    expect(await claimable()).toEqual([review.id]);
    await caller.put('/api/me/active-role', { role: null });
    expect(await claimable()).toEqual([consult.id, review.id].sort());
  });

  it('cannot work in a role that they do not hold', async () => {
    const { caller, signIn } = visitor();
    await signIn('p-wu-tong');
    for (const role of ['manager@org-lead', 'applicant@org-yunxi', 'applicant', '']) {
      const answer = await caller.put('/api/me/active-role', { role });
      expect([answer.status, answer.body.code]).toEqual([422, 'role-not-held']);
    }
    expect((await caller.get('/api/me')).body.activeRole).toBeNull();
  });

  it('keeps the choice to the one session', async () => {
    const [first, second] = [visitor(), visitor()];
    await first.signIn('p-pan-lu');
    await second.signIn('p-pan-lu');
    await first.caller.put('/api/me/active-role', { role: 'room-admin@org-lead' });
    expect((await second.caller.get('/api/me')).body.activeRole).toBeNull();
  });
});

describe('a tampered session row', () => {
  it('gives no role that the person does not hold', async () => {
    const { caller, signIn } = visitor();
    await signIn('p-wu-tong');
    await caller.get('/api/me');
    await world.asOwner(`update auth_session set "activeRole" = 'operator@org-lead'`);
    expect((await caller.get('/api/operations/instances')).status).toBe(404);
    const consult = await aConsult(world, { applicant: 'p-zhao-heng' });
    expect((await caller.get(`/api/instances/${consult.id}`)).status).toBe(404);
    expect((await caller.post(`/api/instances/${consult.id}/comments`, { commandId: randomUUID(), text: 'x' })).status).toBe(404);
  });
});
