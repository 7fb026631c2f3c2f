/**
 * What happens after an answer was given, through HTTP, door, relay and Temporal: a critical value that climbs until somebody reads it back, a
 * report that is amended after it was read, and written advice that becomes a referral.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallPdf } from '#bin/seed/small-pdf.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import type { TaskState } from '#core/process/state.ts';
import { commandIdOf } from '#engine/command-id.ts';
import type { ApiCaller, CallerAnswer } from '#test/support/api-caller.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';

const DOCTOR = 'p-wu-tong';
const HEAD = 'p-yue-feng';
const OFFICE = 'p-qian-duo';
const RADIOLOGIST = 'p-bai-xue';
const MANAGER = 'p-he-jing';
const DISPATCHER = 'p-xu-lei';
const REQUESTER = 'p-zhou-yan';
const EXPERT = 'p-dong-liang';
const QUALITY = 'p-tang-min';
const RECEIVER = 'p-qi-an';

let world: World;
let shell: Shell;
const callers = new Map<string, ApiCaller>();
beforeAll(async () => {
  world = await aWorld();
  shell = await aShell(world);
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

type Answers = Readonly<Record<string, readonly AnswerValue[]>>;
const code = (value: string): readonly AnswerValue[] => [{ valueCoding: { code: value } }];
const text = (value: string): readonly AnswerValue[] => [{ valueString: value }];
const yes = (value: boolean): readonly AnswerValue[] => [{ valueBoolean: value }];
const organisation = (id: string): readonly AnswerValue[] => [{ valueReference: { reference: `Organization/${id}` } }];

async function as(personId: string): Promise<ApiCaller> {
  const caller = callers.get(personId) ?? (await world.signIn(personId));
  callers.set(personId, caller);
  return caller;
}

async function taskOn(id: string, elementId: string): Promise<TaskState> {
  const { tasks } = await shell.reached(id, `${elementId} is open`, ({ tasks: open }) =>
    Object.values(open).some((task) => task.elementId === elementId),
  );
  const found = Object.values(tasks).find((task) => task.elementId === elementId);
  if (!found) throw new Error(`${elementId} is not open.`);
  return found;
}

const isOpen = async (id: string, elementId: string): Promise<boolean> =>
  Object.values((await world.state(id)).tasks).some((task) => task.elementId === elementId);

interface How {
  readonly outcome: string;
  readonly answers?: Answers;
  readonly reason?: string;
}

/** Opens the task, claims it where it must be, fills in its form and decides. */
async function decide(personId: string, id: string, elementId: string, { outcome, answers, reason }: How): Promise<CallerAnswer> {
  const caller = await as(personId);
  const { taskId, assignee } = await taskOn(id, elementId);
  const at = `/api/instances/${id}/tasks/${taskId}`;
  if (assignee !== personId) await caller.post(`${at}/claim`, { commandId: randomUUID() });
  const { form } = (await caller.get(at)).body;
  return caller.post(`${at}/complete`, {
    commandId: randomUUID(),
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(form && { formHash: form.hash, response: fillForm(form.questionnaire, { personId, ...(answers && { answers }) }) }),
  });
}

async function act(personId: string, id: string, elementId: string, how: How): Promise<void> {
  const answer = await decide(personId, id, elementId, how);
  expect(`${elementId} ${answer.status} ${JSON.stringify(answer.body.code ?? answer.body.issues ?? '')}`).toBe(`${elementId} 200 ""`);
}

async function apply(personId: string, serviceKey: string, answers: Answers): Promise<string> {
  const caller = await as(personId);
  const { form } = (await caller.get(`/api/services/${serviceKey}`)).body;
  const { status, body } = await caller.post('/api/instances', {
    commandId: randomUUID(),
    serviceKey,
    formHash: form.hash,
    response: fillForm(form.questionnaire, { personId, answers }),
  });
  expect(status).toBe(200);
  return body.instanceId;
}

