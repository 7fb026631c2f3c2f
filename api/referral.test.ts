/** The referral's life cycle through HTTP: of 264 cells exactly the 34 transitions (and what holds for all active states) pass; the rest is refused with a code. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiCaller, CallerAnswer } from '#test/support/api-caller.ts';
import { fillForm } from '#test/support/fill-form.ts';
import {
  aReferral,
  decideIn,
  openTask,
  REACHED,
  RECEIVER,
  REFERRAL_STATES,
  type ReferralState,
  referralAt,
  SENDER,
} from '#test/support/referral.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
let sender: ApiCaller;
let receiver: ApiCaller;
beforeAll(async () => {
  world = await aWorld();
  sender = await world.signIn(SENDER);
  receiver = await world.signIn(RECEIVER);
});
afterAll(() => world.stop());

/** Which outcomes a recipient may give in which state; the initiator has one action, while the recipient is at work. */
const LEGAL: Readonly<Record<ReferralState, readonly string[]>> = {
  C: ['accept', 'decline'],
  A: ['decline', 'schedule', 'note', 'complete'],
  D: [],
  511: ['decline', 'reschedule', 'no-show', 'visit-cancelled', 'arrived', 'complete'],
  512: ['decline', 'reschedule', 'visit-cancelled'],
  513: ['decline', 'schedule'],
  514: ['decline', 'schedule', 'visit-cancelled', 'note', 'complete'],
  52: ['complete', 'confirm'],
  X: [],
  Z: [],
};
const MAY_BE_CANCELLED: ReadonlySet<ReferralState> = new Set(['C', 'A', '511', '512', '513', '514']);
const OUTCOMES = [
  'send',
  'accept',
  'decline',
  'schedule',
  'reschedule',
  'no-show',
  'visit-cancelled',
  'note',
  'arrived',
  'complete',
  'confirm',
] as const;
const CODED: Readonly<Record<string, string>> = { decline: 'other', 'visit-cancelled': 'other' };

const reached = (state: ReferralState): Promise<string> => referralAt(world, state);

/** As the button would: on the task that is open there, with its form where there is one. */
async function give(caller: ApiCaller, personId: string, id: string, state: ReferralState, outcome: string): Promise<CallerAnswer> {
  const { at } = REACHED[state];
  const task = at === null ? null : await openTask(world, id, at);
  const taskId = task?.taskId ?? '1';
  if (task && !task.assignee) await caller.post(`/api/instances/${id}/tasks/${taskId}/claim`, { commandId: randomUUID() });
  const seen = await caller.get(`/api/instances/${id}/tasks/${taskId}`);
  const form = seen.status === 200 ? seen.body.form : null;
  const answers = {
    'record.kind': [{ valueCoding: { system: 'https://bihuan.dev/fhir/CodeSystem/referral-arrangement', code: 'visit' } }],
    'record.startsAt': [{ valueDateTime: new Date(Date.now() + 72 * 60 * 60 * 1_000).toISOString() }],
    'record.department': [{ valueReference: { reference: 'Organization/d-lead-respiratory' } }],
    'record.text': [{ valueString: '病情平稳' }],
  };
  return caller.post(`/api/instances/${id}/tasks/${taskId}/complete`, {
    commandId: randomUUID(),
    outcome,
    ...(CODED[outcome] ? { reasonCode: CODED[outcome] } : outcome === 'reschedule' ? { reason: '床位调整' } : {}),
    ...(form ? { formHash: form.hash, response: fillForm(form.questionnaire, { personId, answers }) } : {}),
  });
}

