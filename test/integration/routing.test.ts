/** Orders that name no hospital, through HTTP, door, relay, Temporal and the product's own jobs, with the master data of the sample network. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretsFrom } from '#activities/jobs/http/secrets.ts';
import { createJobHandlers } from '#activities/jobs/index.ts';
import type {
  InstanceRoutingView,
  MappingActView,
  MappingsView,
  MasterDataHistoryView,
  MasterDataView,
  TakenMappingsView,
  TriedRouteView,
  WorklistView,
} from '#api/views/master-data.ts';
import type { ErrorView, InstanceView, ServiceFormView, TaskView } from '#api/views.ts';
import { type Ask, giveMasterData } from '#bin/seed/give-master-data.ts';
import { CHECKER, UNMAPPED_EVERYWHERE, WRITER } from '#bin/seed/master-data.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { Processes } from '#engine/processes.ts';
import type { ApiCaller } from '#test/support/api-caller.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';

const DOCTOR = 'p-zhou-yan';
const CITY = 'p-yin-chuan';
const LEAD = 'p-tao-ran';
const STRANGER = 'p-sun-qi';
const CONTROLLER = 'p-tang-min';

let world: World;
let shell: Shell;
const callers = new Map<string, ApiCaller>();

async function as(personId: string): Promise<ApiCaller> {
  const caller = callers.get(personId) ?? (await world.signIn(personId));
  callers.set(personId, caller);
  return caller;
}

/** The answer of an operation that succeeds. */
const ask: Ask = async <T>(personId: string, method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> => {
  const answer = await (await as(personId)).request(method, path, body ? { body } : {});
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.body as T;
};

/** The code of an operation that is refused. */
async function refusal(personId: string, method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<string> {
  const answer = await (await as(personId)).request(method, path, body ? { body } : {});
  return answer.status === 200 ? 'accepted' : (answer.body as ErrorView).code;
}

beforeAll(async () => {
  world = await aWorld();
  const http = { hosts: [], responseBytesMax: 1_000, secrets: secretsFrom({}) };
  const processes = new Processes(world);
  const beginnings = new Beginnings({ ...world, processes });
  shell = await aShell(world, { jobs: createJobHandlers({ db: world.db, keys: world.keys, beginnings, processes, http }) });
  await giveMasterData(ask);
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

const code = (value: string): AnswerValue => ({ valueCoding: { code: value } });
type Answers = Readonly<Record<string, readonly AnswerValue[]>>;

async function order(exam: string, more: Answers = {}): Promise<string> {
  const { form } = await ask<ServiceFormView>(DOCTOR, 'GET', '/api/services/order');
  const answers: Answers = {
    'order.category': [code('exam')],
    'order.exams': [{ valueReference: { reference: `ActivityDefinition/${exam}` } }],
    'order.urgency': [code('routine')],
    'order.contraindications': [code('none')],
    ...more,
  };
  const { instanceId } = await ask<{ instanceId: string }>(DOCTOR, 'POST', '/api/instances', {
    commandId: randomUUID(),
    serviceKey: 'order',
    formHash: form.hash,
    response: fillForm(form.questionnaire, { personId: DOCTOR, answers }),
  });
  return instanceId;
}

async function taskOf(instanceId: string, elementId: string): Promise<string> {
  const state = await shell.reached(instanceId, `${elementId} is open`, ({ tasks }) =>
    Object.values(tasks).some((task) => task.elementId === elementId),
  );
  return Object.values(state.tasks).find((task) => task.elementId === elementId)?.taskId ?? '';
}

interface How {
  readonly outcome: string;
  readonly answers?: Answers;
  readonly reasonCode?: string;
  readonly isFormEmpty?: boolean;
}

async function act(personId: string, instanceId: string, elementId: string, how: How): Promise<void> {
  const path = `/api/instances/${instanceId}/tasks/${await taskOf(instanceId, elementId)}`;
  const { assignee, form } = await ask<TaskView>(personId, 'GET', path);
  if (assignee === null) await ask(personId, 'POST', `${path}/claim`, { commandId: randomUUID() });
  const { outcome, answers, reasonCode, isFormEmpty = false } = how;
  const response = form && !isFormEmpty ? fillForm(form.questionnaire, { personId, ...(answers && { answers }) }) : null;
  await ask(personId, 'POST', `${path}/complete`, {
    commandId: randomUUID(),
    outcome,
    ...(reasonCode !== undefined && { reasonCode }),
    ...(form && response && { formHash: form.hash, response }),
  });
}

const routingOf = async (instanceId: string, personId = DOCTOR) =>
  (await ask<InstanceRoutingView>(personId, 'GET', `/api/instances/${instanceId}/routing`)).decisions;

const partsOf = (sheet: string, count: number): Promise<readonly string[]> =>
  until('the sheet is split', async () => {
    const { linked } = await ask<InstanceView>(DOCTOR, 'GET', `/api/instances/${sheet}`);
    const opened = linked.filter(({ relation }) => relation === 'opened');
    return opened.length === count ? opened.map(({ instanceId }) => instanceId) : null;
  });

describe('an order', () => {
  it('is routed by rule to hospital, department and team, says why, goes on when it is declined, and closes', async () => {
    const instanceId = await order('CT-CHEST');
    await taskOf(instanceId, 'review');
    const [first] = await routingOf(instanceId);
    expect(first).toMatchObject({
      outcome: 'routed',
      by: null,
      reason: { 'zh-CN': '本市可做的就近' },
      dictionaryVersion: 1,
      organisation: { id: 'org-qingling' },
      department: { name: '医学影像科' },
      team: { id: 'team-qingling-exam' },
      localItems: [{ code: 'CT-CHEST', localCode: '2-0002', localName: '胸部 CT 平扫' }],
    });
    expect(first?.considered.map(({ organisation, verdict }) => [organisation.id, verdict])).toEqual([
      ['org-qingling', 'taken'],
      ['org-lead', 'not-needed'],
      ['org-cancer', 'not-needed'],
      ['org-lead', 'not-needed'],
    ]);

    await act(CITY, instanceId, 'review', { outcome: 'decline', reasonCode: 'device-down', isFormEmpty: true });
    await act(LEAD, instanceId, 'review', { outcome: 'accept' });
    const [second] = await routingOf(instanceId, LEAD);
    expect(second?.considered.map(({ verdict }) => verdict)).toEqual(['declined', 'taken', 'not-needed', 'not-needed']);

    await act(LEAD, instanceId, 'arrange', { outcome: 'arranged' });
    await act(DOCTOR, instanceId, 'prepare', { outcome: 'ready' });
    await act(LEAD, instanceId, 'perform', { outcome: 'performed' });
    await act(LEAD, instanceId, 'report', { outcome: 'sign' });
    await act(DOCTOR, instanceId, 'review-result', { outcome: 'reviewed' });
    await act(DOCTOR, instanceId, 'evaluate-applicant', { outcome: 'submit' });
    await act(LEAD, instanceId, 'evaluate-executor', { outcome: 'submit' });
    await act(CONTROLLER, instanceId, 'quality', { outcome: 'pass' });
    await shell.sealed(instanceId);
    expect((await world.instance(instanceId)).status).toBe('closed');
    await shell.expectConfirmed(instanceId);
  });

  it('with items that no hospital does all of is split into linked orders, each with its own items and hospital, which close together', async () => {
    const items = ['ENDO-GASTRO', 'DSA-HEAD', UNMAPPED_EVERYWHERE];
    const sheet = await order('CT-CHEST', {
      'order.exams': items.map((exam) => ({ valueReference: { reference: `ActivityDefinition/${exam}` } })),
    });
    const parts = await partsOf(sheet, 3);
    const [decision] = await routingOf(sheet);
    expect(decision).toMatchObject({ outcome: 'split', organisation: null });
    expect(decision?.parts.map(({ organisation, items: each }) => [organisation?.id ?? null, each.map((item) => item.code)])).toEqual([
      ['org-qingling', ['ENDO-GASTRO']],
      ['org-lead', ['DSA-HEAD']],
      [null, [UNMAPPED_EVERYWHERE]],
    ]);
    const [city, lead, rest] = parts as [string, string, string];
    // Each hospital reads its own items, and nothing of the sheet.
    const path = `/api/instances/${city}/tasks/${await taskOf(city, 'review')}`;
    const seen = JSON.stringify(await ask<TaskView>(CITY, 'GET', path));
    expect(seen).toContain('ENDO-GASTRO');
    for (const other of ['DSA-HEAD', UNMAPPED_EVERYWHERE]) expect(seen).not.toContain(other);
    expect(await refusal(CITY, 'GET', `/api/instances/${sheet}`)).toBe('not-found');
    expect((await world.instance(city)).applicantId).toBe(DOCTOR);

    // What cannot be mapped is the operator's, as ever; the others do not wait for it before they are done.
    await act(WRITER, rest, 'settle-route', { outcome: 'impossible', reasonCode: 'no-hospital', isFormEmpty: true });
    await shell.sealed(rest);
    for (const [part, team] of [
      [city, CITY],
      [lead, LEAD],
    ] as const) {
      expect((await world.instance(sheet)).status).toBe('active');
      await act(team, part, 'review', { outcome: 'accept' });
      await act(team, part, 'arrange', { outcome: 'arranged' });
      await act(DOCTOR, part, 'prepare', { outcome: 'ready' });
      await act(team, part, 'perform', { outcome: 'performed' });
      await act(team, part, 'report', { outcome: 'sign' });
      await act(DOCTOR, part, 'review-result', { outcome: 'reviewed' });
      await act(DOCTOR, part, 'evaluate-applicant', { outcome: 'submit' });
      await act(team, part, 'evaluate-executor', { outcome: 'submit' });
      await act(CONTROLLER, part, 'quality', { outcome: 'pass' });
      // The first is done and waits for the other.
      if (part === city) expect((await world.instance(part)).status).toBe('active');
    }
    for (const [instance, status] of [
      [sheet, 'ended-in-parts'],
      [city, 'closed'],
      [lead, 'closed'],
    ] as const) {
      await shell.sealed(instance);
      expect((await world.instance(instance)).status).toBe(status);
      await shell.expectConfirmed(instance);
    }
  });

  it('that was split is withdrawn with one reason: what waits at once, what is under way when its hospital agrees, and then the sheet ends', async () => {
    const items = ['ENDO-GASTRO', 'DSA-HEAD', UNMAPPED_EVERYWHERE];
    const sheet = await order('CT-CHEST', {
      'order.exams': items.map((exam) => ({ valueReference: { reference: `ActivityDefinition/${exam}` } })),
    });
    const [city, lead, rest] = (await partsOf(sheet, 3)) as [string, string, string];
    await taskOf(rest, 'settle-route');
    await taskOf(lead, 'review');
    await act(CITY, city, 'review', { outcome: 'accept' });
    await act(CITY, city, 'arrange', { outcome: 'arranged' });
    await act(DOCTOR, city, 'prepare', { outcome: 'ready' });
    await taskOf(city, 'perform');

    const path = `/api/instances/${sheet}/actions/withdraw-sheet`;
    expect(await refusal(DOCTOR, 'POST', path, { commandId: randomUUID() })).toBe('reason-required');
    await ask(DOCTOR, 'POST', path, { commandId: randomUUID(), reasonCode: 'patient-refuses' });
    for (const part of [lead, rest]) {
      await shell.sealed(part);
      expect((await world.instance(part)).status).toBe('withdrawn');
      expect((await world.state(part)).elements[1]?.variables.withdrawal).toMatchObject({ by: DOCTOR, reasonCode: 'patient-refuses' });
    }
    // The hospital that had begun is asked; until it answers the sheet waits.
    const asked = `/api/instances/${city}/tasks/${await taskOf(city, 'answer-cancel')}`;
    expect(JSON.stringify((await ask<TaskView>(CITY, 'GET', asked)).summary)).toContain('患者不同意');
    expect((await world.instance(sheet)).status).toBe('active');
    await act(CITY, city, 'answer-cancel', { outcome: 'confirm' });
    for (const [instance, status] of [
      [city, 'withdrawn'],
      [sheet, 'ended-in-parts'],
    ] as const) {
      await shell.sealed(instance);
      expect((await world.instance(instance)).status).toBe(status);
      await shell.expectConfirmed(instance);
    }
  });

  it('that cannot be mapped waits for the operator, who maps; another person approves, and it goes on', async () => {
    const instanceId = await order(UNMAPPED_EVERYWHERE);
    const taskId = await taskOf(instanceId, 'settle-route');
    const [before] = await routingOf(instanceId, WRITER);
    expect(before).toMatchObject({ outcome: 'unmapped', organisation: null });
    expect(before?.considered.find(({ organisation }) => organisation.id === 'org-qingling')).toMatchObject({
      verdict: 'unmapped',
      items: [{ code: UNMAPPED_EVERYWHERE, name: { 'zh-CN': '心脏 MR' } }],
    });
    expect((await ask<MasterDataView>(WRITER, 'GET', '/api/master-data')).waiting).toBe(1);
    const { unmapped } = await ask<WorklistView>(WRITER, 'GET', '/api/master-data/worklist/exam');
    expect(unmapped).toContainEqual(expect.objectContaining({ organisationId: 'org-qingling', standardCode: UNMAPPED_EVERYWHERE }));

    const row = { standardCode: UNMAPPED_EVERYWHERE, organisation: '青岭市中心医院', localCode: '2-0099', localName: '心脏核磁' };
    const taken = await ask<TakenMappingsView>(WRITER, 'POST', '/api/master-data/mappings/exam', {
      rows: [row, { ...row, standardCode: 'NOTHING' }],
    });
    expect(taken).toEqual({
      taken: 1,
      results: [
        { line: 1, standardCode: UNMAPPED_EVERYWHERE, problem: null },
        { line: 2, standardCode: 'NOTHING', problem: 'standard-code-unknown' },
      ],
    });
    const { mappings } = await ask<MappingsView>(CHECKER, 'GET', '/api/master-data/mappings/exam');
    const draft = mappings.find(({ localCode }) => localCode === '2-0099');
    const approve = `/api/master-data/mappings/${draft?.id}/acts/approve`;
    expect(await refusal(WRITER, 'POST', approve, {})).toBe('own-work');
    // Nothing is sent with a mapping that nobody has checked.
    await act(WRITER, instanceId, 'settle-route', { outcome: 'retry', isFormEmpty: true });
    await shell.reached(instanceId, 'it waits again', ({ tasks }) =>
      Object.values(tasks).some((task) => task.elementId === 'settle-route' && task.taskId !== taskId),
    );
    expect((await routingOf(instanceId, WRITER))[0]?.considered[0]).toMatchObject({ verdict: 'awaiting-check' });

    const { routedAgain } = await ask<MappingActView>(CHECKER, 'POST', approve, {});
    expect(routedAgain).toBe(1);
    await taskOf(instanceId, 'review');
    expect((await routingOf(instanceId))[0]).toMatchObject({ outcome: 'routed', by: null, organisation: { id: 'org-qingling' } });
    await shell.expectConfirmed(instanceId);
  });

  it('is sent elsewhere by the operator with a reason, and only where its codes are approved', async () => {
    // One hospital does it, and has just declined.
    const instanceId = await order('DSA-HEAD');
    await act(LEAD, instanceId, 'review', { outcome: 'decline', reasonCode: 'no-capacity', isFormEmpty: true });
    const first = await taskOf(instanceId, 'settle-route');
    expect((await routingOf(instanceId, WRITER))[0]?.considered.map(({ verdict }) => verdict)).toEqual([
      'not-offered',
      'declined',
      'not-offered',
      'declined',
    ]);
    const to = (id: string): Answers => ({ 'settling.organisation': [{ valueReference: { reference: `Organization/${id}` } }] });
    await act(WRITER, instanceId, 'settle-route', { outcome: 'assign', reasonCode: 'clinical', answers: to('org-baihe') });
    await shell.reached(instanceId, 'it waits again', ({ tasks }) =>
      Object.values(tasks).some((task) => task.elementId === 'settle-route' && task.taskId !== first),
    );
    expect((await routingOf(instanceId, WRITER))[0]).toMatchObject({
      outcome: 'no-candidate',
      by: { id: WRITER },
      considered: [{ organisation: { id: 'org-baihe' }, verdict: 'no-service-point' }],
    });
    await act(WRITER, instanceId, 'settle-route', { outcome: 'assign', reasonCode: 'clinical', answers: to('org-lead') });
    await taskOf(instanceId, 'review');
    expect((await routingOf(instanceId))[0]).toMatchObject({
      outcome: 'routed',
      by: { id: WRITER, name: '康宁' },
      reason: { 'zh-CN': '临床需要', en: 'Clinical need' },
      organisation: { id: 'org-lead' },
    });
    await act(LEAD, instanceId, 'review', { outcome: 'accept' });
  });

  it('with a test on another specimen goes back to its doctor before any hospital hears of it', async () => {
    const instanceId = await order('CT-HEAD', {
      'order.category': [code('test')],
      'order.exams': [],
      'order.contraindications': [],
      'order.tests': [{ valueReference: { reference: 'ObservationDefinition/HBA1C' } }],
      'order.specimen': [code('urine')],
    });
    await taskOf(instanceId, 'amend');
    expect(await routingOf(instanceId)).toEqual([]);
  });

  it('shows nobody who has no part in it where it went', async () => {
    const instanceId = await order('CT-CHEST');
    await taskOf(instanceId, 'review');
    expect(await refusal(STRANGER, 'GET', `/api/instances/${instanceId}/routing`)).toBe('not-found');
    const { header } = await ask<InstanceView>(CITY, 'GET', `/api/instances/${instanceId}`);
    expect(header.waitingFor.map(({ elementId }) => elementId)).toEqual(['review']);
  });
});

describe('master data', () => {
  it('lists what is unmapped, what meets in one code, and what another person has to check', async () => {
    const list = await ask<WorklistView>(CHECKER, 'GET', '/api/master-data/worklist/test');
    expect(list.manyToOne).toMatchObject([{ organisationId: 'org-qingling', meetsIn: 'local', code: 'LIS0005' }]);
    expect(list.awaiting).toMatchObject([
      { mapping: { standardCode: 'HBSAG-QUAL', localCode: 'LIS0005' }, ambiguity: 'two-standard-codes' },
    ]);
    const approve = list.awaiting[0]?.mapping.acts.find(({ act: each }) => each === 'approve');
    expect(approve?.refusal).toBe('two-standard-codes');
    const draft = list.awaiting[0]?.mapping;
    expect(await refusal(CHECKER, 'POST', `/api/master-data/mappings/${draft?.id}/acts/approve`, {})).toBe('two-standard-codes');

    // To send only, it mixes nothing up; the draft that it replaces is suspended.
    const row = {
      standardCode: 'HBSAG-QUAL',
      organisation: 'org-qingling',
      localCode: 'LIS0005',
      localName: '乙肝表面抗原',
      direction: 'out',
    };
    await ask(WRITER, 'POST', '/api/master-data/mappings/test', { rows: [row], replaces: draft?.id });
    const mended = await ask<WorklistView>(CHECKER, 'GET', '/api/master-data/worklist/test');
    expect(mended.awaiting).toMatchObject([{ mapping: { direction: 'out' }, ambiguity: null }]);
    await ask(CHECKER, 'POST', `/api/master-data/mappings/${mended.awaiting[0]?.mapping.id}/acts/approve`, {});
    expect(await refusal(WRITER, 'POST', '/api/master-data/mappings/test', { rows: [row], replaces: draft?.id })).toBe(
      'mapping-act-not-now',
    );
  });

  it('asks why where a mapping is suspended, and sends nothing with it', async () => {
    const { mappings } = await ask<MappingsView>(WRITER, 'GET', '/api/master-data/mappings/exam');
    const mapping = mappings.find(({ standardCode, organisationId }) => standardCode === 'MR-HEAD' && organisationId === 'org-qingling');
    const suspend = `/api/master-data/mappings/${mapping?.id}/acts/suspend`;
    expect(await refusal(WRITER, 'POST', suspend, {})).toBe('reason-required');
    await ask(WRITER, 'POST', suspend, { reason: '医院更换编码' });
    const tried = await ask<TriedRouteView>(WRITER, 'POST', '/api/master-data/routing/try', {
      category: 'exam',
      items: ['MR-HEAD'],
      urgency: 'routine',
      organisationId: 'org-shitan',
    });
    expect(tried.decision.considered.map(({ verdict }) => verdict).slice(0, 2)).toEqual(['suspended', 'taken']);
    expect(tried.fired).toMatchObject([{ decision: { 'zh-CN': '提出医院' }, rule: 3 }]);
  });

  it('has versions that another person approves, and that orders choose from', async () => {
    const draft = '/api/master-data/dictionaries/exam/draft';
    await ask(WRITER, 'POST', draft, {});
    const row = { code: 'MR-KNEE', name: '膝关节 MR', nameEn: 'MR of the knee' };
    await ask(WRITER, 'POST', `${draft}/entries`, { rows: [row] });
    expect(await refusal(WRITER, 'POST', `${draft}/approve`, {})).toBe('own-work');
    // The first version holds from today; two from one day on would contradict each other.
    expect(await refusal(CHECKER, 'POST', `${draft}/approve`, {})).toBe('valid-from-past');
    const search = async () => (await ask<readonly { id: string }[]>(DOCTOR, 'GET', '/api/references/exam?q=MR-KNEE')).map(({ id }) => id);
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await ask(CHECKER, 'POST', `${draft}/approve`, { validFrom: tomorrow });
    expect(await search()).toEqual([]);
    await world.asOwner("update dictionary_version set valid_from = valid_from - 3 where dictionary = 'exam'");
    expect(await search()).toEqual(['MR-KNEE']);
  });

  it('keeps who changed what, for good', async () => {
    const { changes } = await ask<MasterDataHistoryView>(WRITER, 'GET', '/api/master-data/history?subject=mapping');
    expect(changes.find(({ act: each }) => each === 'suspend')).toMatchObject({ by: { id: WRITER }, reason: '医院更换编码' });
    for (const change of ['update master_data_change set reason = null', 'delete from master_data_change'])
      await expect(world.asApplication(change)).rejects.toThrow('append-only');
  });

  it.each([DOCTOR, CITY, CONTROLLER, 'p-ye-zhou', 'p-mo-yan'])('is not there for %s', async (personId) => {
    expect(await refusal(personId, 'GET', '/api/master-data')).toBe('not-found');
    expect(await refusal(personId, 'GET', '/api/master-data/mappings/exam')).toBe('not-found');
  });
});