/** What Temporal's timer reports when its time has come. */
async function fire(id: string, effectId: string): Promise<void> {
  const body = { type: 'timer.fire', effectId } as const;
  const actor = { kind: 'system', name: 'timer' } as const;
  const commandId = commandIdOf(id, 'timer.fire', effectId);
  const { kind } = await world.door.submit({ instanceId: id, commandId, actor, asked: body, prepare: () => ({ kind: 'ready', body }) });
  expect(kind).toBe('accepted');
}

async function letExpire(id: string, elementId: string): Promise<void> {
  const timer = Object.values((await world.state(id)).timers).find(({ targetId }) => targetId === elementId);
  if (!timer) throw new Error(`Nothing runs at ${elementId}.`);
  await fire(id, timer.effectId);
}

async function noticesOf(personId: string, id: string): Promise<readonly string[]> {
  const { rows } = (await (await as(personId)).get('/api/notices')).body;
  return rows.filter(({ instanceId }: { instanceId: string }) => instanceId === id).map(({ type }: { type: string }) => type);
}

const REPORT: Answers = { 'report.quality': code('good'), 'report.critical': yes(false), 'report.conclusion': text('右肺上叶结节') };
const CRITICAL: Answers = {
  ...REPORT,
  'report.critical': yes(true),
  'report.criticalValue.finding': code('pulmonary-embolism'),
  'report.criticalValue.side': code('both'),
};
const readBack = (side: string): Answers => ({
  'acknowledgement.finding': code('pulmonary-embolism'),
  'acknowledgement.side': code(side),
  'acknowledgement.readBack': text('双侧肺动脉主干充盈缺损'),
  'acknowledgement.channel': code('phone'),
});

async function aReading(): Promise<string> {
  const id = await apply(DOCTOR, 'consult', { 'consult.subkind': code('imaging'), 'consult.urgency': code('routine') });
  await act(MANAGER, id, 'review', { outcome: 'approve' });
  await act(DISPATCHER, id, 'dispatch', { outcome: 'dispatch' });
  const experts = [{ valueReference: { reference: `Practitioner/${RADIOLOGIST}` } }];
  await act(RADIOLOGIST, id, 'confirm', {
    outcome: 'accept',
    answers: { 'arrangement.form': code('asynchronous'), 'arrangement.experts': experts },
  });
  await act(MANAGER, id, 'notify', { outcome: 'publish' });
  await act(DOCTOR, id, 'prepare', { outcome: 'ready' });
  await act(RADIOLOGIST, id, 'begin', { outcome: 'start' });
  await act(RADIOLOGIST, id, 'execute', { outcome: 'done' });
  return id;
}

async function evaluated(id: string): Promise<void> {
  await act(RADIOLOGIST, id, 'evaluate-executor', { outcome: 'submit' });
  await act(DOCTOR, id, 'evaluate-applicant', { outcome: 'submit', answers: { 'applicantEvaluation.hasProblem': yes(false) } });
}

