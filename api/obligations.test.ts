/** Who has to report: obliged, ended, exempted by people of the management team, and what becomes of the five rates. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NATIONAL_ORGANISATIONS } from '#bin/seed/national.ts';
import { dayAfter, dayBefore, periodOn } from '#core/quality/period.ts';
import { readObliged, storeReport } from '#db/quality.ts';
import { readReporting } from '#db/quality-feedback.ts';
import { AUDITOR, aNationalPart, aSetOfItsOwn, CENTRE, MANAGER, NEXT, PAST, personAt, RUNNING } from '#test/support/quality.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
let hospitals: readonly string[];

beforeAll(async () => {
  world = await aWorld();
  hospitals = await aNationalPart(world, NATIONAL_ORGANISATIONS.length);
});
afterAll(() => world.stop());

/** A set of its own for each test. */
const asked = (of: readonly string[]): Promise<string> => aSetOfItsOwn(world, of);
const some = (count: number): readonly string[] => hospitals.slice(0, count);
const rowOf = async (set: string, organisationId: string) => {
  const { rows } = await world.call(CENTRE, 'obligations', { set, q: organisationId });
  const row = rows.find(({ organisation }) => organisation.id === organisationId);
  if (!row) throw new Error(`${organisationId} is not listed.`);
  return row;
};
const obligationOf = async (set: string, organisationId: string): Promise<string> =>
  (await rowOf(set, organisationId)).obligation?.id ?? '';

/** Each of them reports in time. */
async function report(set: string, period: string, of: readonly string[]): Promise<void> {
  for (const organisationId of of)
    await storeReport(world.db, {
      instanceId: null,
      version: 1,
      setCode: set,
      period,
      organisationId,
      submittedAt: new Date().toISOString(),
      isOnTime: true,
      isNothing: true,
      check: { verdict: 'valid', violations: [], missing: [], impossible: [], outliers: [] },
      figures: [],
    });
}
const ratesOf = async (set: string, period: string) => {
  const found = await readReporting(world.db, { setCode: set, period });
  if (!found) throw new Error('There is no such set.');
  const { expected, actual, actualOnTime, rate, rateOnTime } = found;
  return [expected, actual, actualOnTime, rate, rateOnTime];
};
const askedFor = async (set: string, period: { readonly from: string; readonly to: string }) =>
  (await readObliged(world.db, set, period)).map(({ organisationId }) => organisationId);

