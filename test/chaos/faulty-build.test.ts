/** A worker whose interpreter comes to another result is found out at its first step, and an operator puts things right (P13). */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperationsView } from '#api/views/operations.ts';
import type { CommandAnswer, InstanceView, ServiceFormView } from '#api/views.ts';
import type { ApiClient } from '#bin/api-client.ts';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import { fillApplication } from '../load/application.ts';
import { type Stack, startStack } from '../support/stack.ts';
import type { StackPart } from '../support/stack-part.ts';
import { until } from '../support/until.ts';
import { audit, unsettledAfter } from './auditor.ts';

let stack: Stack;
let applicant: ApiClient;
let manager: ApiClient;
let operator: ApiClient;
let faulty: StackPart;
let instanceId: string;

beforeAll(async () => {
  stack = await startStack({ workers: 0 });
  [applicant, manager, operator] = await Promise.all([stack.signIn('wutong'), stack.signIn('hejing'), stack.signIn('kangning')]);
  faulty = await stack.addWorker({ WORKFLOW_BUNDLE_FILE: await faultyBundle() });
  instanceId = await apply();
}, 300_000);

afterAll(() => stack?.stop());

/** Where the chain begins is the smallest thing in which two builds can differ and agree in everything else. */
async function faultyBundle(): Promise<string> {
  const code = await readFile(await bundleWorkflows(), 'utf8');
  const changed = code.replaceAll(/'0'\.repeat\(64\)|"0"\.repeat\(64\)/g, "'1'.repeat(64)");
  expect(changed).not.toBe(code);
  const file = path.join(stack.folder, 'faulty-bundle.js');
  await writeFile(file, changed);
  return file;
}

async function apply(): Promise<string> {
  const { form } = await applicant.get<ServiceFormView>('/api/services/consult');
  const response = fillApplication(form.questionnaire, 'p-wu-tong');
  const answer = await applicant.post<CommandAnswer>('/api/instances', {
    commandId: randomUUID(),
    serviceKey: 'consult',
    formHash: form.hash,
    response,
  });
  return answer.instanceId;
}

async function claim() {
  const { header } = await manager.get<InstanceView>(`/api/instances/${instanceId}`);
  const taskId = header.waitingFor[0]?.taskId;
  return manager.request<{ readonly code?: string }>('POST', `/api/instances/${instanceId}/tasks/${taskId}/claim`, {
    body: { commandId: randomUUID() },
  });
}

test('the divergence is found and shown to operators with both hashes', async () => {
  const row = await until('the instance is stopped', async () => {
    const { rows } = await operator.get<OperationsView>('/api/operations/instances?problem=stopped');
    return rows.find((candidate) => candidate.instanceId === instanceId);
  });
  expect(row.confirmedSeq).toBe(0);
  const { header } = await manager.get<InstanceView>(`/api/instances/${instanceId}`);
  expect(header.confirmation.divergence).toMatchObject({ journalHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('the door refuses everything on the stopped instance', async () => {
  const answer = await claim();
  expect(answer.status).toBe(409);
  expect(answer.body.code).toBe('instance-stopped');
});

test('nobody but an operator may resolve it', async () => {
  const asked = { body: { commandId: randomUUID(), reason: '换回正确的版本' } };
  expect((await manager.request('POST', `/api/operations/instances/${instanceId}/resolve`, asked)).status).toBe(404);
});

test('with the right build, an operator has the workflow built anew from the journal, and the instance goes on', async () => {
  await faulty.stop();
  await stack.addWorker();
  await operator.post(`/api/operations/instances/${instanceId}/resolve`, { commandId: randomUUID(), reason: '换回正确的版本' });
  const answer = await until('the claim is accepted', async () => {
    const claimed = await claim();
    return claimed.status === 200 ? claimed : null;
  });
  expect(answer.status).toBe(200);
  expect(await unsettledAfter(stack.ownerUrl, 60_000)).toEqual([]);
  expect((await audit({ ...stack, operations: [], patienceMs: 20_000 })).findings).toEqual([]);
});