describe.each(REFERRAL_STATES)('a referral in the state %s', (state) => {
  it(`takes of its recipient ${LEGAL[state].join(', ') || 'nothing'}`, async () => {
    for (const outcome of LEGAL[state]) {
      const answer = await give(receiver, RECEIVER, await reached(state), state, outcome);
      expect(`${outcome} ${answer.status} ${answer.body.code ?? ''}`).toBe(`${outcome} 200 `);
    }
  });

  it('refuses every other outcome of the recipient, all of the initiator, and says why', async () => {
    const id = await reached(state);
    for (const outcome of OUTCOMES) {
      const byInitiator = await give(sender, SENDER, id, state, outcome);
      expect(`${outcome} ${byInitiator.status >= 400 && byInitiator.body.code !== undefined}`).toBe(`${outcome} true`);
      if (LEGAL[state].includes(outcome)) continue;
      const byRecipient = await give(receiver, RECEIVER, id, state, outcome);
      expect(`${outcome} ${byRecipient.status >= 400 && byRecipient.body.code !== undefined}`).toBe(`${outcome} true`);
    }
  });

  const isCancellable = MAY_BE_CANCELLED.has(state);
  it(`${isCancellable ? 'takes' : 'refuses'} a cancel request of the initiator, and refuses one of the recipient`, async () => {
    const id = await reached(state);
    const ask = (caller: ApiCaller) =>
      caller.post(`/api/instances/${id}/actions/request-cancel`, { commandId: randomUUID(), reasonCode: 'other' });
    expect((await ask(receiver)).status).toBeGreaterThanOrEqual(400);
    expect((await ask(sender)).status < 400).toBe(isCancellable);
  });

  it('is no draft: it cannot be sent again', async () => {
    const id = await reached(state);
    const { lastSeq } = await world.instance(id);
    const answer = await give(sender, SENDER, id, state, 'send');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await world.instance(id)).status).toBe(state === 'X' ? 'canceled' : 'active');
    expect((await world.instance(id)).lastSeq - lastSeq).toBeLessThanOrEqual(1);
  });
});

describe('what an outcome cannot be without', () => {
  it('is told field by field, and nothing is changed', async () => {
    const id = await reached('A');
    const { taskId } = await openTask(world, id, 'arrange');
    await receiver.post(`/api/instances/${id}/tasks/${taskId}/claim`, { commandId: randomUUID() });
    const { form } = (await receiver.get(`/api/instances/${id}/tasks/${taskId}`)).body;
    const response = fillForm(form.questionnaire, { personId: RECEIVER, answers: { 'record.kind': [] } });
    const answer = await receiver.post(`/api/instances/${id}/tasks/${taskId}/complete`, {
      commandId: randomUUID(),
      outcome: 'schedule',
      formHash: form.hash,
      response,
    });
    expect(answer.body.code).toBe('form-invalid');
    expect(answer.body.issues.map(({ code, linkId }: { code: string; linkId: string }) => `${linkId} ${code}`)).toEqual([
      'record.kind required',
      'record.startsAt required',
      'record.department required',
    ]);
    expect((await openTask(world, id, 'arrange')).taskId).toBe(taskId);
  });
});

describe('consent that is withdrawn', () => {
  it('leaves the recipient what it had been told, and nothing that comes after', async () => {
    const id = await reached('A');
    const before = (await receiver.get(`/api/instances/${id}`)).body;
    await sender.post(`/api/instances/${id}/actions/withdraw-consent`, { commandId: randomUUID() });
    await sender.post(`/api/instances/${id}/comments`, { commandId: randomUUID(), text: '之后的话', mentions: [] });
    await decideIn(world, id, {
      does: 'reroute',
      outcome: 'reroute',
      by: SENDER,
      answers: { 'reroute.remark': [{ valueString: '之后的资料' }] },
    });
    const after = (await receiver.get(`/api/instances/${id}`)).body;
    expect(after.submissions.map((submission: { id: string }) => submission.id)).toEqual(
      before.submissions.map((submission: { id: string }) => submission.id),
    );
    expect(JSON.stringify(after)).not.toContain('之后');
    expect(after.actions.filter((action: { kind: string }) => action.kind === 'send')).toEqual([]);
    const whole = JSON.stringify((await sender.get(`/api/instances/${id}`)).body);
    expect(whole).toContain('之后的话');
    expect(whole).toContain('之后的资料');
    const said = await receiver.post(`/api/instances/${id}/comments`, { commandId: randomUUID(), text: '还能看到吗', mentions: [] });
    expect(said.status).toBe(404);
  });
});