describe('the list', () => {
  it('shows all 1,021 hospitals and those of the sample page by page, quickly', async () => {
    const set = await asked(hospitals);
    await world.call(CENTRE, 'obligations', { set });
    const began = performance.now();
    const first = await world.call(CENTRE, 'obligations', { set });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(first.counts.obliged).toBe(1_021);
    expect(first.total).toBe(1_021 + first.counts.never);
    expect(first.rows).toHaveLength(first.pageSize);
    const pages = await Promise.all(
      Array.from({ length: Math.ceil(first.total / first.pageSize) }, (_, index) =>
        world.call(CENTRE, 'obligations', { set, page: index + 1 }),
      ),
    );
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ organisation }) => organisation.id))).size).toBe(first.total);
    expect(first.running).toMatchObject({ period: RUNNING.code, expected: 1_021 });
  });

  it('is searched by name in both languages, and filtered by province, tier and state', async () => {
    const set = await asked(hospitals);
    const zhejiang = { set, province: '330000', tier: 'province' };
    const found = await world.call(CENTRE, 'obligations', { ...zhejiang, state: 'obliged' });
    expect(found.rows.map(({ province, tier, state }) => [province.en, tier, state])).toEqual(
      found.rows.map(() => ['Zhejiang', 'province', 'obliged']),
    );
    expect(found.total).toBe(3);
    const [first] = found.rows;
    for (const q of [first?.organisation.name ?? '', first?.organisation.nameEn.toUpperCase() ?? ''])
      expect((await world.call(CENTRE, 'obligations', { set, q })).rows.map(({ organisation }) => organisation.id)).toContain(
        first?.organisation.id,
      );
    expect((await world.call(CENTRE, 'obligations', { set, q: '没有这家' })).total).toBe(0);
  });

  it('says for each hospital how it stands, until when, by whom and why', async () => {
    const [plain = '', ended = '', exempted = '', future = '', never = ''] = some(5);
    const set = await asked([plain, ended, exempted]);
    await world.call(CENTRE, 'oblige', { set, from: NEXT.from, hospitals: { list: [future] } });
    await world.call(CENTRE, 'endObligation', { set, id: await obligationOf(set, ended), lastDay: PAST.to, reason: '医院合并' });
    await world.call(CENTRE, 'exempt', { set, organisationId: exempted, from: RUNNING.from, to: NEXT.to, reason: '搬迁停诊' });
    expect(await Promise.all([plain, ended, exempted, future, never].map(async (id) => (await rowOf(set, id)).state))).toEqual([
      'obliged',
      'ended',
      'exempted',
      'future',
      'never',
    ]);
    expect((await rowOf(set, ended)).obligation).toMatchObject({ to: PAST.to, endReason: '医院合并', canEnd: false });
    expect((await rowOf(set, exempted)).exemptions).toMatchObject([
      { from: RUNNING.from, to: NEXT.to, reason: '搬迁停诊', by: { id: CENTRE }, canEnd: true },
    ]);
    expect((await world.call(AUDITOR, 'obligations', { set })).canChange).toBe(false);
  });
});

describe('obliging', () => {
  it('takes several at once by list, and tells who was obliged already without losing the others', async () => {
    const set = await asked(some(2));
    const result = await world.call(MANAGER, 'oblige', { set, from: RUNNING.from, hospitals: { list: [...some(4)] } });
    expect(result).toMatchObject({ obliged: 2, refused: some(2).map((id) => ({ organisation: { id }, code: 'already-obliged' })) });
    expect(await askedFor(set, RUNNING)).toEqual([...some(4)].sort());
  });

  it('takes a list as somebody has it: ids and names in either language, each hospital once', async () => {
    const set = await asked([]);
    const [one, two, three] = NATIONAL_ORGANISATIONS;
    const list = [one?.id ?? '', two?.name ?? '', ` ${three?.nameEn} `, one?.name ?? ''];
    expect(await world.call(MANAGER, 'oblige', { set, from: NEXT.from, hospitals: { list } })).toEqual({ obliged: 3, refused: [] });
    expect(await askedFor(set, NEXT)).toEqual([...some(3)].sort());
  });

  it('says which lines of a list are no hospital, and obliges nobody of it', async () => {
    const set = await asked([]);
    const list = [...some(1), '没有这家', '也没有'];
    await expect(world.call(MANAGER, 'oblige', { set, from: NEXT.from, hospitals: { list } })).rejects.toMatchObject({
      view: { code: 'hospital-unknown', data: { unknown: ['没有这家', '也没有'] } },
    });
    expect(await askedFor(set, NEXT)).toEqual([]);
  });

  it('takes all that a search finds, and nobody else', async () => {
    const set = await asked([]);
    const result = await world.call(MANAGER, 'oblige', {
      set,
      from: NEXT.from,
      to: NEXT.to,
      hospitals: { found: { province: '110000', tier: 'city' } },
    });
    const meant = NATIONAL_ORGANISATIONS.filter(({ province, tier }) => province === '110000' && tier === 'city').map(({ id }) => id);
    expect(result).toEqual({ obliged: meant.length, refused: [] });
    expect(await askedFor(set, NEXT)).toEqual([...meant].sort());
    expect(await askedFor(set, periodOn('month', dayAfter(NEXT.to)))).toEqual([]);
  });

  it('counts from the first period that it covers whole, so never in one that has begun before it', async () => {
    const set = await asked([]);
    await world.call(MANAGER, 'oblige', { set, from: dayAfter(RUNNING.from), hospitals: { list: [...some(1)] } });
    expect([await askedFor(set, RUNNING), await askedFor(set, NEXT)]).toEqual([[], [...some(1)]]);
  });

  it.each([
    ['from a period that is over', { from: PAST.to, to: null, ids: [] }, 'duty-past'],
    ['that ends before it begins', { from: NEXT.from, to: RUNNING.to, ids: [] }, 'duty-ends-before'],
    ['of a hospital that is not there', { from: NEXT.from, to: null, ids: ['org-nowhere'] }, 'hospital-unknown'],
  ])('%s is refused, and nobody is obliged', async (_, { from, to, ids }, code) => {
    const set = await asked([]);
    await expect(world.call(MANAGER, 'oblige', { set, from, to, hospitals: { list: [...some(2), ...ids] } })).rejects.toMatchObject({
      status: 422,
      view: { code },
    });
    expect((await world.call(CENTRE, 'obligations', { set })).counts.never).toBe((await world.call(CENTRE, 'obligations', { set })).total);
  });

  it('twice at the same time obliges once', async () => {
    const set = await asked([]);
    const both = await Promise.all(
      [MANAGER, CENTRE].map((by) => world.call(by, 'oblige', { set, from: NEXT.from, hospitals: { list: [...some(3)] } })),
    );
    expect(both.map(({ obliged }) => obliged).sort()).toEqual([0, 3]);
  });
});

