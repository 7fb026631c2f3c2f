/** Temporal loses all of its data: every workflow is built anew from the journal, and the instances go on (P24). */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReplayView } from '#api/views/audit.ts';
import type { RebuildView } from '#api/views/operations.ts';
import type { CommandAnswer, InstanceView, ServiceFormView } from '#api/views.ts';
import type { ApiClient } from '#bin/api-client.ts';
import { fillApplication } from '../load/application.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { unsettledAfter } from './auditor.ts';

let stack: Stack;
let applicant: ApiClient;
let operator: ApiClient;
const ids: string[] = [];

beforeAll(async () => {
  stack = await startStack();
  applicant = await stack.signIn('wutong');
  operator = await stack.signIn('kangning');
  for (let count = 0; count < 3; count += 1) ids.push(await apply());
  expect(await unsettledAfter(stack.ownerUrl, 60_000)).toEqual([]);
  await stack.temporal.stop();
  await rm(path.join(stack.folder, 'temporal'), { recursive: true });
  await stack.temporal.start();
}, 300_000);

afterAll(() => stack?.stop());

async function apply(): Promise<string> {
  const { form } = await applicant.get<ServiceFormView>('/api/services/consult');
  const response = fillApplication(form.questionnaire, 'p-wu-tong');
  const body = { commandId: randomUUID(), serviceKey: 'consult', formHash: form.hash, response };
  return (await applicant.post<CommandAnswer>('/api/instances', body)).instanceId;
}

test('an operator has all of them rebuilt with one click, and a replay finds both records the same', async () => {
  const asked = await operator.post<RebuildView>('/api/operations/rebuild', { reason: 'Temporal 的数据丢失' });
  expect(asked.rebuild?.finishedAt).toBeNull();
  const done = await until('the rebuild is finished', async () => {
    const { rebuild } = await operator.get<RebuildView>('/api/operations/rebuild');
    return rebuild?.finishedAt ? rebuild : null;
  });
  expect(done.outcome).toEqual({ looked: 3, rebuilt: 3, left: 0 });
  for (const id of ids) {
    await until('its steps are confirmed by the new workflow', async () => {
      const { header } = await applicant.get<InstanceView>(`/api/instances/${id}`);
      return header.confirmation.confirmedSeq === header.confirmation.lastSeq;
    });
  }
  const auditor = await stack.signIn('yezhou');
  await auditor.post<ReplayView>(`/api/instances/${ids[0]}/replay`, {});
  const replay = await until('the replay is finished', async () => {
    const { replay: found } = await auditor.get<ReplayView>(`/api/instances/${ids[0]}/replay`);
    return found?.finishedAt ? found : null;
  });
  expect(replay.outcome).toMatchObject({ verdict: 'same', steps: 2, runs: 1 });
});