describe('whoever is told nothing more', () => {
  it('reads neither how it goes on, nor whom it waits for, nor what was attached since, on no page and in no list', async () => {
    const id = await reached('A');
    await sender.post(`/api/instances/${id}/actions/withdraw-consent`, { commandId: randomUUID() });
    const then = (await world.instance(id)).lastAt;
    await decideIn(world, id, { does: 'reroute', outcome: 'close', by: SENDER, reasonCode: 'treated-here' });
    const { header } = (await sender.get(`/api/instances/${id}`)).body;
    expect(header).toMatchObject({ status: 'declined', toldUntil: null });

    const seen = (await receiver.get(`/api/instances/${id}`)).body;
    expect(seen.header).toMatchObject({
      status: 'departed',
      toldUntil: then,
      endedAt: null,
      sealedAt: null,
      waitingFor: [],
      pausedClocks: [],
    });
    expect(seen.header.confirmation.lastSeq).toBeLessThan(header.confirmation.lastSeq);
    expect(seen).toMatchObject({ actions: [], myTasks: [] });
    expect((await receiver.get(`/api/status/${header.number}`)).body).toMatchObject({ status: 'departed', phases: [] });
    const { rows } = (await receiver.get(`/api/inbox?list=done&q=${header.number}`)).body;
    expect(rows.map(({ status }: { status: string }) => status)).toEqual(['departed']);
    const own = (await sender.get(`/api/inbox?list=started&q=${header.number}`)).body;
    expect(own.rows.map(({ status }: { status: string }) => status)).toEqual(['declined']);
  });
});

describe('a reason from a list', () => {
  it('is read over the task that it led to, and in the history, in both languages', async () => {
    const id = await reached('D');
    const { taskId } = await openTask(world, id, 'reroute');
    const { remark } = (await sender.get(`/api/instances/${id}/tasks/${taskId}`)).body;
    expect(remark).toMatchObject({ reasonCode: { 'zh-CN': '无床位或号源', en: 'No bed or slot' }, reason: '' });
    const { timeline } = (await sender.get(`/api/instances/${id}`)).body;
    expect(timeline.flatMap(({ reasonCode }: { reasonCode: unknown }) => reasonCode ?? [])).toEqual([remark.reasonCode]);
  });

  it('is read also where somebody asked by a button', async () => {
    const id = await reached('52');
    const { taskId } = await openTask(world, id, 'answer-cancel');
    const { remark } = (await receiver.get(`/api/instances/${id}/tasks/${taskId}`)).body;
    expect(remark).toMatchObject({ taskName: { 'zh-CN': '请求取消' }, reasonCode: { 'zh-CN': '其他' }, by: { id: SENDER } });
  });
});

describe('the state of a referral and its certificate', () => {
  it('is said on its page, as far as it is known', async () => {
    const names = async (state: ReferralState) =>
      ((await sender.get(`/api/instances/${await reached(state)}`)).body.summary?.facts ?? []).map(
        ({ name }: { name: { en: string } }) => name.en,
      );
    expect(await names('C')).toEqual(['Receiving organisation']);
    expect(await names('511')).toEqual([
      'Receiving organisation',
      'Time',
      'Department',
      'Certificate number',
      'Certificate',
      'Certificate valid until',
    ]);
  });

  it('is told by the number to both sides, and to nobody else', async () => {
    const id = await reached('511');
    const { number } = (await sender.get(`/api/instances/${id}`)).body.header;
    for (const side of [sender, receiver]) {
      const { body } = await side.get(`/api/status/${number}`);
      expect(body).toMatchObject({ number, status: 'active', facts: { recipient: 'org-lead', 'certificate.state': 'issued' } });
      expect(body.facts['certificate.number']).toMatch(/^RYZ[0-9A-F]{6}-1$/);
    }
    expect((await (await world.signIn('p-zhao-heng')).get(`/api/status/${number}`)).status).toBe(404);
  });
});