describe('the five rates', () => {
  it('count an ended obligation in no later cycle, and still in the past one', async () => {
    const [stays = '', leaves = '', late = ''] = some(3);
    const set = await asked([stays, leaves, late]);
    await report(set, PAST.code, [stays, leaves]);
    await report(set, RUNNING.code, [stays]);
    expect(await ratesOf(set, RUNNING.code)).toEqual([3, 1, 1, 1 / 3, 1 / 3]);
    await world.call(MANAGER, 'endObligation', { set, id: await obligationOf(set, leaves), lastDay: PAST.to, reason: '退出协作网' });
    expect(await ratesOf(set, PAST.code)).toEqual([3, 2, 2, 2 / 3, 2 / 3]);
    expect(await ratesOf(set, RUNNING.code)).toEqual([2, 1, 1, 1 / 2, 1 / 2]);
    expect(await askedFor(set, RUNNING)).toEqual([stays, late].sort());
  });

  it('leave out whoever leaves within a period, for that one too', async () => {
    const [stays = '', leaves = ''] = some(2);
    const set = await asked([stays, leaves]);
    const lastDay = dayBefore(RUNNING.to);
    await world.call(MANAGER, 'endObligation', { set, id: await obligationOf(set, leaves), lastDay, reason: '退出协作网' });
    expect([await ratesOf(set, PAST.code), await ratesOf(set, RUNNING.code)]).toEqual([
      [2, 0, 0, 0, 0],
      [1, 0, 0, 0, 0],
    ]);
  });

  it('leave out an exempted hospital in every period that the exemption touches, and in no other', async () => {
    const [stays = '', moves = ''] = some(2);
    const set = await asked([stays, moves]);
    await report(set, PAST.code, [stays]);
    await report(set, RUNNING.code, [stays]);
    await world.call(MANAGER, 'exempt', { set, organisationId: moves, from: RUNNING.to, to: NEXT.from, reason: '搬迁' });
    const after = periodOn('month', dayAfter(NEXT.to));
    expect(await Promise.all([PAST, RUNNING, NEXT, after].map(({ code }) => ratesOf(set, code)))).toEqual([
      [2, 1, 1, 1 / 2, 1 / 2],
      [1, 1, 1, 1, 1],
      [1, 0, 0, 0, 0],
      [2, 0, 0, 0, 0],
    ]);
  });

  it('count a hospital again from the period after its exemption was withdrawn', async () => {
    const [stays = '', moves = ''] = some(2);
    const set = await asked([stays, moves]);
    await world.call(MANAGER, 'exempt', { set, organisationId: moves, from: RUNNING.from, reason: '搬迁' });
    const [exemption] = (await rowOf(set, moves)).exemptions;
    await world.call(CENTRE, 'withdrawExemption', { set, id: exemption?.id ?? '', lastDay: RUNNING.to, reason: '提前恢复' });
    expect([await askedFor(set, RUNNING), await askedFor(set, NEXT)]).toEqual([[stays], [stays, moves].sort()]);
  });

  it('count a hospital as before where its exemption was taken back before it began, and it may be exempted anew', async () => {
    const [moves = ''] = some(1);
    const set = await asked([moves]);
    await world.call(MANAGER, 'exempt', { set, organisationId: moves, from: NEXT.from, to: NEXT.to, reason: '搬迁' });
    const [exemption] = (await rowOf(set, moves)).exemptions;
    await world.call(CENTRE, 'withdrawExemption', { set, id: exemption?.id ?? '', lastDay: RUNNING.to, reason: '不搬了' });
    expect(await askedFor(set, NEXT)).toEqual([moves]);
    await world.call(MANAGER, 'exempt', { set, organisationId: moves, from: NEXT.from, to: NEXT.to, reason: '又要搬' });
    expect(await askedFor(set, NEXT)).toEqual([]);
  });

  it('never change for a period that is over: what would change them is refused with its reason', async () => {
    const [one = ''] = some(1);
    const set = await asked([one]);
    const before = await ratesOf(set, PAST.code);
    const id = await obligationOf(set, one);
    await world.call(MANAGER, 'exempt', { set, organisationId: one, from: RUNNING.from, reason: '搬迁' });
    const [exemption] = (await rowOf(set, one)).exemptions;
    const attempts = [
      () => world.call(MANAGER, 'endObligation', { set, id, lastDay: dayBefore(PAST.to), reason: '退出' }),
      () => world.call(MANAGER, 'exempt', { set, organisationId: one, from: PAST.to, to: RUNNING.to, reason: '搬迁' }),
      () => world.call(MANAGER, 'withdrawExemption', { set, id: exemption?.id ?? '', lastDay: dayBefore(PAST.to), reason: '恢复' }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ status: 422, view: { code: 'duty-past' } });
    expect(await ratesOf(set, PAST.code)).toEqual(before);
  });
});

