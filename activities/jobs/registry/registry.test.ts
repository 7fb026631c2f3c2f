/** A registry through HTTP, door and Temporal: a discharge list twice lists nothing twice, what is missing is exact, and no stay number stands in clear. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListedView, OpenedCaseView, RegistryDiseasePage, StayView } from '#api/views/registry.ts';
import type { InstanceView, TaskView } from '#api/views.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { Processes } from '#engine/processes.ts';
import type { ApiCaller, CallerAnswer } from '#test/support/api-caller.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { secretsFrom } from '../http/secrets.ts';
import { createJobHandlers } from '../index.ts';

const [HEAD, REPORTER, WARD, TEAM] = ['p-shitan-head', 'p-shitan-reporter', 'p-shitan-ward', 'p-tang-min'] as const;
const ELSEWHERE = 'p-luyuan-reporter';
/** Whatever of this stands in a table outside of what is encrypted is a leak. */
const CANARY = 'ZYKANARIE77';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const DISCHARGED = daysAgo(3);
const LIST = [
  { stayNumber: CANARY, icd: 'J18.9', dischargedOn: DISCHARGED, department: '呼吸内科' },
  { stayNumber: 'Z002', icd: 'J15.7', dischargedOn: daysAgo(30), department: '呼吸内科' },
  { stayNumber: 'Z003', icd: 'J18.0', dischargedOn: DISCHARGED, department: '老年科' },
  { stayNumber: 'Z004', icd: 'I21.1', dischargedOn: DISCHARGED, department: '心内科' },
  { stayNumber: 'Z005', icd: 'K35.8', dischargedOn: DISCHARGED, department: '外科' },
  { stayNumber: 'z003', icd: 'J18.0', dischargedOn: DISCHARGED },
  { stayNumber: 'Z006', icd: '肺炎', dischargedOn: DISCHARGED },
];

let world: World;
let shell: Shell;
const callers = new Map<string, Promise<ApiCaller>>();

