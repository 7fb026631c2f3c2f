/** PostgreSQL comes back from a backup that is some minutes old: workflows then know more than the journal, and nobody is deceived (P24). */
import { randomUUID } from 'node:crypto';
import { cp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandAnswer, InstanceView, OperationsView, ServiceFormView, TaskView } from '#api/views.ts';
import type { ApiClient } from '#bin/api-client.ts';
import { giveTo, postgresUser } from '#bin/start/postgres-user.ts';
import { fillApplication } from '../load/application.ts';
import { fillForm } from '../support/fill-form.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { untilSettled } from './auditor.ts';

let stack: Stack;
let applicant: ApiClient;
let manager: ApiClient;
let operator: ApiClient;
/** Worked on after the backup. */
let ahead: string;
/** Not touched between backup and restore. */
let untouched: string;

beforeAll(async () => {
  stack = await startStack();
  [applicant, manager, operator] = await Promise.all([stack.signIn('wutong'), stack.signIn('hejing'), stack.signIn('kangning')]);
  [ahead, untouched] = [await apply(), await apply()];
  await untilSettled(stack.ownerUrl, 60_000);
  const restore = await backUp();
  await approve(ahead);
  await untilSettled(stack.ownerUrl, 60_000);
  await restore();
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