describe('ending, exempting and withdrawing', () => {
  it('say why, or are refused', async () => {
    const [one = ''] = some(1);
    const set = await asked([one]);
    const id = await obligationOf(set, one);
    for (const attempt of [
      () => world.call(MANAGER, 'endObligation', { set, id, lastDay: RUNNING.to, reason: '  ' }),
      () => world.call(MANAGER, 'exempt', { set, organisationId: one, from: NEXT.from, reason: '' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ view: { code: 'reason-required' } });
    expect((await rowOf(set, one)).obligation).toMatchObject({ to: null, endReason: null });
  });

  it('touch the set that was named, and no other', async () => {
    const [one = ''] = some(1);
    const [set, other] = [await asked([one]), await asked([one])];
    const id = await obligationOf(set, one);
    await expect(world.call(MANAGER, 'endObligation', { set: other, id, lastDay: RUNNING.to, reason: '退出' })).rejects.toMatchObject({
      status: 404,
    });
    await world.call(MANAGER, 'endObligation', { set, id, lastDay: PAST.to, reason: '退出' });
    expect([await askedFor(set, RUNNING), await askedFor(other, RUNNING)]).toEqual([[], [one]]);
  });

  it('exempt nobody who owes nothing, nobody twice, and end nothing that is over', async () => {
    const [one = '', stranger = ''] = some(2);
    const set = await asked([one]);
    const exempt = (organisationId: string) =>
      world.call(MANAGER, 'exempt', { set, organisationId, from: NEXT.from, to: NEXT.to, reason: '搬迁' });
    await exempt(one);
    await expect(exempt(one)).rejects.toMatchObject({ view: { code: 'already-exempted' } });
    await expect(exempt(stranger)).rejects.toMatchObject({ view: { code: 'not-obliged' } });
    const id = await obligationOf(set, one);
    await world.call(MANAGER, 'endObligation', { set, id, lastDay: RUNNING.to, reason: '退出' });
    await expect(world.call(MANAGER, 'endObligation', { set, id, lastDay: NEXT.to, reason: '退出' })).rejects.toMatchObject({
      view: { code: 'duty-ended' },
    });
  });
});

describe('the history', () => {
  it('keeps who changed what, when and why, newest first, and nothing of it can be changed', async () => {
    const [one = '', two = ''] = some(2);
    const set = await asked([one]);
    await world.call(MANAGER, 'oblige', { set, from: NEXT.from, hospitals: { list: [two] } });
    await world.call(CENTRE, 'exempt', { set, organisationId: one, from: NEXT.from, to: NEXT.to, reason: '搬迁' });
    await world.call(MANAGER, 'endObligation', { set, id: await obligationOf(set, one), lastDay: NEXT.to, reason: '合并' });
    const { changes } = await world.call(AUDITOR, 'qualityHistory', { set });
    expect(changes).toMatchObject([
      { act: 'end', subject: 'obligation', reason: '合并', by: { id: MANAGER }, organisations: [{ id: one }], to: NEXT.to },
      { act: 'exempt', subject: 'exemption', reason: '搬迁', by: { id: CENTRE }, from: NEXT.from, to: NEXT.to },
      { act: 'oblige', subject: 'obligation', reason: null, by: { id: MANAGER }, organisations: [{ id: two }], organisationCount: 1 },
    ]);
    for (const statement of ['delete from quality_change', `update quality_change set act = 'exempt'`])
      await expect(world.asApplication(statement)).rejects.toThrow(/append-only/);
  });
});

describe('nobody without the right', () => {
  const strangers = () => [
    personAt(hospitals[0] ?? '', 'office'),
    personAt(hospitals[0] ?? '', 'reporter'),
    personAt(hospitals[0] ?? '', 'head'),
    'p-kang-ning',
    'p-zhao-heng',
  ];

  it('sees who has to report, or who changed it', async () => {
    for (const person of strangers()) {
      await expect(world.call(person, 'obligations', { set: 'core-regime' })).rejects.toMatchObject({ status: 404 });
      await expect(world.call(person, 'qualityHistory', { set: 'core-regime' })).rejects.toMatchObject({ status: 404 });
    }
  });

  it('obliges, ends, exempts or withdraws', async () => {
    const [one = ''] = some(1);
    const set = await asked([one]);
    const id = await obligationOf(set, one);
    await world.call(MANAGER, 'exempt', { set, organisationId: one, from: NEXT.from, to: NEXT.to, reason: '搬迁' });
    const [exemption] = (await rowOf(set, one)).exemptions;
    const before = await rowOf(set, one);
    for (const person of [...strangers(), AUDITOR])
      for (const attempt of [
        () => world.call(person, 'oblige', { set, from: NEXT.from, hospitals: { list: [...some(2)] } }),
        () => world.call(person, 'endObligation', { set, id, lastDay: NEXT.to, reason: '退出' }),
        () => world.call(person, 'exempt', { set, organisationId: one, from: RUNNING.from, to: RUNNING.to, reason: '搬迁' }),
        () => world.call(person, 'withdrawExemption', { set, id: exemption?.id ?? '', lastDay: RUNNING.to, reason: '恢复' }),
      ])
        await expect(attempt()).rejects.toMatchObject({ status: 404 });
    expect(await rowOf(set, one)).toEqual(before);
  });
});
