/** The next version of an indicator set, through a cycle: asked from the period that it names, by its own form, and not for any period before. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localDateOf } from '#core/calendar/zone.ts';
import { lastPeriodBefore, periodOn } from '#core/quality/period.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { Processes } from '#engine/processes.ts';
import { aNationalPart, CENTRE, decide, personAt } from '#test/support/quality.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { secretsFrom } from '../http/secrets.ts';
import { createJobHandlers } from '../index.ts';

const SET = 'core-regime';
const MANAGER = 'p-he-jing';
const TODAY = localDateOf(Date.now(), 'Asia/Shanghai');
const RUNNING = periodOn('month', TODAY);
const PAST = lastPeriodBefore('month', TODAY);

let world: World;
let shell: Shell;
let hospital: string;

beforeAll(async () => {
  world = await aWorld();
  [hospital = ''] = await aNationalPart(world, 1);
  const processes = new Processes(world);
  const beginnings = new Beginnings({ ...world, processes });
  const jobs = createJobHandlers({
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

/** As the schedule opens it, which asks for whatever period is over by then. */
async function opened(period: string): Promise<string> {
  await world.runtime.publisher.message({
    id: randomUUID(),
    name: 'quality-cycle-open',
    correlationKey: `${SET}:${period}`,
    variables: { set: SET, period },
    byPerson: CENTRE,
    organisationId: 'org-lead',
    timeToLiveMs: 86_400_000,
  });
  const [row] = await until('the report is open', async () => {
    const rows = await world.asOwner<{ instance_id: string }>(
      `select instance_id from started_instance where service_key = 'quality-report' and occasion = $1 and organisation_id = $2`,
      [`${SET}:${period}`, hospital],
    );
    return rows.length > 0 && rows;
  });
  return row?.instance_id ?? '';
}
async function formAt(instanceId: string, elementId: string, post: 'reporter' | 'head') {
  const { tasks } = await world.state(instanceId);
  const task = Object.values(tasks).find((open) => open.elementId === elementId);
  const { form } = await world.call(personAt(hospital, post), 'task', { id: instanceId, taskId: task?.taskId ?? '' });
  return form?.questionnaire.item ?? [];
}

const askedIn = async (instanceId: string): Promise<readonly string[]> =>
  (await formAt(instanceId, 'enter', 'reporter')).map(({ linkId }) => linkId);

/** Whose cells can be remarked on. */
async function remarkedIn(instanceId: string): Promise<readonly string[]> {
  const cells = (await formAt(instanceId, 'check', 'head')).find(({ linkId }) => linkId === 'check.cells');
  const options = cells?.item?.find(({ linkId }) => linkId === 'check.cells.cell')?.answerOption ?? [];
  return [...new Set(options.map(({ valueCoding }) => valueCoding?.code?.split('.')[0] ?? ''))];
}

it('is asked by its own form from its first period on, and a cycle of a period before asks as it did then', async () => {
  await world.call(MANAGER, 'beginSetDraft', { set: SET });
  const { contents } = await world.call(MANAGER, 'indicatorSetVersion', { set: SET, version: 2 });
  const asked = [
    ...contents.indicators.filter(({ code }) => code !== 'reoperation'),
    {
      code: 'hand-hygiene',
      name: { 'zh-CN': '手卫生依从率', en: 'Hand hygiene' },
      numerator: { 'zh-CN': '手卫生执行次数', en: 'Times done' },
      denominator: { 'zh-CN': '应执行手卫生次数', en: 'Times it was due' },
      parameters: {},
      kind: 'proportion',
      multiplier: 100,
      improvement: 'higher',
    },
  ];
  await world.call(MANAGER, 'saveSetDraft', {
    set: SET,
    revision: 1,
    contents: { ...contents, indicators: asked, rules: contents.rules.filter(({ code }) => code !== 'reoperation-pair') },
  });
  await world.call(CENTRE, 'publishSetDraft', { set: SET, revision: 2, validFrom: RUNNING.from });

  const next = await opened(RUNNING.code);
  expect(await askedIn(next)).toEqual(['urgent-consult', 'discharge-record', 'sepsis-bundle', 'consult-closed', 'hand-hygiene']);
  const late = await opened(PAST.code);
  expect(await askedIn(late)).toEqual(['urgent-consult', 'discharge-record', 'sepsis-bundle', 'reoperation', 'consult-closed']);

  const versions = await world.asOwner<{ version: number; is_current: boolean }>(
    `select version, is_current from deployment where service_key = 'quality-report' order by version`,
  );
  expect(versions.map(({ version, is_current }) => [version, is_current])).toEqual([
    [1, true],
    [2, false],
  ]);

  await decide(world, next, 'enter', personAt(hospital, 'reporter'), { outcome: 'submit', figures: { 'hand-hygiene': [8, 10] } });
  expect(await remarkedIn(next)).toEqual(['urgent-consult', 'discharge-record', 'sepsis-bundle', 'consult-closed', 'hand-hygiene']);
  await decide(world, next, 'check', personAt(hospital, 'head'), { outcome: 'pass' });
  const [stored] = await until('the figures are kept', async () => {
    const rows = await world.asOwner<{ figures: { code: string; numerator: number | null; definition: string }[] }>(
      'select figures from quality_report where instance_id = $1',
      [next],
    );
    return rows.length > 0 && rows;
  });
  expect(stored?.figures.map(({ code, numerator, definition }) => [code, numerator, definition])).toEqual([
    ['urgent-consult', null, 'urgent-consult/national/1'],
    ['discharge-record', null, 'discharge-record/national/1'],
    ['sepsis-bundle', null, 'sepsis-bundle/national/1'],
    ['consult-closed', null, 'consult-closed/national/1'],
    ['hand-hygiene', 8, 'hand-hygiene/national/1'],
  ]);
}, 240_000);