beforeAll(async () => {
  world = await aWorld();
  const processes = new Processes(world);
  const beginnings = new Beginnings({ ...world, processes });
  const http = { hosts: [], responseBytesMax: 1_000, secrets: secretsFrom({}) };
  shell = await aShell(world, { jobs: createJobHandlers({ db: world.db, keys: world.keys, beginnings, processes, http }) });
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

function as(personId: string): Promise<ApiCaller> {
  const made = callers.get(personId) ?? world.signIn(personId);
  callers.set(personId, made);
  return made;
}

const post = async (personId: string, address: string, body: unknown = {}): Promise<CallerAnswer> =>
  (await as(personId)).post(address, body);

const page = async (disease: string, personId: string = REPORTER): Promise<RegistryDiseasePage> =>
  (await (await as(personId)).get(`/api/registry/${disease}`)).body as RegistryDiseasePage;

const stay = async (disease: string, stayNumber: string): Promise<StayView> => {
  const found = (await page(disease)).stays.find((each) => each.stayNumber === stayNumber);
  if (!found) throw new Error(`${stayNumber} is not listed.`);
  return found;
};

type Answers = Readonly<Record<string, readonly AnswerValue[]>>;

async function act(
  personId: string,
  id: string,
  elementId: string,
  how: { readonly outcome: string; readonly reason?: string; readonly answers?: Answers },
): Promise<CallerAnswer> {
  const open = await until(`${elementId} is open for ${personId}`, async () => {
    const seen = await (await as(personId)).get(`/api/instances/${id}`);
    if (seen.status !== 200) return false;
    return (seen.body as InstanceView).header.waitingFor.find((each) => each.elementId === elementId) ?? false;
  });
  const task = `/api/instances/${id}/tasks/${open.taskId}`;
  if (open.assignee === null) expect((await post(personId, `${task}/claim`, { commandId: randomUUID() })).status).toBe(200);
  const { form } = (await (await as(personId)).get(task)).body as TaskView;
  const { outcome, reason, answers = {} } = how;
  return post(personId, `${task}/complete`, {
    commandId: randomUUID(),
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(form ? { formHash: form.hash, response: fillForm(form.questionnaire, { personId, answers }) } : {}),
  });
}

async function done(...args: Parameters<typeof act>): Promise<void> {
  const { status, body } = await act(...args);
  expect([status, status === 200 ? null : body], `${args[2]}: ${args[3].outcome}`).toEqual([200, null]);
}

const at = (hour: string): readonly AnswerValue[] => [{ valueDateTime: `${daysAgo(9)}T${hour}:00+08:00` }];
const step = (code: string, doneAt: string | null): Answers =>
  doneAt === null
    ? {
        [`steps.cap.${code}.done`]: [{ valueBoolean: false }],
        [`steps.cap.${code}.missed`]: [{ valueCoding: { code: 'refused', display: '患方拒绝' } }],
      }
    : { [`steps.cap.${code}.done`]: [{ valueBoolean: true }], [`steps.cap.${code}.doneAt`]: at(doneAt) };

/** One step in time, one late, one missed. */
const CASE: Answers = {
  'case.disease': [{ valueCoding: { code: 'cap', display: '社区获得性肺炎（成人，住院）' } }],
  'patient.stay': [{ valueString: CANARY }],
  'patient.name': [{ valueString: '某某某' }],
  'patient.birthDate': [{ valueDate: '1960-05-01' }],
  'stay.admittedAt': at('08:00'),
  'stay.dischargedAt': [{ valueDateTime: `${DISCHARGED}T10:00:00+08:00` }],
  ...step('oxygenation', '09:00'),
  ...step('antibiotic', '18:00'),
  ...step('culture', null),
  'variation.happened': [{ valueBoolean: false }],
  'case.complications': [{ valueCoding: { code: 'none', display: '无' } }],
  'case.outcome': [{ valueCoding: { code: 'improved', display: '好转' } }],
  'case.readmission': [{ valueBoolean: false }],
};

describe('a discharge list', () => {
  it('lists what is eligible once, with a result for every row', async () => {
    const { status, body } = await post(REPORTER, '/api/registry/stays', { rows: LIST });
    expect(status).toBe(200);
    const { listed, known, results } = body as ListedView;
    expect([listed, known]).toEqual([4, 0]);
    expect(results.map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, 'listed'],
      [2, 'listed'],
      [3, 'listed'],
      [4, 'listed'],
      [5, 'not-eligible'],
      [6, 'twice-in-list'],
      [7, 'icd-unreadable'],
    ]);
  });

  it('lists nothing twice when it comes again, from somebody else and in the same moment', async () => {
    const answers = await Promise.all([HEAD, REPORTER, HEAD].map((personId) => post(personId, '/api/registry/stays', { rows: LIST })));
    for (const { body } of answers) expect([body.listed, body.known]).toEqual([0, 4]);
    const [count] = await world.asOwner<{ count: string }>('select count(*) from eligible_stay');
    expect(Number(count?.count)).toBe(4);
  });

  it('refuses what is listed otherwise with what stands, and links it with a reason', async () => {
    const row = { stayNumber: 'Z002', icd: 'J18.9', dischargedOn: daysAgo(29) };
    const { body } = await post(REPORTER, '/api/registry/stays', { rows: [row] });
    const listed = { icd: 'J15.7', dischargedOn: daysAgo(30) };
    expect(body).toMatchObject({ listed: 0, results: [{ line: 1, outcome: 'differs', listed }] });
    const links = `/api/registry/stays/${body.results[0].stayId}/links`;
    expect((await post(REPORTER, links, { row, reason: ' ' })).status).toBe(400);
    const other = await post(REPORTER, links, { row: { ...row, stayNumber: 'Z003' }, reason: '同一次住院' });
    expect([other.status, other.body.code]).toEqual([422, 'stay-of-another']);
    expect((await post(ELSEWHERE, links, { row, reason: '同一次住院' })).status).toBe(404);
    expect((await post(REPORTER, links, { row, reason: '病案首页更正了诊断' })).status).toBe(200);
    expect(await stay('cap', 'Z002')).toMatchObject({ ...listed, links: 1 });
  });

  it('is reconciled exactly: eligible, submitted, missing, overdue', async () => {
    const { hospitals, stays } = await page('cap');
    expect(hospitals).toMatchObject([
      { organisation: { id: 'org-shitan' }, reconciliation: { eligible: 3, submitted: 0, missing: 3, rate: 0 } },
    ]);
    expect(stays.map(({ stayNumber, stage, isOverdue }) => [stayNumber, stage, isOverdue]).sort()).toEqual([
      ['Z002', 'not-opened', true],
      ['Z003', 'not-opened', false],
      [CANARY, 'not-opened', false],
    ]);
    expect((await page('ami')).hospitals).toMatchObject([{ reconciliation: { eligible: 1 } }]);
  });
});

