import { afterAll, beforeAll, expect, it } from 'vitest';
import { aWorld, type World } from '#test/support/world.ts';
import { createWorkerAccount } from './worker-account.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

it('an account for a remote worker signs in with the password told once and takes the jobs it was given', async () => {
  const account = { signInName: 'his.gateway', organisationId: 'org-lead', jobTypes: ['print'] };
  const password = await createWorkerAccount(world.db, account);
  const caller = world.caller();
  expect((await caller.post('/api/auth/sign-in/username', { username: 'his.gateway', password })).status).toBe(200);
  expect((await caller.post('/api/jobs/activate', { type: 'print', worker: 'w1' })).body).toEqual({ jobs: [] });
  expect((await caller.post('/api/jobs/activate', { type: 'scan', worker: 'w1' })).body.code).toBe('job-type-not-given');
  expect((await caller.get('/api/operations/instances')).status).toBe(404);
  expect(await createWorkerAccount(world.db, account)).toBeNull();
});
