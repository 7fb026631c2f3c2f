/** Indicator sets in versions: read, drafted by one, published by another, and asked from the first period that they name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalogue } from '#bin/seed/indicator-catalogue.ts';
import { definitionFor, nationalDefinition } from '#core/quality/indicator.ts';
import { dayAfter } from '#core/quality/period.ts';
import type { SetContents } from '#core/quality/set-draft.ts';
import { readIndicators, readSet, storeCatalogue } from '#db/quality.ts';
import { readReporting } from '#db/quality-feedback.ts';
import { AUDITOR, aNationalPart, aSetOfItsOwn, CENTRE, MANAGER, NEXT, PAST, personAt, RUNNING } from '#test/support/quality.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
let hospitals: readonly string[];

beforeAll(async () => {
  world = await aWorld();
  hospitals = await aNationalPart(world, 4);
  // With what one hospital set for itself.
  await storeCatalogue(world.db, await readCatalogue());
});
afterAll(() => world.stop());

const draftOf = async (set: string, by = MANAGER) => {
  const { versions } = await world.call(by, 'indicatorSet', { set });
  const draft = versions.find(({ standing }) => standing === 'draft');
  if (!draft) throw new Error('There is no draft.');
  const read = await world.call(by, 'indicatorSetVersion', { set, version: draft.version });
  return { ...read, revision: read.revision ?? 0 };
};
const save = async (set: string, change: (contents: SetContents) => unknown, by = MANAGER) => {
  const { revision, contents } = await draftOf(set, by);
  // What the browser sends is JSON.
  return world.call(by, 'saveSetDraft', { set, revision, contents: JSON.parse(JSON.stringify(change(contents))) });
};
async function begun(): Promise<string> {
  const set = await aSetOfItsOwn(world, hospitals);
  await world.call(MANAGER, 'beginSetDraft', { set });
  return set;
}
const publish = async (set: string, validFrom: string, by = CENTRE) =>
  world.call(by, 'publishSetDraft', { set, revision: (await draftOf(set, by)).revision, validFrom });

const HAND_HYGIENE = {
  code: 'hand-hygiene',
  name: { 'zh-CN': '手卫生依从率', en: 'Hand hygiene' },
  numerator: { 'zh-CN': '手卫生执行次数', en: 'Times done' },
  denominator: { 'zh-CN': '应执行手卫生次数', en: 'Times it was due' },
  parameters: {},
  kind: 'proportion',
  multiplier: 100,
  improvement: 'higher',
} as const;
const retire = (contents: SetContents, code: string, name: string): SetContents => ({
  ...contents,
  indicators: contents.indicators.filter((each) => each.code !== code),
  rules: contents.rules.filter(({ left, right }) => !`${left.expression} ${right.expression}`.includes(name)),
});

describe('a version', () => {
  it('is read as people read it: what is counted, of what, filtered and without whom, which way is better, since when', async () => {
    const set = await aSetOfItsOwn(world, hospitals);
    const view = await world.call(AUDITOR, 'indicatorSetVersion', { set, version: 1 });
    expect(view).toMatchObject({ standing: 'current', validFrom: null, publishedBy: null, difference: null, revision: null });
    expect(view.contents.indicators.find(({ code }) => code === 'sepsis-bundle')).toMatchObject({
      name: { en: 'One-hour bundle in septic shock' },
      numerator: { en: 'Bundles finished within one hour' },
      denominator: { en: 'Cases of septic shock' },
      exclusion: { en: 'Patients who declined treatment' },
      kind: 'proportion',
      multiplier: 100,
      improvement: 'higher',
      target: 0.85,
    });
    expect(view.definitions.find(({ code }) => code === 'sepsis-bundle')).toEqual({
      code: 'sepsis-bundle',
      version: 1,
      validFrom: '2024-01-01',
    });
  });

  it('asks for what the nation defines; what a hospital set for itself stands apart with its reason', async () => {
    const set = await aSetOfItsOwn(world, hospitals);
    const { own } = await world.call(CENTRE, 'indicatorSet', { set });
    expect(own).toMatchObject([
      {
        organisation: { id: 'org-shitan' },
        approvedBy: { id: 'p-tang-min' },
        definition: { code: 'urgent-consult', parameters: { minutes: 20 } },
      },
    ]);
    const { contents } = await world.call(CENTRE, 'indicatorSetVersion', { set, version: 1 });
    expect(contents.indicators.filter(({ code }) => code === 'urgent-consult')).toMatchObject([{ parameters: { minutes: 10 } }]);
  });
});

describe('a draft', () => {
  it('begins with what the newest version says, once at a time', async () => {
    const set = await begun();
    const { contents } = await world.call(CENTRE, 'indicatorSetVersion', { set, version: 1 });
    expect(await draftOf(set)).toMatchObject({ version: 2, contents, revision: 1, difference: { set: [], indicators: [], rules: [] } });
    await expect(world.call(CENTRE, 'beginSetDraft', { set })).rejects.toMatchObject({ view: { code: 'draft-open' } });
  });

  it('takes texts, limits of plausibility, what a missing value does, indicators that are added and retired; and says what changed', async () => {
    const set = await begun();
    await save(set, (contents) => {
      const without = retire(contents, 'reoperation', 'reoperation');
      const [first, ...others] = without.indicators;
      return {
        ...without,
        outliers: { kind: 'z-score', threshold: 4 },
        rules: without.rules.map((rule) =>
          rule.code === 'discharges-jump' ? { ...rule, left: { ...rule.left, missing: 'never-skip' } } : rule,
        ),
        indicators: [{ ...first, target: 0.95 }, ...others, HAND_HYGIENE],
      };
    });
    const { difference } = await draftOf(set);
    expect(difference?.set.map(({ field }) => field)).toEqual(['outliers']);
    expect(difference?.indicators.map(({ code, change }) => [code, change])).toEqual([
      ['urgent-consult', 'changed'],
      ['hand-hygiene', 'added'],
      ['reoperation', 'retired'],
    ]);
    expect(difference?.rules.map(({ code, change }) => [code, change])).toEqual([
      ['discharges-jump', 'changed'],
      ['reoperation-pair', 'retired'],
    ]);
  });

  it('tells what is wrong with the place where it stands, and keeps what was saved before', async () => {
    const set = await begun();
    const before = await draftOf(set);
    const wrong = save(set, (contents) => ({
      ...contents,
      rules: [],
      indicators: contents.indicators.map((each, place) => (place === 1 ? { ...each, numerator: { 'zh-CN': '', en: 'x' } } : each)),
    }));
    await expect(wrong).rejects.toMatchObject({
      status: 422,
      view: {
        code: 'set-malformed',
        data: { problems: [{ part: 'indicator', at: 'discharge-record', field: 'numerator.zh-CN', problem: 'missing' }] },
      },
    });
    expect(await draftOf(set)).toEqual(before);
  });

  it('is saved on top of what was seen, and nobody overwrites another', async () => {
    const set = await begun();
    const { revision, contents } = await draftOf(set);
    const write = (by: string) => world.call(by, 'saveSetDraft', { set, revision, contents: { ...contents, dueDays: 12 } });
    await write(MANAGER);
    await expect(write(CENTRE)).rejects.toMatchObject({ status: 409, view: { code: 'set-draft-moved-on' } });
    expect((await draftOf(set)).editedBy.map(({ id }) => id)).toEqual([MANAGER]);
  });

  it('is put away, and its number is used again', async () => {
    const set = await begun();
    await world.call(CENTRE, 'discardSetDraft', { set });
    await expect(world.call(CENTRE, 'discardSetDraft', { set })).rejects.toMatchObject({ view: { code: 'no-draft' } });
    expect(await world.call(MANAGER, 'beginSetDraft', { set })).toEqual({ version: 2 });
  });
});

describe('publishing', () => {
  it('is for somebody who wrote none of it', async () => {
    const set = await begun();
    await save(set, (contents) => ({ ...contents, dueDays: 12 }));
    await expect(publish(set, NEXT.from, MANAGER)).rejects.toMatchObject({ view: { code: 'own-work' } });
    await save(set, (contents) => ({ ...contents, dueDays: 13 }), CENTRE);
    await expect(publish(set, NEXT.from, CENTRE)).rejects.toMatchObject({ view: { code: 'own-work' } });
    await expect(publish(set, NEXT.from, 'p-fu-rong')).resolves.toEqual({ version: 2 });
    expect(
      (await world.call(CENTRE, 'indicatorSet', { set })).versions.map(({ version, standing, publishedBy }) => [
        version,
        standing,
        publishedBy?.id ?? null,
      ]),
    ).toEqual([
      [2, 'published', 'p-fu-rong'],
      [1, 'current', null],
    ]);
  });

  it('binds what was seen: who looked at another text publishes nothing', async () => {
    const set = await begun();
    await save(set, (contents) => ({ ...contents, dueDays: 12 }));
    const { revision } = await draftOf(set);
    await save(set, (contents) => ({ ...contents, dueDays: 5 }));
    await expect(world.call(CENTRE, 'publishSetDraft', { set, revision, validFrom: NEXT.from })).rejects.toMatchObject({ status: 409 });
    expect((await readSet(world.db, set, NEXT.to))?.dueDays).toBe(10);
  });

  it.each([
    ['for a period that is over', PAST.from, 'set-from-past'],
    ['from within a period', dayAfter(NEXT.from), 'set-from-within'],
  ])('%s is refused', async (_, validFrom, code) => {
    const set = await begun();
    await save(set, (contents) => ({ ...contents, dueDays: 12 }));
    await expect(publish(set, validFrom)).rejects.toMatchObject({ view: { code } });
  });

  it('of what changes nothing is refused', async () => {
    await expect(publish(await begun(), NEXT.from)).rejects.toMatchObject({ view: { code: 'set-unchanged' } });
  });

  it('changes the next cycle and none before: its days, its indicators, what they mean, and how complete it is', async () => {
    const set = await begun();
    await save(set, (contents) => {
      const [first, ...others] = retire(contents, 'reoperation', 'reoperation').indicators;
      return {
        ...retire(contents, 'reoperation', 'reoperation'),
        dueDays: 12,
        indicators: [{ ...first, target: 0.97 }, ...others, HAND_HYGIENE],
      };
    });
    await publish(set, RUNNING.from);
    const [past, running] = [await readSet(world.db, set, PAST.to), await readSet(world.db, set, RUNNING.to)];
    expect([past?.dueDays, running?.dueDays]).toEqual([10, 12]);
    expect([
      past?.indicators.includes('reoperation'),
      running?.indicators.includes('reoperation'),
      running?.indicators.includes('hand-hygiene'),
    ]).toEqual([true, false, true]);
    const definitions = await readIndicators(world.db, ['urgent-consult']);
    expect([PAST, RUNNING].map(({ to }) => nationalDefinition(definitions, { code: 'urgent-consult', on: to })?.target)).toEqual([
      0.9, 0.97,
    ]);
    expect(definitionFor(definitions, { code: 'urgent-consult', on: RUNNING.to, organisationId: 'org-shitan' })?.regime.kind).toBe('local');
    const complete = async (period: string) =>
      (await readReporting(world.db, { setCode: set, period }))?.completeness.map(({ code }) => code);
    expect([await complete(PAST.code), await complete(RUNNING.code)]).toEqual([past?.indicators, running?.indicators]);
  });

  it('leaves every version to be compared with every other', async () => {
    const set = await begun();
    await save(set, (contents) => ({ ...contents, dueDays: 12 }));
    await publish(set, RUNNING.from);
    await world.call(MANAGER, 'beginSetDraft', { set });
    await save(set, (contents) => ({ ...contents, dueDays: 10, lockDays: 20 }));
    const fieldsFrom = async (compared?: number) => {
      const view = await world.call(MANAGER, 'indicatorSetVersion', {
        set,
        version: 3,
        ...(compared === undefined ? {} : { with: compared }),
      });
      return [view.difference?.from, view.difference?.set.map(({ field }) => field)];
    };
    expect(await fieldsFrom()).toEqual([2, ['dueDays', 'lockDays']]);
    expect(await fieldsFrom(1)).toEqual([1, ['lockDays']]);
    await expect(fieldsFrom(9)).rejects.toMatchObject({ status: 404 });
  });

  it('is kept in the history with its day', async () => {
    const set = await begun();
    await save(set, (contents) => ({ ...contents, dueDays: 12 }));
    await publish(set, NEXT.from);
    const { changes } = await world.call(AUDITOR, 'qualityHistory', { set });
    expect(changes).toMatchObject([
      { subject: 'indicator-set', act: 'publish', version: 2, from: NEXT.from, by: { id: CENTRE } },
      { subject: 'indicator-set', act: 'edit', version: 2, by: { id: MANAGER } },
      { subject: 'indicator-set', act: 'begin', version: 2, by: { id: MANAGER } },
    ]);
  });
});

describe('nobody without the right', () => {
  const strangers = () => [personAt(hospitals[0] ?? '', 'office'), personAt(hospitals[0] ?? '', 'reporter'), 'p-kang-ning', 'p-zhao-heng'];

  it('reads versions', async () => {
    const set = await aSetOfItsOwn(world, hospitals);
    for (const person of strangers()) {
      await expect(world.call(person, 'indicatorSet', { set })).rejects.toMatchObject({ status: 404 });
      await expect(world.call(person, 'indicatorSetVersion', { set, version: 1 })).rejects.toMatchObject({ status: 404 });
    }
  });

  it('sees a draft: who may only read finds published versions alone', async () => {
    const set = await begun();
    expect((await world.call(AUDITOR, 'indicatorSet', { set })).versions.map(({ version }) => version)).toEqual([1]);
    await expect(world.call(AUDITOR, 'indicatorSetVersion', { set, version: 2 })).rejects.toMatchObject({ status: 404 });
  });

  it('begins, saves, discards or publishes', async () => {
    const set = await begun();
    const { revision, contents } = await draftOf(set);
    for (const person of [...strangers(), AUDITOR])
      for (const attempt of [
        () => world.call(person, 'beginSetDraft', { set }),
        () => world.call(person, 'saveSetDraft', { set, revision, contents: { ...contents, dueDays: 12 } }),
        () => world.call(person, 'discardSetDraft', { set }),
        () => world.call(person, 'publishSetDraft', { set, revision, validFrom: NEXT.from }),
      ])
        await expect(attempt()).rejects.toMatchObject({ status: 404 });
    expect(await draftOf(set)).toMatchObject({ revision, contents });
  });
});
