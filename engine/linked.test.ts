/** Instances that open others: an up-referral its down-referral and its follow-up, through door, matcher, relay and Temporal. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkedInstanceView } from '#api/views.ts';
import { aReferral, decideIn, openTask, PATIENT, RECEIVER, SENDER, wayTo } from '#test/support/referral.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
let shell: Shell;
beforeAll(async () => {
  world = await aWorld();
  shell = await aShell(world);
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

const DOWN = [{ valueCoding: { system: 'https://bihuan.dev/fhir/CodeSystem/referral-disposition', code: 'refer-down' } }];
const linkedOf = async (personId: string, id: string): Promise<readonly LinkedInstanceView[]> =>
  (await world.call(personId, 'instance', { id })).linked;

describe('an up-referral that is answered by a down-referral', () => {
  let up: string;
  let opened: readonly LinkedInstanceView[];
  const of = async (serviceKey: string): Promise<string> => {
    for (const { instanceId } of opened) if ((await world.instance(instanceId)).serviceKey === serviceKey) return instanceId;
    throw new Error(`${up} opened no ${serviceKey}.`);
  };

  beforeAll(async () => {
    up = await aReferral(world, wayTo('end'));
    await decideIn(world, up, { does: 'reply', outcome: 'sign', answers: { 'reply.disposition': DOWN } });
    await until('both are open', async () => (await linkedOf('p-he-jing', up)).length === 2);
    opened = await linkedOf('p-he-jing', up);
  });

  it('opens it with the follow-up, each with a life and a number of its own', async () => {
    expect(opened.map(({ relation, status }) => [relation, status])).toEqual([
      ['opened', 'active'],
      ['opened', 'active'],
    ]);
    expect(new Set(opened.map(({ number }) => number.slice(0, 2)))).toEqual(new Set(['ZZ', 'SF']));
    for (const id of [up, await of('referral'), await of('follow-up')]) await shell.expectConfirmed(id);
  });

  it('exchanges the roles: the down-referral is the receiving hospital’s, the follow-up the sender’s', async () => {
    const [down, followUp] = [await of('referral'), await of('follow-up')];
    expect((await world.instance(down)).organisationId).toBe('org-lead');
    expect((await openTask(world, down, 'complete-application')).candidates).toEqual(['role:receiver@org-lead', 'role:applicant@org-lead']);
    expect((await world.instance(followUp)).organisationId).toBe('org-shitan');
    expect(await openTask(world, followUp, 'make-plan')).toMatchObject({ assignee: SENDER });
  });

  it('is seen from both sides by who may read both, and by nobody else', async () => {
    const down = await of('referral');
    expect(await linkedOf(RECEIVER, down)).toMatchObject([{ relation: 'opened-by', instanceId: up }]);
    const followUp = await of('follow-up');
    // The sender has no part yet in what the other hospital still writes.
    expect((await linkedOf(SENDER, up)).map(({ instanceId }) => instanceId)).toEqual([followUp]);
  });

  it('begins its form with patient and summary as they stand in the up-referral', async () => {
    const down = await of('referral');
    const { taskId } = await openTask(world, down, 'complete-application');
    const task = await world.call(RECEIVER, 'task', { id: down, taskId });
    expect(JSON.stringify(task)).toContain(PATIENT);
  });

  it('goes back to the hospital from which the patient came', async () => {
    const down = await of('referral');
    await world.call(RECEIVER, 'claimTask', {
      id: down,
      taskId: (await openTask(world, down, 'complete-application')).taskId,
      commandId: randomUUID(),
    });
    const answers = {
      'referral.direction': [{ valueCoding: { system: 'https://bihuan.dev/fhir/CodeSystem/referral-direction', code: 'down' } }],
      'consent.recipients': [{ valueReference: { reference: 'Organization/org-shitan' } }],
    };
    await decideIn(world, down, { does: 'complete-application', outcome: 'send', by: RECEIVER, answers });
    await decideIn(world, down, { does: 'review', outcome: 'approve' });
    await decideIn(world, down, { does: 'dispatch', outcome: 'dispatch' });
    expect((await openTask(world, down, 'triage')).candidates).toEqual(['role:receiver@org-shitan']);
  });
});

describe('a document that another system returns', () => {
  const publish = (key: string) =>
    world.call('p-kang-ning', 'publishMessage', {
      messageId: randomUUID(),
      name: 'referral-document',
      correlationKey: key,
      variables: { document: { number: 'CYXJ-1', kind: 'discharge-summary' } },
    });

  it('that names a running referral waits for its sender to say that it is this patient', async () => {
    const id = await aReferral(world, wayTo('treat'));
    await publish(id);
    await shell.reached(id, 'it has come', ({ tasks }) => Object.values(tasks).some(({ elementId }) => elementId === 'match-document'));
    expect((await openTask(world, id, 'match-document')).assignee).toBe(SENDER);
    await decideIn(world, id, { does: 'match-document', outcome: 'other-patient', reason: '姓名不符' });
    expect((await openTask(world, id, 'review-document')).candidates).toEqual(['role:manager@org-lead']);
  });

  it('that names none stands on the platform’s list', async () => {
    const count = async (): Promise<number> =>
      (
        await world.asOwner<{ count: number }>(
          `select count(*)::int as count from task where element_id = 'review-unmatched' and state = 'open'`,
        )
      )[0]?.count ?? 0;
    const before = await count();
    await publish(randomUUID());
    await until('it stands there', async () => (await count()) === before + 1);
  });
});
