/**
 * A reporting cycle over the 1,021 hospitals of the national sample, every step over HTTP: opened twice, its worker killed in the middle, reports sent twice, corrected,
 * declared empty, late, and taken after the lock by exception. The five rates are exact all the same (R-QLT-01, R-QLT-02).
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationName } from '#api/operations/index.ts';
import { importNationalNetwork } from '#bin/seed/import.ts';
import { NATIONAL_ORGANISATIONS } from '#bin/seed/national.ts';
import { localDateOf } from '#core/calendar/zone.ts';
import { lastPeriodBefore, periodBefore } from '#core/quality/period.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { storeExemption } from '#db/obligations.ts';
import { movableClock } from '../support/database-clock.ts';
import { aSet, CENTRE, decide, personAt } from '../support/quality.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type StackWorld, stackWorld } from '../support/stack-world.ts';
import { until } from '../support/until.ts';
import type { InputOf, OutputOf } from '../support/world.ts';
import { audit, unsettledAfter } from './auditor.ts';

const DAY_MS = 86_400_000;
const HOSPITALS = NATIONAL_ORGANISATIONS.map(({ id }) => id);
const EXEMPTED = HOSPITALS.slice(0, 7);
const EXPECTED = HOSPITALS.length - EXEMPTED.length;
const [ON_TIME, EMPTY, LATE] = [HOSPITALS.slice(7, 47), HOSPITALS.slice(47, 52), HOSPITALS.slice(52, 77)];
const CORRECTED = [...ON_TIME.slice(0, 3), ...LATE.slice(0, 1)];
const SHUT_OUT = HOSPITALS.slice(80, 84);

const TODAY = localDateOf(Date.now(), 'Asia/Shanghai');
const LAST = lastPeriodBefore('month', TODAY);
const BEFORE = periodBefore('month', LAST);
/** Of the set that is reported on: due tomorrow, and open long enough for whoever is late. */
const DUE_DAYS = Math.round((Date.parse(TODAY) - Date.parse(LAST.to)) / DAY_MS) + 1;
const AFTER_DUE_MS = 3 * DAY_MS;

const OPENED_WITHIN_MS = 600_000;
const KEPT_WITHIN_MS = 120_000;
const SETTLED_WITHIN_MS = 300_000;
const AT_ONCE = 4;

const FIGURES = {
  'urgent-consult': [9, 10],
  'discharge-record': [95, 100],
  'sepsis-bundle': [4, 5],
  reoperation: [1, 200],
  'consult-closed': [9, 10],
} as const;

let stack: Stack;
let world: StackWorld;
let db: Database;
let moveClock: (byMs: number) => Promise<void>;

beforeAll(async () => {
  stack = await startStack({ workers: 0 });
  ({ move: moveClock } = await movableClock(stack.databaseUrl, stack.adminUrl));
  await stack.web.kill();
  await stack.web.start();
  await stack.addWorker();
  world = stackWorld(stack);
  db = openDatabase({ url: stack.databaseUrl, connectionsMax: 2, applicationName: 'national-cycle' });
  await importNationalNetwork(db);
  await aSet({ db }, 'prompt', { dueDays: DUE_DAYS, lockDays: DUE_DAYS + 30, feedbackDays: DUE_DAYS + 30 }, HOSPITALS);
  await aSet({ db }, 'shut', { dueDays: 1, lockDays: 2, feedbackDays: 400 }, SHUT_OUT);
  for (const organisationId of EXEMPTED)
    await storeExemption(db, 'prompt', { organisationId, from: LAST.from, to: null, reason: '停诊', byPerson: CENTRE });
}, 600_000);

afterAll(async () => {
  await world?.stop();
  await db?.destroy();
  await stack?.stop();
});

describe('a cycle over 1,021 hospitals', () => {
  test(
    'is opened once for each that is obliged, though it is asked for twice and its worker dies in the middle',
    async () => {
      await open('prompt', LAST.code);
      await openFor('prompt', LAST.code, EXPECTED / 2);
      await stack.workers[0]?.kill();
      await open('prompt', LAST.code);
      await stack.workers[0]?.start();
      await openFor('prompt', LAST.code, EXPECTED);
      const rows = await reports('prompt', LAST.code);
      expect(new Set(rows.keys())).toEqual(new Set(HOSPITALS.filter((id) => !EXEMPTED.includes(id))));
      expect(await query('select 1 from instance where service_key = $1', ['quality-report'])).toHaveLength(EXPECTED);
    },
    OPENED_WITHIN_MS,
  );

  test('takes a report that is sent twice once, and a declaration that there is nothing to report', async () => {
    const of = await reports('prompt', LAST.code);
    await forEach(ON_TIME, (id) => handIn(of.get(id) ?? '', id, { twice: true }));
    await forEach(EMPTY, (id) => handIn(of.get(id) ?? '', id, { outcome: 'nothing' }));
    await kept('prompt', LAST.code, ON_TIME.length + EMPTY.length);
  });

  test('takes what comes after the day that it is due by as late', async () => {
    const of = await reports('prompt', LAST.code);
    await moveClock(AFTER_DUE_MS);
    await forEach(LATE, (id) => handIn(of.get(id) ?? '', id));
    await kept('prompt', LAST.code, ON_TIME.length + EMPTY.length + LATE.length);
  });

  test('takes a correction as a version of the same report: who was on time stays so, who was late too', async () => {
    const of = await reports('prompt', LAST.code);
    for (const id of CORRECTED) {
      const instanceId = of.get(id) ?? '';
      await waitsAt(instanceId, 'approve-hospital');
      await decide(world, instanceId, 'approve-hospital', personAt(id, 'office'), { outcome: 'return', reason: '漏报一例' });
      await decide(world, instanceId, 'correct', personAt(id, 'reporter'), {
        outcome: 'submit',
        reason: '补入一例',
        figures: { ...FIGURES, 'urgent-consult': [10, 11] },
      });
    }
    await until(
      'the corrections are kept',
      async () => (await query(`select 1 from quality_report where set_code = 'prompt' and version = 2`)).length === CORRECTED.length,
      KEPT_WITHIN_MS,
    );
  });

  test('and its five rates are exact', async () => {
    const { reporting, rows } = await world.call(CENTRE, 'cycleBoard', { set: 'prompt', period: LAST.code });
    const actualOnTime = ON_TIME.length + EMPTY.length;
    const actual = actualOnTime + LATE.length;
    expect(reporting).toMatchObject({
      expected: EXPECTED,
      actual,
      actualOnTime,
      rate: actual / EXPECTED,
      rateOnTime: actualOnTime / EXPECTED,
      unexpected: [],
    });
    expect(reporting.missing).toHaveLength(EXPECTED - actual);
    expect(rows).toHaveLength(EXPECTED);
  });
});

