/** A student is referred from a campus to a hospital: who is told what, through door, relay, Temporal and messages between instances. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS, type OperationName } from '#api/operations/index.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import type { ProcessState } from '#core/process/state.ts';
import { readLinked } from '#db/instance-links.ts';
import { REQUEST_FIELDS, type RequestTarget } from '#test/support/api-requests.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';

const STUDENT = 'p-an-ran';
const DOCTOR = 'p-jing-yi';
const HEAD = 'p-qu-zhen';
const COUNSELLOR = 'p-shi-min';
const MANAGER = 'p-he-jing';
const RECEIVER = 'p-qi-an';
const AUDITOR = 'p-ye-zhou';
const PLATFORM = '"platform":"org-lead"';
/** Whatever of these comes to the counsellor is a leak. */
const CLINICAL = [
  '金丝雀的主诉',
  '金丝雀的理由',
  '金丝雀的经过',
  '金丝雀的诊断',
  '金丝雀的限制',
  '金丝雀的复诊',
  'respiratory',
  'org-lead',
];

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

type Answers = Readonly<Record<string, readonly AnswerValue[]>>;
const code = (value: string): readonly AnswerValue[] => [{ valueCoding: { code: value } }];
const coding = (system: string, value: string): readonly AnswerValue[] => [
  { valueCoding: { system: `https://bihuan.dev/fhir/CodeSystem/${system}`, code: value } },
];
const text = (value: string): readonly AnswerValue[] => [{ valueString: value }];
const yes = (value: boolean): readonly AnswerValue[] => [{ valueBoolean: value }];
const day = (value: string): readonly AnswerValue[] => [{ valueDate: value }];
const organisation = (id: string): readonly AnswerValue[] => [{ valueReference: { reference: `Organization/${id}` } }];
const inDays = (days: number): string => new Date(Date.now() + days * 24 * 60 * 60 * 1_000).toISOString();

const application = (letsTell: boolean): Answers => ({
  'referral.direction': coding('referral-direction', 'campus'),
  'referral.urgency': coding('urgency', 'routine'),
  'referral.specialty': code('respiratory'),
  'referral.to': organisation('org-lead'),
  'referral.reason': text('金丝雀的理由'),
  'clinical.chiefComplaint': text('金丝雀的主诉'),
  'campus.tellCounsellor': yes(letsTell),
  'consent.recipients': organisation('org-lead'),
});
const VISIT: Answers = {
  'record.kind': coding('referral-arrangement', 'visit'),
  'record.startsAt': [{ valueDateTime: inDays(2) }],
  'record.department': [{ valueReference: { reference: 'Organization/d-lead-respiratory' } }],
};
const REPLY: Answers = {
  'reply.direction': coding('referral-direction', 'campus'),
  'reply.course': text('金丝雀的经过'),
  'reply.diagnoses.name': text('金丝雀的诊断'),
  'reply.disposition': coding('referral-disposition', 'home'),
  'reply.fit': coding('referral-return-fit', 'restricted'),
  'reply.fitFrom': day('2026-12-04'),
  'reply.limits': text('金丝雀的限制'),
};

async function apply(letsTell: boolean): Promise<string> {
  const { form } = await world.call(DOCTOR, 'serviceForm', { key: 'referral' });
  const { instanceId } = await world.call(DOCTOR, 'startInstance', {
    commandId: randomUUID(),
    serviceKey: 'referral',
    formHash: form.hash,
    response: fillForm(form.questionnaire, { personId: DOCTOR, answers: application(letsTell) }),
  });
  return instanceId;
}

const taskOf = (state: ProcessState, elementId: string) => Object.values(state.tasks).find((task) => task.elementId === elementId);

async function taskAt(personId: string, id: string, elementId: string) {
  const state = await shell.reached(id, `${elementId} is open`, (each) => taskOf(each, elementId) !== undefined);
  const at = { id, taskId: taskOf(state, elementId)?.taskId ?? '' };
  return { at, task: await world.call(personId, 'task', at) };
}

async function act(
  personId: string,
  id: string,
  elementId: string,
  outcome: string,
  { answers, reasonCode }: { readonly answers?: Answers; readonly reasonCode?: string } = {},
): Promise<void> {
  const { at, task } = await taskAt(personId, id, elementId);
  if (task.assignee === null) await world.call(personId, 'claimTask', { ...at, commandId: randomUUID() });
  await world.call(personId, 'completeTask', {
    ...at,
    commandId: randomUUID(),
    outcome,
    ...(reasonCode !== undefined && { reasonCode }),
    ...(task.form && {
      formHash: task.form.hash,
      response: fillForm(task.form.questionnaire, { personId, ...(answers && { answers }) }),
    }),
  });
}

/** Reviewed by the head of the clinic, taken by the hospital, with a time. */
async function booked(letsTell: boolean): Promise<string> {
  const id = await apply(letsTell);
  await act(HEAD, id, 'review', 'approve');
  await act(RECEIVER, id, 'triage', 'accept');
  await act(RECEIVER, id, 'arrange', 'schedule', { answers: VISIT });
  return id;
}