describe('an application', () => {
  const answered = (form: { readonly questionnaire: Parameters<typeof fillForm>[0] }, answers: Parameters<typeof fillForm>[1]['answers']) =>
    fillForm(form.questionnaire, { personId: SENDER, answers });
  const start = async (answers: Parameters<typeof fillForm>[1]['answers']): Promise<CallerAnswer> => {
    const { form } = (await sender.get('/api/services/referral')).body;
    return sender.post('/api/instances', {
      commandId: randomUUID(),
      serviceKey: 'referral',
      formHash: form.hash,
      response: answered(form, { 'referral.direction': code('referral-direction', 'up'), ...answers }),
    });
  };
  const code = (system: string, value: string) => [
    { valueCoding: { system: `https://bihuan.dev/fhir/CodeSystem/${system}`, code: value } },
  ];
  const issuesOf = ({ body }: CallerAnswer): readonly string[] =>
    body.issues.flatMap(({ linkId, severity }: { readonly linkId: string; readonly severity: string }) =>
      severity === 'error' ? linkId : [],
    );

  it('is not sent without the consent of the patient, or on one that has run out; an emergency may go first', async () => {
    const refused = { 'consent.given': [{ valueBoolean: false }] };
    expect(issuesOf(await start({ ...refused, 'referral.urgency': code('urgency', 'routine') }))).toEqual(['consent.given']);
    expect(
      issuesOf(await start({ 'referral.urgency': code('urgency', 'routine'), 'consent.validUntil': [{ valueDate: '2026-01-01' }] })),
    ).toEqual(['consent.validUntil']);
    const onset = [{ valueDateTime: new Date(Date.now() - 60_000).toISOString() }];
    expect((await start({ ...refused, 'referral.urgency': code('urgency', 'emergency'), 'fast.onset': onset })).status).toBe(200);
  });

  it('begins as one out of the campus for a school doctor, and as one upwards for everybody else', async () => {
    const beginning = async (personId: string) => {
      const { prefill } = await world.call(personId, 'serviceForm', { key: 'referral' });
      const parts = prefill.item?.flatMap(({ item = [] }) => item) ?? [];
      return parts.find(({ linkId }) => linkId === 'referral.direction')?.answer?.map(({ valueCoding }) => valueCoding?.code);
    };
    expect(await beginning('p-jing-yi')).toEqual(['campus']);
    expect(await beginning(SENDER)).toEqual(['up']);
  });

  it('names a patient who has been born, with an identity number that is one, and the guardian of a minor', async () => {
    const routine = { 'referral.urgency': code('urgency', 'routine') };
    expect(issuesOf(await start({ ...routine, 'patient.birthDate': [{ valueDate: '2999-01-01' }] }))).toContain('patient.birthDate');
    expect(issuesOf(await start({ ...routine, 'patient.idNumber': [{ valueString: '110105194912310021' }] }))).toEqual([
      'patient.idNumber',
    ]);
    const child = { ...routine, 'patient.birthDate': [{ valueDate: new Date().toISOString().slice(0, 10) }] };
    expect(issuesOf(await start({ ...child, 'patient.isMinor': [{ valueBoolean: false }] }))).toEqual(['patient.birthDate']);
    expect((await start({ ...child, 'patient.isMinor': [{ valueBoolean: true }] })).status).toBe(200);
  });

  it('is not approved against its checklist, and returned with what was found', async () => {
    const id = await aReferral(world);
    const { taskId } = await openTask(world, id, 'review');
    const manager = await world.signIn('p-he-jing');
    await manager.post(`/api/instances/${id}/tasks/${taskId}/claim`, { commandId: randomUUID() });
    const { form } = (await manager.get(`/api/instances/${id}/tasks/${taskId}`)).body;
    const decide = (outcome: string, more = {}): Promise<CallerAnswer> =>
      manager.post(`/api/instances/${id}/tasks/${taskId}/complete`, {
        commandId: randomUUID(),
        outcome,
        formHash: form.hash,
        response: answered(form, { 'review.consentValid': [{ valueBoolean: false }] }),
        ...more,
      });
    expect(issuesOf(await decide('approve'))).toEqual(['review.consentValid']);
    expect((await decide('return', { reason: '同意书未签名' })).status).toBe(200);
  });
});