describe('a critical value', () => {
  it('climbs to the head of department and the medical affairs office, is read back, and only then lets the loop close', async () => {
    const id = await aReading();
    await act(RADIOLOGIST, id, 'report', { outcome: 'final', answers: CRITICAL });
    const asked = await taskOn(id, 'acknowledge');
    expect(asked.assignee).toBe(DOCTOR);
    expect(Date.parse(asked.deadline?.due ?? '') - Date.now()).toBeLessThanOrEqual(30 * 60_000);
    expect(await noticesOf(DOCTOR, id)).toContain('critical-value');

    await evaluated(id);
    await act(QUALITY, id, 'quality', { outcome: 'pass', answers: { 'quality.verdict': code('pass') } });
    expect((await world.instance(id)).status).toBe('active');

    const early = await decide(HEAD, id, 'acknowledge', { outcome: 'read-back', answers: readBack('both') }).catch(() => null);
    expect(early?.status ?? 404).toBeGreaterThanOrEqual(400);
    await letExpire(id, 'telling-unanswered');
    expect((await taskOn(id, 'acknowledge-instead')).candidates).toEqual(['role:department-head@org-qingling']);
    expect(await noticesOf(HEAD, id)).toContain('critical-unanswered');
    expect(await noticesOf(RADIOLOGIST, id)).toContain('critical-unanswered');

    const { deadline } = await taskOn(id, 'acknowledge-instead');
    await fire(id, deadline?.effectId ?? '');
    expect(await noticesOf(OFFICE, id)).toContain('task-overdue');
    await act(OFFICE, id, 'acknowledge-instead', { outcome: 'read-back', answers: readBack('left') });
    expect((await world.instance(id)).status).toBe('active');
    // Asked again within the same time, which is over.
    await fire(id, (await taskOn(id, 'acknowledge-instead')).deadline?.effectId ?? '');
    await act(OFFICE, id, 'acknowledge-instead', { outcome: 'read-back', answers: readBack('both') });

    await shell.sealed(id);
    expect((await world.instance(id)).status).toBe('closed');
    expect(await noticesOf(RADIOLOGIST, id)).toContain('critical-acknowledged');
    await shell.expectConfirmed(id);
  });

  it('is read back from the report, not from what was read back before: each time the form begins blank', async () => {
    const id = await aReading();
    await act(RADIOLOGIST, id, 'report', { outcome: 'final', answers: CRITICAL });
    await act(DOCTOR, id, 'acknowledge', { outcome: 'read-back', answers: readBack('left') });
    const { taskId } = await taskOn(id, 'acknowledge');
    const { response } = (await (await as(DOCTOR)).get(`/api/instances/${id}/tasks/${taskId}`)).body;
    expect(JSON.stringify(response)).not.toContain('left');
    await act(DOCTOR, id, 'acknowledge', { outcome: 'read-back', answers: readBack('both') });
    expect(await isOpen(id, 'acknowledge')).toBe(false);
    const { submissions } = (await (await as(DOCTOR)).get(`/api/instances/${id}`)).body;
    const given = submissions.filter(({ elementId }: { elementId: string }) => elementId === 'acknowledge');
    expect(new Set(given.map(({ series }: { series: string }) => series)).size).toBe(2);
  });
});

describe('a report that is amended', () => {
  it('after the applicant has read and evaluated it is a new version with its reason; the old one stays, and both sides are told', async () => {
    const id = await aReading();
    await act(RADIOLOGIST, id, 'report', { outcome: 'preliminary', answers: REPORT });
    await act(RADIOLOGIST, id, 'report', { outcome: 'final', answers: REPORT });
    await act(DOCTOR, id, 'evaluate-applicant', { outcome: 'submit', answers: { 'applicantEvaluation.hasProblem': yes(false) } });

    const radiologist = await as(RADIOLOGIST);
    const without = await radiologist.post(`/api/instances/${id}/actions/amend-opinion`, { commandId: randomUUID() });
    expect(without.status).toBeGreaterThanOrEqual(400);
    await radiologist.post(`/api/instances/${id}/actions/amend-opinion`, { commandId: randomUUID(), reason: '侧别有误' });
    const { taskId } = await taskOn(id, 'amend-report');
    const { form } = (await radiologist.get(`/api/instances/${id}/tasks/${taskId}`)).body;
    const unreasoned = await radiologist.post(`/api/instances/${id}/tasks/${taskId}/complete`, {
      commandId: randomUUID(),
      outcome: 'amended',
      formHash: form.hash,
      response: fillForm(form.questionnaire, { personId: RADIOLOGIST, answers: { ...REPORT, 'report.amendmentReason': [] } }),
    });
    expect(unreasoned.body.issues.map(({ linkId }: { linkId: string }) => linkId)).toEqual(['report.amendmentReason']);
    await act(RADIOLOGIST, id, 'amend-report', {
      outcome: 'amended',
      answers: {
        ...REPORT,
        'report.conclusion': text('左肺上叶结节'),
        'report.amendmentKind': code('major'),
        'report.amendmentReason': text('侧别有误'),
      },
    });

    for (const personId of [DOCTOR, OFFICE, MANAGER]) expect(await noticesOf(personId, id)).toContain('report-amended');
    const { submissions } = (await (await as(DOCTOR)).get(`/api/instances/${id}`)).body;
    const reports = submissions.filter(({ form: { key } }: { form: { key: string } }) => key === 'consult-report');
    expect(reports.map(({ outcome }: { outcome: { en: string } }) => outcome.en)).toEqual([
      'Issue as preliminary',
      'Issue as final',
      'Issue as amended',
    ]);
    expect(new Set(reports.map(({ series }: { series: string }) => series)).size).toBe(1);
    expect(JSON.stringify(reports[1])).toContain('右肺上叶结节');
    expect(JSON.stringify(reports[2])).toContain('左肺上叶结节');
    expect(JSON.stringify(reports[2])).toContain('侧别有误');
    expect((await taskOn(id, 'read-amendment')).assignee).toBe(DOCTOR);
    await act(DOCTOR, id, 'read-amendment', { outcome: 'changes-treatment', reason: '改行左侧穿刺' });
    await shell.expectConfirmed(id);
  });
});