async function replied(id: string): Promise<void> {
  await act(DOCTOR, id, 'prepare', 'ready');
  await act(RECEIVER, id, 'attend', 'arrived');
  await act(RECEIVER, id, 'treat', 'complete');
  // Which way the patient goes is known, so the form asks about the return.
  expect(JSON.stringify((await taskAt(RECEIVER, id, 'reply')).task.response)).toContain('"code":"campus"');
  await act(RECEIVER, id, 'reply', 'sign', { answers: REPLY });
}

async function openedBy(id: string, serviceKey: string): Promise<readonly string[]> {
  const linked = await readLinked(world.db, { instanceId: id, principals: [] });
  return linked.flatMap((each) => (each.relation === 'opened' && each.serviceKey === serviceKey ? [each.id] : []));
}

const absenceOf = (id: string): Promise<string> => until('the counsellor is told', async () => (await openedBy(id, 'student-absence'))[0]);

/** What this person gets from every operation that reads, about the instance and beside it; refusals too. */
async function allThatReads(personId: string, target: RequestTarget): Promise<string> {
  const names = Object.keys(OPERATIONS).filter((name): name is OperationName => OPERATIONS[name as OperationName].method === 'get');
  const answers = await Promise.all(
    // The network's list of organisations and the diagrams say nothing of a person.
    names
      .filter((name) => name !== 'definitionBpmn')
      .map(async (name) => {
        const fields = REQUEST_FIELDS[name](target);
        return world.call(personId, name, fields as never).then((view) => `${name} ${JSON.stringify(view)}`, String);
      }),
  );
  return answers.join('\n');
}