describe('after the lock', () => {
  test('a report is taken by exception alone, which makes nobody punctual; what is not excepted counts as not reported', async () => {
    await expect(open('shut', BEFORE.code)).rejects.toMatchObject({ answer: { body: { code: 'period-locked' } } });
    await open('shut', BEFORE.code, '系统切换，补报上期');
    await openFor('shut', BEFORE.code, SHUT_OUT.length);
    const of = await reports('shut', BEFORE.code);
    const [excepted = '', missed = ''] = SHUT_OUT;
    for (const id of [excepted, missed]) await waitsAt(of.get(id) ?? '', 'locked');
    await decide(world, of.get(excepted) ?? '', 'locked', CENTRE, { outcome: 'exception', reason: '系统切换' });
    await decide(world, of.get(missed) ?? '', 'locked', CENTRE, { outcome: 'missed', reason: '逾期未申请' });
    await handIn(of.get(excepted) ?? '', excepted);
    await kept('shut', BEFORE.code, 1);
    const { reporting } = await world.call(CENTRE, 'cycleBoard', { set: 'shut', period: BEFORE.code });
    expect(reporting).toMatchObject({ expected: 4, actual: 1, actualOnTime: 0, rate: 0.25, rateOnTime: 0 });
  });

  test('every step of all of them is confirmed, and the journal whole', async () => {
    expect(await unsettledAfter(stack.ownerUrl, SETTLED_WITHIN_MS)).toEqual([]);
    expect((await audit({ ...stack, operations: [], patienceMs: 30_000 })).findings).toEqual([]);
  });
});

const open = (set: string, period: string, lateReason?: string) =>
  world.call(CENTRE, 'openCycle', { commandId: randomUUID(), set, period, ...(lateReason === undefined ? {} : { lateReason }) });

const openFor = (set: string, period: string, count: number) =>
  until(`${count} reports are open`, async () => (await reports(set, period)).size >= count, OPENED_WITHIN_MS);

/** Hospital → its report. */
async function reports(set: string, period: string): Promise<ReadonlyMap<string, string>> {
  const rows = await query<{ organisation_id: string; instance_id: string }>(
    `select organisation_id, instance_id from started_instance where service_key = 'quality-report' and occasion = $1`,
    [`${set}:${period}`],
  );
  return new Map(rows.map(({ organisation_id, instance_id }) => [organisation_id, instance_id]));
}

/** The check's job has stored their figures, or that there are none. */
const kept = (set: string, period: string, count: number) =>
  until(
    `${count} reports are kept`,
    async () =>
      (await query('select distinct organisation_id from quality_report where set_code = $1 and period = $2', [set, period])).length ===
      count,
    KEPT_WITHIN_MS,
  );

interface HandIn {
  readonly outcome?: 'submit' | 'nothing';
  /** As a client does that has not seen the answer. */
  readonly twice?: boolean;
}

/** Entered by one and checked by another: then it is handed in. */
async function handIn(instanceId: string, organisationId: string, { outcome = 'submit', twice = false }: HandIn = {}): Promise<void> {
  await waitsAt(instanceId, 'enter');
  const clerk = personAt(organisationId, 'reporter');
  await decide(twice ? inDuplicate(world) : world, instanceId, 'enter', clerk, {
    outcome,
    ...(outcome === 'submit' ? { figures: FIGURES } : { reason: '本期停诊' }),
  });
  await waitsAt(instanceId, 'check');
  await decide(world, instanceId, 'check', personAt(organisationId, 'head'), { outcome: 'pass' });
}

/** Whatever is asked for is asked for twice at once, and both answers are the same. */
const inDuplicate = ({ call, state }: StackWorld): Pick<StackWorld, 'call' | 'state'> => ({
  state,
  async call<Name extends OperationName>(personId: string, name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    const [one, other] = await Promise.all([call(personId, name, input), call(personId, name, input)]);
    expect(other).toEqual(one);
    return one;
  },
});

const waitsAt = (instanceId: string, elementId: string) =>
  until(
    `${instanceId} waits at ${elementId}`,
    async () => Object.values((await world.state(instanceId)).tasks).some((task) => task.elementId === elementId),
    KEPT_WITHIN_MS,
  );

async function forEach(hospitals: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
  const waiting = [...hospitals];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await work(id);
    }),
  );
}

async function query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: stack.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