describe('a case', () => {
  let id: string;

  it('is opened with one click, and is one however often and from wherever it is asked for', async () => {
    const listed = await stay('cap', CANARY);
    const answers = await Promise.all(
      [REPORTER, HEAD, REPORTER].map((personId) => post(personId, `/api/registry/stays/${listed.id}/case`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const ids = new Set(answers.map(({ body }) => (body as OpenedCaseView).instanceId));
    expect(ids.size).toBe(1);
    [id = ''] = ids;
    expect((await world.instance(id)).organisationId).toBe('org-shitan');
    expect((await stay('cap', CANARY)).stage).toBe('assigning');
    expect((await post(ELSEWHERE, `/api/registry/stays/${listed.id}/case`)).status).toBe(404);
  });

  it('begins with what the list knows, and sends back by rule what cannot be', async () => {
    await done(HEAD, id, 'assign', {
      outcome: 'assign',
      answers: { 'assignment.person': [{ valueReference: { reference: `Practitioner/${REPORTER}` } }] },
    });
    const filled = await post(REPORTER, `/api/registry/cases/${id}/fill`);
    expect(filled.status).toBe(200);
    const { response } = (await (await as(REPORTER)).get(`/api/instances/${id}/tasks/${filled.body.taskId}`)).body as TaskView;
    expect(JSON.stringify(response)).toContain(CANARY);
    const early = { ...CASE, 'stay.admittedAt': [{ valueDateTime: `${daysAgo(1)}T08:00:00+08:00` }] };
    await done(REPORTER, id, 'enter', { outcome: 'submit', answers: early });
    await shell.reached(id, 'it is corrected', ({ tasks }) => Object.values(tasks).some(({ elementId }) => elementId === 'correct'));
    await done(REPORTER, id, 'correct', { outcome: 'submit', answers: CASE });
  });

  it('is controlled by department and hospital, returned and accepted by the disease team', async () => {
    await done(WARD, id, 'department-quality', { outcome: 'pass' });
    await done(HEAD, id, 'hospital-quality', { outcome: 'pass' });
    await until('it counts as submitted', async () => (await stay('cap', CANARY)).stage === 'submitted');
    expect((await page('cap')).hospitals).toMatchObject([{ reconciliation: { eligible: 3, submitted: 1, missing: 2, accepted: 0 } }]);
    await done(TEAM, id, 'review', { outcome: 'return', reason: '请核对首剂时间' });
    await done(REPORTER, id, 'correct', { outcome: 'submit', answers: CASE });
    await done(WARD, id, 'department-quality', { outcome: 'pass' });
    await done(HEAD, id, 'hospital-quality', { outcome: 'pass' });
    await done(TEAM, id, 'review', { outcome: 'accept' });
    await until('it is accepted', async () => (await stay('cap', CANARY)).stage === 'accepted');
    await shell.expectConfirmed(id);
  });

  it('counts in the indicators of its disease: a step in time, one late, one missed', async () => {
    const [hospital] = (await page('cap')).hospitals;
    expect(hospital?.indicators.map(({ code, numerator, denominator }) => [code, numerator, denominator])).toEqual([
      ['cap-key-steps', 1, 3],
      ['cap-oxygenation', 1, 1],
      ['cap-antibiotic', 0, 1],
      ['cap-culture', 0, 1],
      ['cap-died', 0, 1],
      ['cap-readmitted', 0, 1],
    ]);
  });

  it('is excluded with a coded reason, and then neither eligible nor missing', async () => {
    const other = await stay('cap', 'Z003');
    const { body } = await post(REPORTER, `/api/registry/stays/${other.id}/case`);
    const excluded = { commandId: randomUUID(), reasonCode: 'criteria' };
    expect((await post(HEAD, `/api/instances/${body.instanceId}/actions/exclude`, excluded)).status).toBe(200);
    await shell.sealed(body.instanceId);
    expect(await stay('cap', 'Z003')).toMatchObject({ stage: 'excluded', isMissing: false });
    expect((await page('cap')).hospitals).toMatchObject([
      { reconciliation: { eligible: 2, submitted: 1, missing: 1, excluded: 1, rate: 0.5 } },
    ]);
  });

  it('shows the disease team the hospitals and no stay, and another hospital nothing of it', async () => {
    const team = await page('cap', TEAM);
    expect(team.hospitals.map(({ organisation }) => organisation.id)).toEqual(['org-shitan']);
    expect([team.stays, team.canManage]).toEqual([[], false]);
    expect(await page('cap', ELSEWHERE)).toMatchObject({ hospitals: [], stays: [] });
    const seen = await (await as(TEAM)).get(`/api/instances/${id}`);
    expect([seen.status, seen.text.includes(CANARY), seen.text.includes('某某某')]).toEqual([200, false, false]);
  });

  it('leaves no stay number and no name in clear in any table', async () => {
    const tables = await world.asOwner<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const found = await world.asOwner(`select 1 from "${name}" t where t::text like '%${CANARY}%' or t::text like '%某某某%' limit 1`);
      expect([name, found.length]).toEqual([name, 0]);
    }
  });
});