describe('a referral from a campus', () => {
  it('tells the student where and when, and the counsellor that the student is away, may return, and nothing clinical', async () => {
    const id = await booked(true);
    const absence = await absenceOf(id);
    const notice = await taskAt(COUNSELLOR, absence, 'acknowledge');
    expect(JSON.stringify(notice.task.response)).toContain('安然');
    const visit = await until('the student is told', async () => (await openedBy(id, 'visit-notice'))[0]);
    expect(JSON.stringify((await taskAt(STUDENT, visit, 'read')).task.response)).toContain('org-lead');

    await act(COUNSELLOR, absence, 'acknowledge', 'noted');
    await replied(id);
    await act(DOCTOR, id, 'assess-return', 'fit', {
      answers: { 'return.findings': text('金丝雀的复诊'), 'return.backOn': day('2026-12-04') },
    });
    const back = await taskAt(COUNSELLOR, absence, 'confirm-back');
    expect(JSON.stringify(back.task.response)).toContain('2026-12-04');

    const { graphHash } = await world.instance(absence);
    const forms = [notice.task.form?.hash ?? '', back.task.form?.hash ?? ''];
    for (const instanceId of [absence, id, visit]) {
      for (const formHash of forms) {
        const seen = await allThatReads(COUNSELLOR, { instanceId, taskId: back.at.taskId, draftId: randomUUID(), graphHash, formHash });
        for (const word of CLINICAL) expect(seen).not.toContain(word);
      }
    }
    // There is nothing clinical in the absence at all, whoever reads it.
    const journal = JSON.stringify((await world.journal(absence)).map(({ opened }) => opened));
    for (const word of CLINICAL) expect(journal.replaceAll(PLATFORM, '')).not.toContain(word);
    for (const { seq } of await world.journal(absence))
      expect(JSON.stringify(await world.call(AUDITOR, 'auditMoment', { id: absence, seq }))).not.toContain('金丝雀');

    await act(COUNSELLOR, absence, 'confirm-back', 'back');
    await shell.sealed(absence);
    expect((await world.state(absence)).result).toBe('completed');
  });

  it('is not there for the counsellor, the student, or another clinic’s people', async () => {
    const id = await booked(true);
    await absenceOf(id);
    for (const stranger of [COUNSELLOR, STUDENT, 'p-ou-yang', 'p-zhao-heng'])
      await expect(world.call(stranger, 'instance', { id })).rejects.toThrow('not-found');
  });

  it('is reviewed by the head of the clinic, never by whoever applied or by the platform', async () => {
    const id = await apply(true);
    const { at } = await taskAt(HEAD, id, 'review');
    for (const other of [DOCTOR, MANAGER, COUNSELLOR])
      await expect(world.call(other, 'claimTask', { ...at, commandId: randomUUID() })).rejects.toThrow();
  });

  it('lets the student who has read it read another time too, and tells when the visit is off, without why', async () => {
    const id = await booked(false);
    const visit = await until('the student is told', async () => (await openedBy(id, 'visit-notice'))[0]);
    await act(STUDENT, visit, 'read', 'coming');
    await act(DOCTOR, id, 'prepare', 'ready');
    await act(RECEIVER, id, 'attend', 'no-show');
    const later = inDays(5);
    await act(RECEIVER, id, 'after-no-show', 'reschedule', { answers: { ...VISIT, 'record.startsAt': [{ valueDateTime: later }] } });
    const { task } = await taskAt(STUDENT, visit, 'read');
    expect(JSON.stringify(task.response)).toContain(later);
    expect(await openedBy(id, 'visit-notice')).toEqual([visit]);
    await act(STUDENT, visit, 'read', 'coming');
    await world.call(DOCTOR, 'sendAction', { id, code: 'request-cancel', commandId: randomUUID(), reasonCode: 'other' });
    await act(RECEIVER, id, 'answer-cancel', 'confirm');
    await shell.sealed(visit);
    expect((await world.state(visit)).result).toBe('cancelled');
    const told = JSON.stringify(await world.call(STUDENT, 'notices', {}));
    expect(told).toContain('visit-called-off');
    for (const word of CLINICAL) expect(told).not.toContain(word);
    const journal = JSON.stringify((await world.journal(visit)).map(({ opened }) => opened));
    for (const word of CLINICAL.filter((each) => each.startsWith('金丝雀'))) expect(journal).not.toContain(word);
  });

  it('tells the student when the hospital calls the visit off, and of the next one by a new notice', async () => {
    const id = await booked(false);
    const visit = await until('the student is told', async () => (await openedBy(id, 'visit-notice'))[0]);
    await act(STUDENT, visit, 'read', 'coming');
    await act(DOCTOR, id, 'prepare', 'ready');
    await act(RECEIVER, id, 'attend', 'visit-cancelled', { reasonCode: 'other' });
    await shell.sealed(visit);
    expect((await world.state(visit)).result).toBe('cancelled');
    await act(RECEIVER, id, 'after-cancelled', 'schedule', { answers: VISIT });
    await until('the next one is told', async () => (await openedBy(id, 'visit-notice')).length === 2 || null);
  });

  it('tells no counsellor where the student does not want it', async () => {
    const id = await booked(false);
    await until('the student is told', async () => (await openedBy(id, 'visit-notice'))[0]);
    await replied(id);
    await act(DOCTOR, id, 'assess-return', 'fit', { answers: { 'return.backOn': day('2026-12-04') } });
    await taskAt(RECEIVER, id, 'evaluate-executor');
    expect(await openedBy(id, 'student-absence')).toEqual([]);
    // The hospital's reply opens the follow-up by the clinic.
    await until('the follow-up is opened', async () => (await openedBy(id, 'follow-up'))[0]);
  });

  it('tells nothing more once the student withdraws the consent, also not of another time', async () => {
    const id = await booked(true);
    const absence = await absenceOf(id);
    await taskAt(COUNSELLOR, absence, 'acknowledge');
    await expect(
      world.call(COUNSELLOR, 'sendAction', { id: absence, code: 'withdraw-consent', commandId: randomUUID() }),
    ).rejects.toThrow();
    await world.call(DOCTOR, 'sendAction', { id: absence, code: 'withdraw-consent', commandId: randomUUID() });
    expect(Object.keys((await world.state(absence)).tasks)).toEqual([]);
    const steps = (await world.journal(absence)).length;
    await act(DOCTOR, id, 'prepare', 'ready');
    await act(RECEIVER, id, 'attend', 'no-show');
    await act(RECEIVER, id, 'after-no-show', 'reschedule', { answers: { ...VISIT, 'record.startsAt': [{ valueDateTime: inDays(5) }] } });
    await shell.reached(id, 'another time is booked', ({ elements }) => elements[1]?.variables.bookings === 2);
    await taskAt(DOCTOR, id, 'prepare');
    await until('the other time has come', async () => (await world.journal(absence)).length > steps);
    expect(await openedBy(id, 'student-absence')).toEqual([absence]);
    expect(Object.keys((await world.state(absence)).tasks)).toEqual([]);
    expect((await world.call(COUNSELLOR, 'inbox', { list: 'todo' })).rows.map(({ instanceId }) => instanceId)).not.toContain(absence);
  });

  it('tells the counsellor of another time, and that it is over when the referral is cancelled', async () => {
    const id = await booked(true);
    const absence = await absenceOf(id);
    await act(COUNSELLOR, absence, 'acknowledge', 'noted');
    await act(DOCTOR, id, 'prepare', 'ready');
    await act(RECEIVER, id, 'attend', 'no-show');
    await act(RECEIVER, id, 'after-no-show', 'reschedule', { answers: VISIT });
    await taskAt(COUNSELLOR, absence, 'acknowledge');
    await world.call(DOCTOR, 'sendAction', { id, code: 'request-cancel', commandId: randomUUID(), reasonCode: 'other' });
    await act(RECEIVER, id, 'answer-cancel', 'confirm');
    await shell.sealed(absence);
    expect((await world.state(absence)).result).toBe('completed');
  });
});