describe('written advice', () => {
  async function anApplication(preauthorised: boolean): Promise<{ readonly id: string; readonly fileId: string }> {
    const caller = await as(REQUESTER);
    const form = new FormData();
    form.set('file', new File([new Uint8Array(smallPdf())], 'ct.pdf', { type: 'application/pdf' }));
    const { body: file } = await caller.request('POST', '/api/files', { body: form });
    const { form: asked } = (await caller.get('/api/services/advice')).body;
    const filled = fillForm(asked.questionnaire, {
      personId: REQUESTER,
      answers: {
        'patient.name': text('测试患者咨询'),
        'advice.specialty': code('respiratory'),
        'advice.urgency': code('routine'),
        'advice.preauthorised': yes(preauthorised),
      },
    });
    const attachment = { valueAttachment: { url: `file:${file.id}`, title: 'ct.pdf', contentType: 'application/pdf', size: file.size } };
    const attachments = {
      linkId: 'attachments',
      item: [{ linkId: 'attachments.files', item: [{ linkId: 'attachments.files.file', answer: [attachment] }] }],
    };
    const order = asked.questionnaire.item.map(({ linkId }: { linkId: string }) => linkId);
    const item = [...(filled.item ?? []).filter(({ linkId }) => linkId !== 'attachments'), attachments].sort(
      (one, other) => order.indexOf(one.linkId) - order.indexOf(other.linkId),
    );
    const { body } = await caller.post('/api/instances', {
      commandId: randomUUID(),
      serviceKey: 'advice',
      formHash: asked.hash,
      response: { ...filled, item },
    });
    return { id: body.instanceId, fileId: file.id };
  }

  const PROPOSAL: Answers = {
    'answer.advice': text('建议住院行气管镜'),
    'answer.direction': code('up'),
    'answer.recipient': organisation('org-lead'),
    'answer.signature': [{ valueReference: { reference: `Practitioner/${EXPERT}` } }],
  };

  it('goes back and forth, becomes a referral as was authorised beforehand, takes the material along and asks for consent anew', async () => {
    const { id, fileId } = await anApplication(true);
    await act(MANAGER, id, 'review', { outcome: 'approve' });
    await act(EXPERT, id, 'answer', { outcome: 'ask', answers: { 'answer.question': text('有无咯血？') } });
    await act(REQUESTER, id, 'reply', { outcome: 'reply', answers: { 'reply.text': text('偶有痰中带血') } });
    const { taskId } = await taskOn(id, 'answer');
    const again = (await (await as(EXPERT)).get(`/api/instances/${id}/tasks/${taskId}`)).body;
    expect(JSON.stringify(again.response)).not.toContain('咯血');
    await act(EXPERT, id, 'answer', { outcome: 'propose-referral', answers: PROPOSAL });

    const linked = await until('the referral is open', async () => {
      const { linked: found } = (await (await as(REQUESTER)).get(`/api/instances/${id}`)).body;
      return found[0]?.instanceId as string | undefined;
    });
    expect((await world.instance(linked)).serviceKey).toBe('referral');
    const draft = (
      await (await as(REQUESTER)).get(`/api/instances/${linked}/tasks/${(await taskOn(linked, 'complete-application')).taskId}`)
    ).body;
    const begun = JSON.stringify(draft.response);
    for (const carried of ['测试患者咨询', fileId, 'org-lead']) expect(begun).toContain(carried);
    expect(begun).not.toContain('consent.given":true');

    // Sent on with what came along; nobody has consented to the hospital that the dispatcher then chooses.
    const caller = await as(REQUESTER);
    await caller.post(`/api/instances/${linked}/tasks/${draft.taskId}/claim`, { commandId: randomUUID() });
    const filled = fillForm(draft.form.questionnaire, {
      personId: REQUESTER,
      answers: {
        'patient.name': text('测试患者咨询'),
        'referral.direction': code('up'),
        'referral.urgency': code('routine'),
        'consent.recipients': organisation('org-qingling'),
      },
    });
    const attachments = draft.response.item.find(({ linkId }: { linkId: string }) => linkId === 'attachments');
    const order = draft.form.questionnaire.item.map(({ linkId }: { linkId: string }) => linkId);
    const item = [...(filled.item ?? []).filter(({ linkId }) => linkId !== 'attachments'), attachments].sort(
      (one, other) => order.indexOf(one.linkId) - order.indexOf(other.linkId),
    );
    const sent = await caller.post(`/api/instances/${linked}/tasks/${draft.taskId}/complete`, {
      commandId: randomUUID(),
      outcome: 'send',
      formHash: draft.form.hash,
      response: { ...filled, item },
    });
    expect(`${sent.status} ${JSON.stringify(sent.body.issues ?? sent.body.code ?? '')}`).toBe('200 ""');
    await act(MANAGER, linked, 'review', { outcome: 'approve' });
    await act(DISPATCHER, linked, 'dispatch', {
      outcome: 'override',
      reason: '专家建议',
      answers: { 'dispatch.organisation': organisation('org-lead') },
    });
    expect((await taskOn(linked, 'obtain-consent')).assignee).toBe(REQUESTER);
    const receiver = await as(RECEIVER);
    expect((await receiver.get(`/api/files/${fileId}`)).status).toBe(404);
    await act(REQUESTER, linked, 'obtain-consent', { outcome: 'given' });
    await taskOn(linked, 'triage');
    expect((await receiver.get(`/api/files/${fileId}`)).status).toBe(200);
    expect((await receiver.get(`/api/instances/${id}`)).status).toBe(404);

    await act(REQUESTER, id, 'consider', { outcome: 'reviewed', answers: { 'consideration.adopted': code('fully') } });
    await act(EXPERT, id, 'evaluate-executor', { outcome: 'submit' });
    await act(REQUESTER, id, 'evaluate-applicant', { outcome: 'submit', answers: { 'applicantEvaluation.hasProblem': yes(false) } });
    await act(QUALITY, id, 'quality', { outcome: 'pass', answers: { 'quality.verdict': code('pass') } });
    await shell.sealed(id);
    expect((await world.instance(id)).status).toBe('closed');
    for (const each of [id, linked]) await shell.expectConfirmed(each);
  });

  it('asks the requester where nothing was authorised, and opens nothing without an answer', async () => {
    const { id } = await anApplication(false);
    await act(MANAGER, id, 'review', { outcome: 'approve' });
    await act(EXPERT, id, 'answer', { outcome: 'propose-referral', answers: PROPOSAL });
    expect((await taskOn(id, 'authorise')).assignee).toBe(REQUESTER);
    await letExpire(id, 'authorise-overdue');
    await taskOn(id, 'consider');
    expect((await (await as(REQUESTER)).get(`/api/instances/${id}`)).body.linked).toEqual([]);
  });

  it('tells field by field what an outcome cannot be without', async () => {
    const { id } = await anApplication(false);
    await act(MANAGER, id, 'review', { outcome: 'approve' });
    const answer = await decide(EXPERT, id, 'answer', { outcome: 'answer' });
    expect(answer.body.issues.map(({ linkId }: { linkId: string }) => linkId)).toEqual(['answer.advice', 'answer.signature']);
  });
});
