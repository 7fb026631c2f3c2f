/** A delivery through door, relay, Temporal and the product's own jobs; what its people may see of it through the API. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretsFrom } from '#activities/jobs/http/secrets.ts';
import { createJobHandlers } from '#activities/jobs/index.ts';
import type { TaskView } from '#api/views.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import type { ProcessState } from '#core/process/state.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { Processes } from '#engine/processes.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';

const STUDENT = 'p-an-ran';
const DOCTOR = 'p-jing-yi';
const [REVIEWER, DISPENSER, CHECKER] = ['p-lan-xin', 'p-mu-chen', 'p-nie-wei'] as const;
const HEAD = 'p-qu-zhen';
const COURIER = 'p-pei-jun';
const COORDINATOR = 'p-ou-yang';
const AUDITOR = 'p-ye-zhou';
/** Lives in the building that the sample answers name first. */
const NEIGHBOUR = 'p-chu-qing';
/** Becomes a volunteer, and lives there too. */
const NEWCOMER = 'p-bo-wen';
/** Whatever of these comes to who carries the parcel is a leak. */
const CLINICAL = ['金丝雀的症状', 'paracetamol', '对乙酰氨基酚', '金丝雀的诊断', 'cold', '感冒'];

let world: World;
let shell: Shell;
beforeAll(async () => {
  world = await aWorld();
  const http = { hosts: [], responseBytesMax: 1_000, secrets: secretsFrom({}) };
  const processes = new Processes(world);
  const beginnings = new Beginnings({ ...world, processes });
  shell = await aShell(world, { jobs: createJobHandlers({ db: world.db, keys: world.keys, beginnings, processes, http }) });
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

type Answers = Readonly<Record<string, readonly AnswerValue[]>>;
const code = (value: string): AnswerValue => ({ valueCoding: { code: value } });

async function taskOf(instanceId: string, elementId: string): Promise<string> {
  const state = await shell.reached(instanceId, `${elementId} is open`, ({ tasks }) =>
    Object.values(tasks).some((task) => task.elementId === elementId),
  );
  return Object.values(state.tasks).find((task) => task.elementId === elementId)?.taskId ?? '';
}

async function act(
  personId: string,
  instanceId: string,
  elementId: string,
  how: { readonly outcome: string; readonly answers?: Answers; readonly reasonCode?: string; readonly isFormEmpty?: boolean },
): Promise<void> {
  const taskId = await taskOf(instanceId, elementId);
  const at = { id: instanceId, taskId };
  const { assignee, form } = await world.call(personId, 'task', at);
  if (assignee === null) await world.call(personId, 'claimTask', { ...at, commandId: randomUUID() });
  const { outcome, answers, reasonCode, isFormEmpty = false } = how;
  const filled =
    form && !isFormEmpty ? { formHash: form.hash, response: fillForm(form.questionnaire, { personId, ...(answers && { answers }) }) } : {};
  await world.call(personId, 'completeTask', {
    ...at,
    commandId: randomUUID(),
    outcome,
    ...(reasonCode !== undefined && { reasonCode, reason: '请修改' }),
    ...filled,
  });
}

const APPLICATION: Answers = {
  'apply.complaints': [code('cold')],
  'apply.severity': [{ valueInteger: 3 }],
  'apply.dangerSigns': [code('none')],
  'apply.allergies': [code('none')],
  'apply.pregnant': [{ valueBoolean: false }],
  'apply.story': [{ valueString: '金丝雀的症状' }],
  'apply.pickup': [code('delivery')],
  'apply.building': [code('east-1')],
  'apply.room': [{ valueInteger: 412 }],
  'apply.handoverPoint': [code('dorm-desk')],
  'apply.recipientPreference': [code('any')],
};
const PRESCRIPTION: Answers = {
  'prescription.diagnosis': [{ valueString: '金丝雀的诊断' }],
  'prescription.lines.drug': [code('paracetamol')],
};

async function apply(): Promise<string> {
  const { form } = await world.call(STUDENT, 'serviceForm', { key: 'drug-delivery' });
  const { instanceId } = await world.call(STUDENT, 'startInstance', {
    commandId: randomUUID(),
    serviceKey: 'drug-delivery',
    formHash: form.hash,
    response: fillForm(form.questionnaire, { personId: STUDENT, answers: APPLICATION }),
  });
  return instanceId;
}

/** From the application to the sealed parcel; the id of the process that delivers it. */
async function packed(instanceId: string, { returns = 0 }: { readonly returns?: number } = {}): Promise<string> {
  await act(DOCTOR, instanceId, 'consult', { outcome: 'prescribe' });
  await act(DOCTOR, instanceId, 'prescribe', { outcome: 'sign', answers: PRESCRIPTION });
  for (let round = 0; round < returns; round += 1) {
    await act(REVIEWER, instanceId, 'review', { outcome: 'return', reasonCode: 'incomplete', isFormEmpty: true });
    await act(DOCTOR, instanceId, 'prescribe', { outcome: 'sign', answers: PRESCRIPTION });
  }
  await act(REVIEWER, instanceId, 'review', { outcome: 'approve' });
  await act(DISPENSER, instanceId, 'dispense', { outcome: 'prepared', answers: { 'dispensing.lines.drug': [code('paracetamol')] } });
  await act(CHECKER, instanceId, 'second-check', { outcome: 'sealed' });
  return until('the delivery is called', async () => (await shell.called(instanceId))[0]);
}

async function applyAsVolunteer(personId: string): Promise<string> {
  const { form } = await world.call(personId, 'serviceForm', { key: 'volunteer' });
  const { instanceId } = await world.call(personId, 'startInstance', {
    commandId: randomUUID(),
    serviceKey: 'volunteer',
    formHash: form.hash,
    response: fillForm(form.questionnaire, { personId, answers: { 'application.building': [code('east-1')] } }),
  });
  return instanceId;
}

/** To whom the parcel is offered, after whoever is named. */
async function askedNow(parcelId: string, after?: string): Promise<string> {
  const state = await shell.reached(parcelId, 'somebody is asked', (each) => {
    const person = assigneeOf(each, 'offer');
    return person !== undefined && person !== after;
  });
  return assigneeOf(state, 'offer') ?? '';
}

/** What Temporal's timer would report when the time has come. */
async function letExpire(instanceId: string, elementId: string): Promise<void> {
  const state = await world.state(instanceId);
  const timer = Object.values(state.timers).find(({ targetId }) => targetId === elementId);
  const body = { type: 'timer.fire', effectId: timer?.effectId ?? '' } as const;
  const commandId = commandIdOf(instanceId, 'timer.fire', body.effectId);
  await world.door.submit({
    instanceId,
    commandId,
    actor: { kind: 'system', name: 'timer' },
    asked: body,
    prepare: () => ({ kind: 'ready', body }),
  });
}

const assigneeOf = (state: ProcessState, elementId: string): string | undefined =>
  Object.values(state.tasks).find((task) => task.elementId === elementId)?.assignee;

const shownCode = ({ response }: Pick<TaskView, 'response'>): number | undefined =>
  response?.item?.find(({ linkId }) => linkId === 'show.code')?.answer?.[0]?.valueInteger;

describe('a delivery', () => {
  it('is returned twice by the pharmacist, offered in vain three times, delivered by the courier, and closed', async () => {
    const instanceId = await apply();
    const parcelId = await packed(instanceId, { returns: 2 });

    const asked: (string | undefined)[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const state = await shell.reached(parcelId, 'somebody is asked', (each) => {
        const person = assigneeOf(each, 'offer');
        return person !== undefined && !asked.includes(person);
      });
      asked.push(assigneeOf(state, 'offer'));
      await letExpire(parcelId, 'offer-expired');
    }
    expect(asked[0]).toBe(NEIGHBOUR);
    expect(new Set(asked).size).toBe(3);

    await act(COURIER, parcelId, 'courier', { outcome: 'take' });
    await act(COURIER, parcelId, 'pick-up', { outcome: 'taken' });
    const shown = shownCode(await world.call(STUDENT, 'task', { id: parcelId, taskId: await taskOf(parcelId, 'show-code') }));
    expect(shown).toBeGreaterThanOrEqual(100_000);
    await act(COURIER, parcelId, 'hand-over', { outcome: 'received', answers: { 'handOver.code': [{ valueInteger: shown ?? 0 }] } });

    await act(REVIEWER, instanceId, 'counsel', { outcome: 'sent' });
    await act(STUDENT, instanceId, 'receipt', { outcome: 'fine' });
    await act(STUDENT, instanceId, 'evaluate-student', {
      outcome: 'submit',
      answers: { 'studentEvaluation.hasProblem': [{ valueBoolean: false }] },
    });
    await act(DOCTOR, instanceId, 'evaluate-clinic', { outcome: 'submit' });
    await act(HEAD, instanceId, 'quality', { outcome: 'pass', answers: { 'quality.verdict': [code('pass')] } });
    await shell.sealed(instanceId);
    expect((await world.instance(instanceId)).status).toBe('closed');
    await shell.expectConfirmed(instanceId);
    await shell.expectConfirmed(parcelId);
  });

  it('shows who carries it a parcel, a place and a time, and nothing clinical', async () => {
    const instanceId = await apply();
    const parcelId = await packed(instanceId);
    await act(NEIGHBOUR, parcelId, 'offer', { outcome: 'accept' });
    const before = await world.call(NEIGHBOUR, 'task', { id: parcelId, taskId: await taskOf(parcelId, 'pick-up') });
    expect(JSON.stringify(before)).not.toContain('412');
    await act(NEIGHBOUR, parcelId, 'pick-up', { outcome: 'taken' });

    const handOver = await world.call(NEIGHBOUR, 'task', { id: parcelId, taskId: await taskOf(parcelId, 'hand-over') });
    const codeTask = { id: parcelId, taskId: await taskOf(parcelId, 'show-code') };
    const seen = JSON.stringify([
      before,
      handOver,
      await world.call(NEIGHBOUR, 'instance', { id: parcelId }),
      await world.call(NEIGHBOUR, 'task', codeTask),
      await world.call(NEIGHBOUR, 'observations', { id: parcelId }),
      await world.call(NEIGHBOUR, 'inbox', {}),
    ]);
    for (const word of CLINICAL) expect(seen).not.toContain(word);
    expect(JSON.stringify(handOver.response)).toContain('412');

    const secret = String(shownCode(await world.call(STUDENT, 'task', codeTask)));
    expect(JSON.stringify(await world.state(parcelId))).toContain(secret);
    expect(seen).not.toContain(secret);
    for (const other of [COORDINATOR, HEAD, AUDITOR])
      expect(await world.call(other, 'task', codeTask).then((view) => JSON.stringify(view), String)).not.toContain(secret);
    for (const { seq } of await world.journal(parcelId))
      expect(JSON.stringify(await world.call(AUDITOR, 'auditMoment', { id: parcelId, seq }))).not.toContain(secret);
    // Nor whose it is: an address is enough.
    for (const name of ['安然', 'An Ran', STUDENT]) expect(seen).not.toContain(name);
    expect((await world.call(NEIGHBOUR, 'instance', { id: parcelId })).header.applicant?.name).toBe('收件人');
    expect((await world.call(HEAD, 'instance', { id: parcelId })).header.applicant?.name).toBe('安然');
    // What asks for the delivery is nobody's business who carries it.
    for (const carrier of [NEIGHBOUR, COURIER, COORDINATOR]) {
      await expect(world.call(carrier, 'instance', { id: instanceId })).rejects.toThrow('not-found');
    }
  });

  it('is taken back from a volunteer who is suspended on the way, and offered to the next in turn', async () => {
    const volunteering = await applyAsVolunteer(NEWCOMER);
    await act(COORDINATOR, volunteering, 'review', { outcome: 'select' });
    await act(COORDINATOR, volunteering, 'train', { outcome: 'trained' });
    await act(REVIEWER, volunteering, 'test', { outcome: 'passed' });
    await taskOf(volunteering, 'serve');

    const parcelId = await packed(await apply());
    for (let asked = await askedNow(parcelId); asked !== NEWCOMER; asked = await askedNow(parcelId, asked))
      await act(asked, parcelId, 'offer', { outcome: 'decline', reasonCode: 'busy' });
    await act(NEWCOMER, parcelId, 'offer', { outcome: 'accept' });
    await act(NEWCOMER, parcelId, 'pick-up', { outcome: 'taken' });
    await taskOf(parcelId, 'hand-over');
    await world.call(COORDINATOR, 'sendAction', { id: volunteering, code: 'suspend', commandId: randomUUID(), reasonCode: 'late' });

    await taskOf(parcelId, 'take-back');
    const { rows } = await world.call(NEWCOMER, 'notices', {});
    expect(rows.map(({ type }) => type)).toContain('parcel-taken-back');
    expect((await world.call(NEWCOMER, 'inbox', { serviceKey: 'parcel' })).rows).toEqual([]);
    await act(COORDINATOR, parcelId, 'take-back', { outcome: 'intact' });
    expect(await askedNow(parcelId)).not.toBe(NEWCOMER);
    // What the volunteer once said of themselves did not come with the news.
    expect(JSON.stringify(await world.journal(parcelId))).not.toContain('application');
    await shell.expectConfirmed(parcelId);
  });

  it('is recalled by its code alone: the parcel learns nothing of why', async () => {
    const instanceId = await apply();
    const parcelId = await packed(instanceId);
    await askedNow(parcelId);
    await world.call(STUDENT, 'sendAction', { id: instanceId, code: 'recall', commandId: randomUUID(), reasonCode: 'recall' });
    await shell.reached(parcelId, 'the parcel is recalled', ({ status }) => status !== 'active');
    const steps = JSON.stringify((await world.journal(parcelId)).map(({ opened }) => opened));
    for (const word of [...CLINICAL, 'allergies', 'complaints']) expect(steps).not.toContain(word);
  });
});
