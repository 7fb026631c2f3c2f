/** PostgreSQL comes back from a backup that is some minutes old: workflows then know more than the journal, and nobody is deceived (P24). */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditView } from '#api/views/audit.ts';
import type { OperationsView } from '#api/views/operations.ts';
import type { CommandAnswer, InstanceView, ServiceFormView, TaskView } from '#api/views.ts';
import type { ApiClient } from '#bin/api-client.ts';
import { ROOT } from '#bin/start/applications.ts';
import { giveTo, postgresUser } from '#bin/start/postgres-user.ts';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import { fillApplication } from '../load/application.ts';
import { fillForm } from '../support/fill-form.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { unsettledAfter } from './auditor.ts';

let stack: Stack;
let applicant: ApiClient;
let manager: ApiClient;
let operator: ApiClient;
let auditor: ApiClient;
/** Worked on after the backup. */
let ahead: string;
/** Worked on after the backup, and brought back before anybody touches it. */
let recovered: string;
/** Begun after the backup; its key is kept elsewhere. */
let begun: string;
/** Not touched between backup and restore. */
let untouched: string;

beforeAll(async () => {
  stack = await startStack();
  const signInNames = ['wutong', 'hejing', 'kangning', 'yezhou'] as const;
  [applicant, manager, operator, auditor] = (await Promise.all(signInNames.map((name) => stack.signIn(name)))) as [
    ApiClient,
    ApiClient,
    ApiClient,
    ApiClient,
  ];
  [ahead, untouched, recovered] = [await apply(), await apply(), await apply()];
  expect(await unsettledAfter(stack.ownerUrl, 60_000)).toEqual([]);
  const restore = await backUp();
  await approve(ahead);
  await approve(recovered);
  begun = await apply();
  expect(await unsettledAfter(stack.ownerUrl, 60_000)).toEqual([]);
  const keys = await query('select owner, wrapped from data_key');
  await restore();
  for (const { owner, wrapped } of keys) await query('insert into data_key values ($1, $2) on conflict do nothing', [owner, wrapped]);
}, 300_000);

afterAll(() => stack?.stop());

/** A copy of the stopped server's data; what it returns puts the copy in the place of the data. */
async function backUp(): Promise<() => Promise<void>> {
  const data = path.join(stack.folder, 'postgres', 'data');
  const copy = `${data}.backup`;
  const user = await postgresUser();
  await stack.postgres.stop();
  await cp(data, copy, { recursive: true });
  if (user !== null) await giveTo(user, copy);
  await stack.postgres.start();
  return async () => {
    await stack.postgres.stop();
    await rm(data, { recursive: true });
    await rename(copy, data);
    await stack.postgres.start();
  };
}

async function apply(): Promise<string> {
  const { form } = await applicant.get<ServiceFormView>('/api/services/consult');
  const response = fillApplication(form.questionnaire, 'p-wu-tong');
  const body = { commandId: randomUUID(), serviceKey: 'consult', formHash: form.hash, response };
  return (await applicant.post<CommandAnswer>('/api/instances', body)).instanceId;
}

/** The manager claims and approves. A decision moves a token, so it is told to the workflow at once. */
async function approve(instanceId: string): Promise<number> {
  // The database may just be coming back: asked until it answers.
  const { header } = await until('the instance can be read', async () => {
    const view = await manager.request<InstanceView>('GET', `/api/instances/${instanceId}`);
    return view.status === 200 ? view.body : null;
  });
  const place = `/api/instances/${instanceId}/tasks/${header.waitingFor[0]?.taskId}`;
  await manager.request('POST', `${place}/claim`, { body: { commandId: randomUUID() } });
  const { form } = await manager.get<TaskView>(place);
  if (form === null) throw new Error('A review has a form.');
  const response = fillForm(form.questionnaire, { personId: 'p-he-jing' });
  const answer = await manager.request('POST', `${place}/complete`, {
    body: { commandId: randomUUID(), outcome: 'approve', formHash: form.hash, response },
  });
  return answer.status;
}

/** Keys are backed up on their own, and more often (P24). */
async function query(text: string, values: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: stack.ownerUrl });
  await client.connect();
  try {
    return (await client.query<{ readonly owner: string; readonly wrapped: Buffer }>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

const bihuan = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [path.join(ROOT, 'bin/bihuan.mjs'), ...args], { env: { ...process.env, ...stack.environment } });

test('what workflows know more is brought back before anybody is let in, and the instances go on', async () => {
  const { stdout } = await bihuan('recover', recovered, begun);
  expect(stdout).toContain(`${recovered}: 2 steps, 1 without their answers`);
  expect(stdout).toContain(`${begun}: 1 steps, the instance itself, 1 without their answers`);
  const view = await manager.request<InstanceView>('GET', `/api/instances/${recovered}`);
  expect(view.status).toBe(200);
  expect(view.body.header.confirmation.divergence).toBeNull();
  expect(view.body.header.waitingFor.map(({ elementId }) => elementId)).toEqual(['dispatch']);
  expect(await approve(begun)).toBe(200);
  await until('all of it is confirmed', async () => {
    const { header } = await manager.get<InstanceView>(`/api/instances/${begun}`);
    return header.confirmation.confirmedSeq === header.confirmation.lastSeq;
  });
  const audit = await auditor.get<AuditView>(`/api/audit/${recovered}`);
  expect(audit.chain).toMatchObject({ valid: true, brokenAt: null });
});

test('the release gate replays every open instance of the stack through this clone’s workflows', async () => {
  const { stdout } = await bihuan('replay', '--open');
  expect(stdout).toMatch(/^4 histories replayed in [\d.]+ s through interpreter [0-9a-f]{16}, 0 do otherwise$/m);
  const edited = path.join(stack.folder, 'edited.js');
  await writeFile(edited, (await readFile(await bundleWorkflows(), 'utf8')).replaceAll(/if \(delayMs > 0\)/g, 'if (delayMs > 1e15)'));
  const refused = await bihuan('replay', '--open', '--bundle', edited).catch(
    (error: { readonly code: number; readonly stdout: string }) => error,
  );
  expect(refused).toMatchObject({ code: 1, stdout: expect.stringMatching(/, [1-4] do otherwise$/m) });
});

test('an instance that was not touched since the backup goes on', async () => {
  expect(await approve(untouched)).toBe(200);
  const { confirmation } = await until('the decision is confirmed', async () => {
    const { header } = await manager.get<InstanceView>(`/api/instances/${untouched}`);
    return header.confirmation.confirmedSeq === header.confirmation.lastSeq ? header : null;
  });
  expect(confirmation.divergence).toBeNull();
});

test('an instance whose workflow knows more is stopped at the first step that is told to it, and operators see why', async () => {
  expect(await approve(ahead)).toBe(200);
  const row = await until('the instance is stopped', async () => {
    const { rows } = await operator.get<OperationsView>('/api/operations/instances?problem=stopped');
    return rows.find(({ instanceId }) => instanceId === ahead);
  });
  expect(row.confirmedSeq).toBe(1);
  const refused = await applicant.request<{ readonly code?: string }>('POST', `/api/instances/${ahead}/comments`, {
    body: { commandId: randomUUID(), text: '?' },
  });
  expect(refused).toMatchObject({ status: 409, body: { code: 'instance-stopped' } });
});
