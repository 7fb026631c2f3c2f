/** Sentinel surveillance through HTTP, door, relay, matcher and Temporal: silence is an alarm, zero is a report, a crossed limit a warning that is closed. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SurveillanceTopicPage, SurveillanceView } from '#api/views/surveillance.ts';
import type { InstanceView, TaskView } from '#api/views.ts';
import { readFlowFolder } from '#bin/flow-folder.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { lastPeriodBefore, periodBefore } from '#core/quality/period.ts';
import { storeTopics } from '#db/sentinel.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { deploy } from '#engine/deploy.ts';
import { Processes } from '#engine/processes.ts';
import type { ApiCaller, CallerAnswer } from '#test/support/api-caller.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { secretsFrom } from '../http/secrets.ts';
import { createJobHandlers } from '../index.ts';

const [OFFICER, EXPERT, CONTROLLER] = ['p-xi-he', 'p-bai-wei', 'p-tang-min'] as const;
const SITES = ['shitan', 'luyuan', 'qingling'] as const;
const reporter = (site: string): string => `p-${site}-reporter`;
const head = (site: string): string => `p-${site}-head`;
const LAST = lastPeriodBefore('day', new Date().toISOString().slice(0, 10));
const BEFORE = periodBefore('day', periodBefore('day', LAST));
const LONG_AFTER = 5_000;

let world: World;
let shell: Shell;
const callers = new Map<string, Promise<ApiCaller>>();

beforeAll(async () => {
  world = await aWorld();
  const processes = new Processes(world);
  const beginnings = new Beginnings({ ...world, processes });
  const http = { hosts: [], responseBytesMax: 1_000, secrets: secretsFrom({}) };
  shell = await aShell(world, { jobs: createJobHandlers({ db: world.db, keys: world.keys, beginnings, processes, http }) });
  const name = { 'zh-CN': '试验主题', en: 'Topic' };
  const topic = { name, frequency: 'day', lockHours: LONG_AFTER, correctHours: LONG_AFTER, baselinePeriods: 7 } as const;
  await storeTopics(world.db, [
    { ...topic, code: 'due-long-ago', dueHours: 1 },
    { ...topic, code: 'due-later', dueHours: LONG_AFTER - 1 },
  ]);
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

async function post(personId: string, address: string, body: unknown): Promise<CallerAnswer> {
  return (await as(personId)).post(address, body);
}

async function read<View>(personId: string, address: string): Promise<View> {
  const { status, body } = await (await as(personId)).get(address);
  if (status !== 200) throw new Error(`${address}: ${status} ${JSON.stringify(body)}`);
  return body as View;
}

const topicPage = (topic: string, personId: string = OFFICER) => read<SurveillanceTopicPage>(personId, `/api/surveillance/topics/${topic}`);

async function open(topic: string, period: string): Promise<void> {
  const answer = await post(OFFICER, `/api/surveillance/topics/${topic}/periods`, { period, commandId: randomUUID() });
  expect([answer.status, answer.body]).toEqual([200, { isRepeated: false }]);
}

const reportOf = (topic: string, period: string, site: string): Promise<string> =>
  until(`${site} is asked`, async () => {
    const [row] = await world.asOwner<{ instance_id: string }>(
      `select instance_id from started_instance where service_key = 'sentinel-report' and occasion = $1 and organisation_id = $2`,
      [`${topic}:${period}`, `org-${site}`],
    );
    return row?.instance_id ?? false;
  });

type Answers = Readonly<Record<string, readonly AnswerValue[]>>;
const counts = (given: Readonly<Record<string, number>>): Answers => ({
  'report.zero': [{ valueBoolean: false }],
  ...Object.fromEntries(Object.entries(given).map(([part, count]) => [`report.${part}`, [{ valueInteger: count }]])),
});
const ZERO: Answers = { 'report.zero': [{ valueBoolean: true }] };

/** Claims the person's open task of the element and completes it over HTTP; the answer of the completion. */
async function act(
  personId: string,
  id: string,
  elementId: string,
  how: { readonly outcome: string; readonly reason?: string; readonly answers?: Answers },
): Promise<CallerAnswer> {
  const task = await until(`${elementId} is open for ${personId}`, async () => {
    // Whoever has had no task yet is told that there is no such instance.
    const seen = await (await as(personId)).get(`/api/instances/${id}`);
    if (seen.status !== 200) return false;
    for (const waiting of (seen.body as InstanceView).header.waitingFor.filter((each) => each.elementId === elementId)) {
      const answer = await (await as(personId)).get(`/api/instances/${id}/tasks/${waiting.taskId}`);
      const { isMine } = waiting.assignee ? { isMine: waiting.assignee.id === personId } : { isMine: true };
      if (answer.status === 200 && isMine) {
        const claimed = waiting.assignee
          ? { status: 200 }
          : await post(personId, `/api/instances/${id}/tasks/${waiting.taskId}/claim`, { commandId: randomUUID() });
        if (claimed.status === 200) return { taskId: waiting.taskId, view: answer.body as TaskView };
      }
    }
    return false;
  });
  const { form } = task.view;
  const { outcome, reason, answers = {} } = how;
  return post(personId, `/api/instances/${id}/tasks/${task.taskId}/complete`, {
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

const noticesOf = (personId: string, type: string) =>
  world.asOwner<{ instance_id: string }>('select instance_id from notice where person_id = $1 and type = $2', [personId, type]);

const kept = (topic: string, period: string, site: string) =>
  until(`the report of ${site} is kept`, async () => {
    const rows = await world.asOwner<{ level: string; case_limit: string; is_on_time: boolean; version: number; counts: object }>(
      'select level, case_limit, is_on_time, version, counts from sentinel_report where topic = $1 and period = $2 and organisation_id = $3 order by version',
      [topic, period, `org-${site}`],
    );
    return rows.length > 0 && rows;
  });

describe('the roster', () => {
  const sites = '/api/surveillance/topics/due-later/sites';

  it('takes a hospital once at a time, from the surveillance team alone, and keeps what was', async () => {
    const designation = { organisationId: 'org-taohe', from: '2020-01-01', to: null };
    expect((await post(CONTROLLER, sites, designation)).status).toBe(404);
    expect((await post(OFFICER, sites, designation)).status).toBe(200);
    const again = await post(OFFICER, sites, { ...designation, from: '2021-01-01' });
    expect([again.status, again.body.code]).toEqual([409, 'site-on-roster']);
    const end = { organisationId: 'org-taohe', from: '2020-01-01', to: '2020-12-31', reason: '调整' };
    expect((await post(OFFICER, `${sites}/end`, { ...end, reason: ' ' })).status).toBe(400);
    expect((await post(OFFICER, `${sites}/end`, end)).status).toBe(200);
    expect((await post(OFFICER, `${sites}/end`, end)).body.code).toBe('site-not-current');
    const { roster } = await topicPage('due-later');
    expect(roster).toMatchObject([
      {
        organisation: { id: 'org-taohe' },
        from: '2020-01-01',
        to: '2020-12-31',
        isCurrent: false,
        endReason: '调整',
        designatedBy: { name: '奚禾' },
      },
    ]);
  });

  it('says who is obliged', async () => {
    for (const topic of ['due-later', 'due-long-ago'])
      for (const site of SITES) {
        const body = { organisationId: `org-${site}`, from: '2020-01-01', to: null };
        expect((await post(OFFICER, `/api/surveillance/topics/${topic}/sites`, body)).status).toBe(200);
      }
    await open('due-later', BEFORE.code);
    for (const site of SITES) await reportOf('due-later', BEFORE.code, site);
    const { rows, tally } = await topicPage('due-later');
    expect(rows.map(({ organisation, stage }) => [organisation.id, stage])).toEqual(
      [...SITES].sort().map((site) => [`org-${site}`, 'awaited']),
    );
    expect(tally).toEqual({ expected: 3, reported: 0, zero: 0, late: 0, missing: 0 });
  });

  it('is not asked for a period that is not over', async () => {
    const address = '/api/surveillance/topics/due-later/periods';
    const early = await post(OFFICER, address, { period: '2999-01-01', commandId: randomUUID() });
    expect([early.status, early.body.code]).toEqual([422, 'period-not-over']);
    expect((await post(OFFICER, address, { period: '2026-W01', commandId: randomUUID() })).body.code).toBe('period-unknown');
  });
});

describe('a report that does not come', () => {
  it('raises an alarm of its own to the surveillance team, and is no zero', async () => {
    await open('due-long-ago', BEFORE.code);
    for (const site of SITES) {
      const id = await reportOf('due-long-ago', BEFORE.code, site);
      await shell.reached(id, `${site} is chased`, ({ tasks }) => Object.values(tasks).some(({ elementId }) => elementId === 'chase'));
      expect((await noticesOf(OFFICER, 'sentinel-missing')).map((row) => row.instance_id)).toContain(id);
    }
    const { rows, tally } = await topicPage('due-long-ago');
    expect(rows.map(({ stage }) => stage)).toEqual(['missing', 'missing', 'missing']);
    expect(tally).toEqual({ expected: 3, reported: 0, zero: 0, late: 0, missing: 3 });
  });

  it('ends its alarm when it comes, as a zero report that is late', async () => {
    const id = await reportOf('due-long-ago', BEFORE.code, 'shitan');
    await done(reporter('shitan'), id, 'enter', { outcome: 'submit', answers: ZERO });
    expect(await kept('due-long-ago', BEFORE.code, 'shitan')).toMatchObject([
      { level: 'none', is_on_time: false, counts: { isZero: true, cases: 0 } },
    ]);
    expect(Object.values((await world.state(id)).tasks)).toEqual([]);
    const { tally } = await topicPage('due-long-ago');
    expect(tally).toEqual({ expected: 3, reported: 1, zero: 1, late: 1, missing: 2 });
    await shell.expectConfirmed(id);
  });

  it('stays owed when the team has found out why', async () => {
    const id = await reportOf('due-long-ago', BEFORE.code, 'luyuan');
    await done(OFFICER, id, 'chase', { outcome: 'contacted' });
    expect(Object.values((await world.state(id)).tasks).map(({ elementId }) => elementId)).toEqual(['enter']);
  });
});

describe('what cannot be counted', () => {
  it.each([
    ['死亡数不能多于病例数。', counts({ cases: 1, deaths: 2 })],
    ['阳性数不能多于采样数。', counts({ cases: 1, samples: 1, positives: 2 })],
    ['零报告不能同时填写数量', { ...counts({ cases: 1 }), ...ZERO }],
    ['不是零报告时须填写病例数。', counts({})],
    ['各项均为 0：请作为零报告上报。', counts({ cases: 0 })],
    ['各年龄组之和须等于病例数。', { ...counts({ cases: 2 }), 'report.ages.under5': [{ valueInteger: 1 }] }],
  ])('is refused: %s', async (words, answers) => {
    const id = await reportOf('due-later', BEFORE.code, 'qingling');
    const answer = await act(reporter('qingling'), id, 'enter', { outcome: 'submit', answers });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body.issues)).toContain(words);
  });
});

describe('a crossed limit', () => {
  let warning: string;

  it('is a warning of the platform, linked with the report, that keeps the limit', async () => {
    const id = await reportOf('due-later', BEFORE.code, 'shitan');
    await done(reporter('shitan'), id, 'enter', { outcome: 'submit', answers: counts({ cases: 11 }) });
    expect(await kept('due-later', BEFORE.code, 'shitan')).toMatchObject([{ level: 'yellow', case_limit: '10', is_on_time: true }]);
    const [opened] = await until('the warning is open', async () => {
      const { warnings } = await topicPage('due-later');
      return warnings.length > 0 && warnings;
    });
    expect(opened).toMatchObject({
      status: 'active',
      report: { period: BEFORE.code, organisation: { id: 'org-shitan' }, level: 'yellow' },
    });
    warning = opened?.instanceId ?? '';
    expect((await world.instance(warning)).organisationId).toBe('org-lead');
    expect(await noticesOf(EXPERT, 'sentinel-warning')).toHaveLength(1);
  });

  it('is verified by an expert, shared with receipts, responded to, evaluated by both sides, controlled and sealed', async () => {
    await done(EXPERT, warning, 'verify', { outcome: 'confirm' });
    for (const site of SITES) {
      await done(head(site), warning, 'acknowledge', { outcome: 'received' });
      expect((await noticesOf(head(site), 'sentinel-shared')).length).toBeGreaterThan(0);
    }
    const responders = ['shitan', 'luyuan'].map((site): AnswerValue => ({ valueReference: { reference: `Organization/org-${site}` } }));
    await done(OFFICER, warning, 'plan', { outcome: 'assign', answers: { 'plan.responders': responders } });
    for (const site of ['shitan', 'luyuan']) await done(head(site), warning, 'carry-out', { outcome: 'done' });
    await done(head('shitan'), warning, 'evaluate-site', { outcome: 'submit' });
    await done(OFFICER, warning, 'evaluate-team', { outcome: 'submit' });
    await done(CONTROLLER, warning, 'quality', { outcome: 'pass' });
    await shell.sealed(warning);
    const { warnings } = await read<SurveillanceView>(OFFICER, '/api/surveillance');
    expect(warnings.find(({ instanceId }) => instanceId === warning)?.status).toBe('closed');
  });

  it('is judged anew by a changed rule, and stays judged as it was where it was judged before', async () => {
    const folder = path.join(fileURLToPath(new URL('../../../flows', import.meta.url)), 'sentinel-report');
    const set = await readFlowFolder(folder);
    const dmn = set.dmn.map((each) => ({ ...each, xml: each.xml.replace('<text>10</text>', '<text>5</text>') }));
    const deployed = await deploy(world.db, { ...set, descriptor: { ...(set.descriptor as object), version: 2 }, dmn });
    expect(deployed).toMatchObject({ kind: 'deployed', version: 2 });
    await open('due-later', LAST.code);
    const started = { before: await reportOf('due-later', BEFORE.code, 'luyuan'), after: await reportOf('due-later', LAST.code, 'luyuan') };
    await done(reporter('luyuan'), started.before, 'enter', { outcome: 'submit', answers: counts({ cases: 9 }) });
    await done(reporter('luyuan'), started.after, 'enter', { outcome: 'submit', answers: counts({ cases: 9 }) });
    expect(await kept('due-later', BEFORE.code, 'luyuan')).toMatchObject([{ level: 'none', case_limit: '10' }]);
    expect(await kept('due-later', LAST.code, 'luyuan')).toMatchObject([{ level: 'yellow', case_limit: '5' }]);
    const { series } = await topicPage('due-later');
    const points = series.find(({ organisation }) => organisation.id === 'org-luyuan')?.points;
    expect(points?.map(({ caseLimit }) => caseLimit)).toEqual([10, 5]);
  });

  it('is no longer crossed by a correction, which is a version beside the first', async () => {
    const id = await reportOf('due-later', LAST.code, 'luyuan');
    await until('it may be corrected', async () => {
      const asked = { commandId: randomUUID(), reason: '重复计数' };
      return (await post(reporter('luyuan'), `/api/instances/${id}/actions/correct`, asked)).status === 200;
    });
    await done(reporter('luyuan'), id, 'correct', { outcome: 'submit', answers: counts({ cases: 2 }) });
    await until('the correction is kept', async () => (await kept('due-later', LAST.code, 'luyuan')).length === 2);
    expect(await kept('due-later', LAST.code, 'luyuan')).toMatchObject([{ level: 'yellow' }, { level: 'none', version: 2 }]);
  });
});

describe('a single case', () => {
  it('is reported at once by a hospital and ends as a false alarm with its reason', async () => {
    const { form } = await read<{ form: TaskView['form'] & object }>(reporter('shitan'), '/api/services/sentinel-warning');
    const started = await post(reporter('shitan'), '/api/instances', {
      commandId: randomUUID(),
      serviceKey: 'sentinel-warning',
      formHash: form.hash,
      response: fillForm(form.questionnaire, {
        personId: reporter('shitan'),
        answers: { 'case.onset': [{ valueDate: BEFORE.code }] },
      }),
    });
    expect([started.status, started.body.code]).toEqual([200, undefined]);
    const id: string = started.body.instanceId;
    const unreasoned = await act(EXPERT, id, 'verify', { outcome: 'false-alarm' });
    expect([unreasoned.status, unreasoned.body.code]).toEqual([422, 'reason-required']);
    await done(EXPERT, id, 'verify', { outcome: 'false-alarm', reason: '普通肺炎' });
    await shell.sealed(id);
    expect((await read<InstanceView>(reporter('shitan'), `/api/instances/${id}`)).header.status).toBe('false-alarm');
    expect(await noticesOf(head('shitan'), 'sentinel-false-alarm')).toHaveLength(1);
  });
});

describe('a site', () => {
  it('sees its own reports and series, and of others that there is nothing', async () => {
    const page = await topicPage('due-later', head('luyuan'));
    expect(new Set(page.rows.map(({ organisation }) => organisation.id))).toEqual(new Set(['org-luyuan']));
    expect(page.series.map(({ organisation }) => organisation.id)).toEqual(['org-luyuan']);
    expect([page.warnings, page.canManage]).toEqual([[], false]);
    expect((await (await as(head('nanmen'))).get('/api/surveillance/topics/due-later')).status).toBe(404);
    const other = await reportOf('due-later', BEFORE.code, 'shitan');
    expect((await (await as(reporter('qingling'))).get(`/api/instances/${other}`)).status).toBe(404);
  });
});
