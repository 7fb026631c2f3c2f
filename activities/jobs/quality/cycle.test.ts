/** A reporting cycle through door, relay, matcher and Temporal: opened for many, by a worker that is restarted in the middle, and gathered exactly. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSampleReporting } from '#bin/seed/reporting.ts';
import { dayAfter, lastPeriodBefore, periodBefore } from '#core/quality/period.ts';
import { storeExemption } from '#db/obligations.ts';
import { readHospitalsBelow } from '#db/quality.ts';
import { readReporting } from '#db/quality-feedback.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { Processes } from '#engine/processes.ts';
import { aNationalPart, aSet, CENTRE, decide, personAt } from '#test/support/quality.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { secretsFrom } from '../http/secrets.ts';
import { createJobHandlers } from '../index.ts';
import type { JobHandlers } from '../jobs.ts';

/** More than one batch. */
const HOSPITALS = 120;
const LAST = lastPeriodBefore('month', new Date().toISOString().slice(0, 10));
const BEFORE = periodBefore('month', LAST);

let world: World;
let shell: Shell;
let hospitals: readonly string[];
let jobs: JobHandlers;

beforeAll(async () => {
  world = await aWorld();
  hospitals = await aNationalPart(world, HOSPITALS);
  const processes = new Processes(world);
  const beginnings = new Beginnings({ ...world, processes });
  jobs = createJobHandlers({
    db: world.db,
    keys: world.keys,
    beginnings,
    processes,
    http: { hosts: [], responseBytesMax: 1_000, secrets: secretsFrom({}) },
  });
  shell = await aShell(world, { jobs });
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

const started = (occasion: string) =>
  world.asOwner<{ organisation_id: string; instance_id: string }>(
    `select organisation_id, instance_id from started_instance where service_key = 'quality-report' and occasion = $1 order by organisation_id`,
    [occasion],
  );
const open = (set: string, period: string, more: { readonly lateReason?: string } = {}) =>
  world.call(CENTRE, 'openCycle', { commandId: randomUUID(), set, period, ...more });
const openedFor = (occasion: string, count: number) =>
  until(`${count} reports are open`, async () => (await started(occasion)).length === count && (await started(occasion)));
const reportOf = async (occasion: string, organisationId: string): Promise<string> => {
  const row = (await started(occasion)).find((each) => each.organisation_id === organisationId);
  if (!row) throw new Error(`${organisationId} has no report.`);
  return row.instance_id;
};
const at = (instanceId: string, elementId: string) =>
  shell.reached(instanceId, elementId, ({ tasks }) => Object.values(tasks).some((task) => task.elementId === elementId));

const FIGURES = {
  'urgent-consult': [9, 10],
  'discharge-record': [95, 100],
  'sepsis-bundle': [4, 5],
  reoperation: [1, 200],
  'consult-closed': [9, 10],
} as const;
const figuresOf = async (instanceId: string) =>
  world.asOwner<{ version: number; is_on_time: boolean; is_nothing: boolean; verdict: string }>(
    'select version, is_on_time, is_nothing, verdict from quality_report where instance_id = $1 order by version',
    [instanceId],
  );

/** Entered by one and checked by another; the figures are kept once the job has run. */
async function report(occasion: string, organisationId: string, outcome: 'submit' | 'nothing' = 'submit'): Promise<string> {
  const id = await reportOf(occasion, organisationId);
  const figures = outcome === 'submit' ? FIGURES : {};
  await decide(world, id, 'enter', personAt(organisationId, 'reporter'), {
    outcome,
    figures,
    ...(outcome === 'nothing' ? { reason: '本期停诊' } : {}),
  });
  await decide(world, id, 'check', personAt(organisationId, 'head'), { outcome: 'pass' });
  await at(id, 'approve-hospital');
  return id;
}

describe('a cycle', () => {
  it('is opened once for every obliged hospital, though its worker is restarted in the middle and it is asked for again', async () => {
    const [exempted = ''] = hospitals;
    await aSet(world, 'prompt', { dueDays: 300, lockDays: 350, feedbackDays: 400 }, hospitals);
    await storeExemption(world.db, 'prompt', { organisationId: exempted, from: LAST.from, to: null, reason: '停诊', byPerson: CENTRE });
    const occasion = `prompt:${LAST.code}`;
    await open('prompt', LAST.code);
    await until('the first reports are open', async () => (await started(occasion)).length >= 10);
    await shell.temporal.pause();
    const midway = (await started(occasion)).length;
    await shell.temporal.resume();
    const rows = await openedFor(occasion, HOSPITALS - 1);
    expect(midway).toBeLessThan(HOSPITALS - 1);
    expect(rows.map(({ organisation_id }) => organisation_id)).toEqual(hospitals.filter((id) => id !== exempted).sort());
    expect(new Set(rows.map(({ instance_id }) => instance_id)).size).toBe(HOSPITALS - 1);

    await open('prompt', LAST.code);
    const cycles = await until('both cycles have opened all', async () => {
      const found = await world.asOwner<{ id: string }>(`select id from instance where service_key = 'quality-cycle'`);
      const states = await Promise.all(found.map(({ id }) => world.state(id)));
      const done = states.filter(({ elements }) => (elements[1]?.variables.fanOut as { left?: number } | undefined)?.left === 0);
      return done.length >= 1 && found;
    });
    expect(await started(occasion)).toHaveLength(HOSPITALS - 1);
    const count = await world.asOwner<{ count: string }>(`select count(*) from instance where service_key = 'quality-report'`);
    expect(Number(count[0]?.count)).toBe(HOSPITALS - 1);
    for (const { id } of cycles) await shell.expectConfirmed(id);
  });

  it('belongs to the hospital, whose own people alone can enter, and names who approves above it', async () => {
    const [, organisationId = ''] = hospitals;
    const id = await reportOf(`prompt:${LAST.code}`, organisationId);
    const { organisationId: owner, applicantId } = await world.instance(id);
    expect([owner, applicantId]).toEqual([organisationId, null]);
    const { variables } = (await world.state(id)).elements[1] ?? {};
    expect(variables).toMatchObject({
      set: 'prompt',
      period: LAST.code,
      starter: { organisation: organisationId },
      platform: 'org-lead',
      city: null,
    });
    await expect(world.call(personAt(hospitals[2] ?? '', 'reporter'), 'instance', { id })).rejects.toMatchObject({ status: 404 });
  });

  it('is named with its period in lists, and takes one request for more time until that is answered', async () => {
    const organisationId = hospitals[6] ?? '';
    const id = await reportOf(`prompt:${LAST.code}`, organisationId);
    const reporter = personAt(organisationId, 'reporter');
    const { header } = await world.call(reporter, 'instance', { id });
    expect(header.title).toEqual({ 'zh-CN': `质控上报 · ${LAST.code}`, en: `Quality report · ${LAST.code}` });
    const ask = () =>
      world.call(reporter, 'sendAction', {
        id,
        code: 'ask-extension',
        commandId: randomUUID(),
        reason: '系统切换',
        dates: { until: dayAfter(LAST.to, 310) },
      });
    await ask();
    await expect(ask()).rejects.toMatchObject({ view: { code: 'under-way' } });
    const offered = async (personId: string) =>
      (await world.call(personId, 'instance', { id })).actions.find((action) => action.kind === 'send' && action.code === 'ask-extension');
    expect(await offered(reporter)).toMatchObject({ disabled: { code: 'under-way' } });
    await decide(world, id, 'extension', CENTRE, { outcome: 'refuse', reason: '理由不充分' });
    expect(await offered(reporter)).toMatchObject({ disabled: null });
  });

  it('has five exact rates: a correction counts once, what is declared empty counts, who is exempted is not expected', async () => {
    const occasion = `prompt:${LAST.code}`;
    const [first = '', ...others] = hospitals.slice(1, 5);
    const id = await report(occasion, first);
    await decide(world, id, 'approve-hospital', personAt(first, 'office'), { outcome: 'return', reason: '漏报一例' });
    await decide(world, id, 'correct', personAt(first, 'reporter'), {
      outcome: 'submit',
      reason: '补入一例',
      figures: { ...FIGURES, 'urgent-consult': [10, 11] },
    });
    await at(id, 'approve-hospital');
    expect(await figuresOf(id)).toEqual([1, 2].map((version) => ({ version, is_on_time: true, is_nothing: false, verdict: 'valid' })));
    for (const organisationId of others) await report(occasion, organisationId);
    await report(occasion, hospitals[5] ?? '', 'nothing');
    const expected = HOSPITALS - 1;
    expect(await readReporting(world.db, { setCode: 'prompt', period: LAST.code })).toMatchObject({
      expected,
      actual: 5,
      actualOnTime: 5,
      rate: 5 / expected,
      rateOnTime: 5 / expected,
      unexpected: [],
      completeness: expect.arrayContaining([{ code: 'urgent-consult', given: 4, share: 4 / expected }]),
    });
  });

  it('counts what comes late as late, also by an exception after the lock', async () => {
    const some = hospitals.slice(10, 14);
    await aSet(world, 'slow', { dueDays: 1, lockDays: 390, feedbackDays: 400 }, some);
    await aSet(world, 'shut', { dueDays: 1, lockDays: 2, feedbackDays: 400 }, some);
    for (const set of ['slow', 'shut']) {
      await open(set, BEFORE.code, { lateReason: '补报' });
      await openedFor(`${set}:${BEFORE.code}`, some.length);
    }
    const [one = ''] = some;
    await report(`slow:${BEFORE.code}`, one);
    const shut = await reportOf(`shut:${BEFORE.code}`, one);
    await at(shut, 'locked');
    await decide(world, shut, 'locked', CENTRE, { outcome: 'exception', reason: '系统切换' });
    await report(`shut:${BEFORE.code}`, one);
    for (const set of ['slow', 'shut'])
      expect(await readReporting(world.db, { setCode: set, period: BEFORE.code })).toMatchObject({
        expected: 4,
        actual: 1,
        actualOnTime: 0,
        rate: 0.25,
        rateOnTime: 0,
      });
  });

  it('gathers the rates after the lock, for the centre to conclude', async () => {
    const [cycle] = await until('the rates are gathered', async () => {
      const rows = await world.asOwner<{ instance_id: string }>(
        `select instance_id from task where element_id = 'conclude' and state = 'open'`,
      );
      return rows.length > 0 && rows;
    });
    const { variables } = (await world.state(cycle?.instance_id ?? '')).elements[1] ?? {};
    expect(variables).toMatchObject({ set: 'shut', reporting: { expected: 4, actualOnTime: 0 } });
    await decide(world, cycle?.instance_id ?? '', 'conclude', CENTRE, { outcome: 'publish' });
    await shell.sealed(cycle?.instance_id ?? '');
  });

  it('is watched on a board, and who has not reported is urged once', async () => {
    const board = await world.call(CENTRE, 'cycleBoard', { set: 'prompt', period: LAST.code });
    expect(board.rows).toHaveLength(HOSPITALS - 1);
    expect(board.rows.filter(({ stage }) => stage === 'not-reported')).toHaveLength(HOSPITALS - 1 - 5);
    expect(board.rows.find(({ organisation }) => organisation.id === hospitals[1])).toMatchObject({
      stage: 'approving',
      isOnTime: true,
      version: 2,
    });
    const on = { set: 'slow', period: BEFORE.code };
    expect(await world.call(CENTRE, 'urgeReports', { ...on, commandId: randomUUID() })).toMatchObject({ urged: 3 });
    const again = await world.call(CENTRE, 'urgeReports', { ...on, commandId: randomUUID(), organisationId: hospitals[11] });
    expect(again).toEqual({ urged: 0, results: [{ organisationId: hospitals[11], outcome: 'refused', code: 'urged-recently' }] });
    const notices = await world.asOwner(`select 1 from notice where type = 'task-urged' and person_id = $1`, [
      personAt(hospitals[11] ?? '', 'reporter'),
    ]);
    expect(notices).toHaveLength(1);
  });

  it('is watched by who approves for a region, for its hospitals alone', async () => {
    const [centre] = await world.asOwner<{ organisation_id: string }>(
      `select organisation_id from region_centre where level = 'province' and organisation_id = any($1) order by 1 limit 1`,
      [hospitals.slice(1)],
    );
    const approver = personAt(centre?.organisation_id ?? '', 'office');
    const below = await readHospitalsBelow(world.db, [centre?.organisation_id ?? '']);
    const asked = hospitals.slice(1).filter((id) => below.includes(id));
    const board = await world.call(approver, 'cycleBoard', { set: 'prompt', period: LAST.code });
    expect(asked.length).toBeGreaterThan(0);
    expect(board.rows.map(({ organisation }) => organisation.id).sort()).toEqual([...asked].sort());
    expect(board).toMatchObject({ canUrge: false, canOpen: false, reporting: { expected: asked.length } });
    const { sets, isRegional } = await world.call(approver, 'quality', {});
    expect(isRegional).toBe(true);
    expect(sets.find(({ code }) => code === 'prompt')?.cycles[0]).toMatchObject({ period: LAST.code, expected: asked.length });
    await expect(world.call(approver, 'urgeReports', { set: 'prompt', period: LAST.code, commandId: randomUUID() })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('shows a hospital itself and no other, and all side by side to the centre', async () => {
    const [, own = '', other = ''] = hospitals;
    const view = await world.call(personAt(own, 'head'), 'hospitalQuality', { id: own, set: 'prompt' });
    expect(view.reports[0]).toMatchObject({ period: LAST.code, stage: 'approving', isOnTime: true });
    expect(view.reports[0]?.versions.map(({ version }) => version)).toEqual([1, 2]);
    expect(view.indicators[0]).toMatchObject({ feedback: { value: 10 / 11 }, chart: { points: [{ period: LAST.code, numerator: 10 }] } });
    await expect(world.call(personAt(own, 'head'), 'hospitalQuality', { id: other, set: 'prompt' })).rejects.toMatchObject({ status: 404 });
    await expect(world.call(personAt(own, 'head'), 'cycleBoard', { set: 'prompt', period: LAST.code })).rejects.toMatchObject({
      status: 404,
    });
    const compared = await world.call(CENTRE, 'indicatorComparison', { set: 'prompt', code: 'urgent-consult', period: LAST.code });
    expect(compared.points.map(({ id }) => id).sort()).toEqual(hospitals.slice(1, 5).sort());
  });

  it('takes figures from a table into the draft of whoever enters, line by line', async () => {
    const [, , , , , , own = ''] = hospitals;
    const id = await reportOf(`prompt:${LAST.code}`, own);
    const answer = await world.call(personAt(own, 'reporter'), 'enterFigures', {
      id,
      rows: [
        { indicator: '急会诊及时到位率', numerator: '8', denominator: '9', explanation: '夜间一例迟到' },
        { indicator: 'reoperation', numerator: '二', denominator: '300' },
      ],
    });
    expect(answer).toMatchObject({
      taken: 1,
      results: [
        { line: 1, problem: null },
        { line: 2, problem: 'numerator-no-count' },
      ],
    });
    const { response, draft } = await world.call(personAt(own, 'reporter'), 'task', { id, taskId: answer.taskId });
    expect(draft).not.toBeNull();
    expect(JSON.stringify(response)).toContain('夜间一例迟到');
    await expect(
      world.call(personAt(hospitals[0] ?? '', 'reporter'), 'enterFigures', {
        id,
        rows: [{ indicator: 'a', numerator: '', denominator: '' }],
      }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('raises one enquiry to a hospital whose chart calls for it', async () => {
    await importSampleReporting(world.db, new Date().toISOString().slice(0, 10));
    const [cycle] = await world.asOwner<{ id: string }>(`select id from instance where service_key = 'quality-cycle' limit 1`);
    const raise = () =>
      jobs['start-instances']?.({
        instanceId: cycle?.id ?? '',
        effectId: '1',
        headers: {},
        secrets: {},
        variables: { flow: 'quality-enquiry', roster: 'enquiry-hospitals', selection: { set: 'core-regime', period: BEFORE.code } },
      });
    expect(await raise()).toMatchObject({ fanOut: { left: 0 } });
    expect(await raise()).toMatchObject({ fanOut: { started: 0, left: 0 } });
    const raised = await world.asOwner<{ organisation_id: string; id: string }>(
      `select organisation_id, id from instance where service_key = 'quality-enquiry'`,
    );
    const worse = raised.filter(({ organisation_id }) => organisation_id === 'org-luyuan');
    expect(worse).toHaveLength(1);
    expect((await world.state(worse[0]?.id ?? '')).elements[1]?.variables).toMatchObject({
      indicators: ['urgent-consult'],
      period: BEFORE.code,
    });
  });

  it('charts a process that is another by now in a phase of its own, by a decision of the centre with its reason', async () => {
    const [reporter, id] = ['p-luyuan-reporter', 'org-luyuan'];
    const from = periodBefore('month', periodBefore('month', BEFORE)).code;
    const asked = { id, set: 'core-regime', indicator: 'urgent-consult', from, reason: '急诊楼改造，值班点外迁' };
    const chartOf = async () => {
      const { indicators } = await world.call(reporter, 'hospitalQuality', { id, set: 'core-regime' });
      const found = indicators.find(({ indicator }) => indicator.code === 'urgent-consult');
      if (!found) throw new Error('There is no chart.');
      return found;
    };
    const before = await chartOf();
    expect(before).toMatchObject({ feedback: { callsForEnquiry: true }, chart: { decisions: [] } });
    await expect(world.call(reporter, 'rebaseLimits', asked)).rejects.toMatchObject({ status: 404 });
    await expect(world.call(CENTRE, 'rebaseLimits', { ...asked, from: '2019-01' })).rejects.toMatchObject({
      view: { code: 'period-not-charted' },
    });
    expect(await world.call(CENTRE, 'rebaseLimits', asked)).toEqual({ phases: 2 });
    await expect(world.call(CENTRE, 'rebaseLimits', asked)).rejects.toMatchObject({ view: { code: 'phase-begins-there' } });

    const { feedback, chart } = await chartOf();
    expect(chart.points.map(({ phase }) => phase)).toEqual(chart.points.map(({ period }) => (period < from ? 0 : 1)));
    expect(chart.points.map(({ value }) => value)).toEqual(before.chart.points.map(({ value }) => value));
    // No point of the new process is in the limits of the former.
    expect(chart.points[0]?.limits.center).toBeGreaterThan(before.chart.points[0]?.limits.center ?? 1);
    expect(chart.points.at(-1)?.limits.center).toBeLessThan(before.chart.points.at(-1)?.limits.center ?? 0);
    expect(chart.decisions).toMatchObject([{ from, reason: asked.reason, by: { id: CENTRE } }]);
    expect(feedback?.callsForEnquiry).toBe(false);
    const { canRebase } = await world.call(reporter, 'hospitalQuality', { id, set: 'core-regime' });
    expect([canRebase, (await world.call(CENTRE, 'hospitalQuality', { id, set: 'core-regime' })).canRebase]).toEqual([false, true]);
  });

  it('is opened after the day of its lock by a decision with its reason alone, which stays with it', async () => {
    await aSet(world, 'past', { dueDays: 1, lockDays: 2, feedbackDays: 400 }, hospitals.slice(20, 21));
    await expect(open('past', BEFORE.code)).rejects.toMatchObject({ view: { code: 'period-locked' } });
    await open('past', BEFORE.code, { lateReason: '补报' });
    await openedFor(`past:${BEFORE.code}`, 1);
    const cycles = await world.asOwner<{ id: string }>(`select id from instance where service_key = 'quality-cycle'`);
    const states = await Promise.all(cycles.map(({ id }) => world.state(id)));
    const opened = states.map(({ elements }) => elements[1]?.variables ?? {}).filter(({ set }) => set === 'past');
    expect(opened).toMatchObject([{ lateReason: '补报' }]);
  });

  it('is not opened for a period that is not over, or is none of the set', async () => {
    await expect(open('prompt', '2999-01')).rejects.toMatchObject({ view: { code: 'period-not-over' } });
    await expect(open('prompt', '2026-W01')).rejects.toMatchObject({ view: { code: 'period-unknown' } });
  });
});
