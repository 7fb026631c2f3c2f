import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { definitionFor, nationalDefinition } from './indicator.ts';
import { differenceOf, isUnchanged } from './set-difference.ts';
import { readDraft, type SetContents } from './set-draft.ts';
import {
  beginSetDraft,
  contentsOfVersion,
  ownDefinitions,
  publishSet,
  type SetDraft,
  type SetVersion,
  savedDraft,
  setOn,
  setReplacedOn,
  standingOfSet,
} from './set-version.ts';

const { sets, indicators: definitions } = catalogue.parse(
  JSON.parse(readFileSync(new URL('../../flows/quality-report/indicators.json', import.meta.url), 'utf8')),
);
const [set] = sets;
if (!set) throw new Error('The sample has no set.');

const TODAY = '2026-11-18';
const first: SetVersion = { set, validFrom: null, editedBy: [], publishedBy: null };
const second: SetVersion = { ...first, set: { ...set, version: 2 }, validFrom: '2026-06-01' };
const third: SetVersion = { ...first, set: { ...set, version: 3 }, validFrom: '2027-01-01' };
const now = contentsOfVersion([first], first, { definitions, today: TODAY });
const draft = (contents: SetContents, more: Partial<SetDraft> = {}): SetDraft => ({
  version: 2,
  contents,
  editedBy: ['writer'],
  revision: 1,
  ...more,
});

/** The first indicator with a higher target. */
const stricter: SetContents = { ...now, indicators: now.indicators.map((each, place) => (place === 0 ? { ...each, target: 0.95 } : each)) };
const added = {
  code: 'hand-hygiene',
  name: { 'zh-CN': '手卫生依从率', en: 'Hand hygiene' },
  numerator: { 'zh-CN': '手卫生执行次数', en: 'Times done' },
  denominator: { 'zh-CN': '应执行手卫生次数', en: 'Times it was due' },
  parameters: {},
  kind: 'proportion',
  multiplier: 100,
  improvement: 'higher',
} as const;
const publish = (contents: SetContents, more: Partial<Parameters<typeof publishSet>[1]> = {}) =>
  publishSet(draft(contents), { versions: [first], definitions, by: 'checker', validFrom: '2026-12-01', today: TODAY, ...more });
const published = (contents: SetContents) => {
  const result = publish(contents);
  if (typeof result === 'string') throw new Error(result);
  return result;
};

describe('a set in versions', () => {
  it.each([
    ['2020-01-31', 1, ['current', 'published', 'published']],
    ['2026-05-31', 1, ['current', 'published', 'published']],
    ['2026-06-30', 2, ['retired', 'current', 'published']],
    ['2027-01-31', 3, ['retired', 'retired', 'current']],
  ])('for a period that ends on %s version %s is asked', (date, version, standings) => {
    const versions = [first, second, third];
    expect(setOn(versions, date)?.set.version).toBe(version);
    expect(versions.map((each) => standingOfSet(versions, each, date))).toEqual(standings);
  });

  it('says from when another one is asked', () => {
    expect([first, second, third].map((each) => setReplacedOn([first, second, third], each))).toEqual(['2026-06-01', '2027-01-01', null]);
  });

  it('is drafted once at a time, with what the newest version says', () => {
    expect(beginSetDraft({ newest: first, contents: now, draft: null, by: 'writer' })).toEqual(draft(now));
    expect(beginSetDraft({ newest: first, contents: now, draft: draft(now), by: 'other' })).toBe('draft-open');
  });

  it('remembers everybody who wrote any of it', () => {
    expect(savedDraft(draft(now), { contents: stricter, by: 'other' })).toEqual(
      draft(stricter, { editedBy: ['writer', 'other'], revision: 2 }),
    );
  });
});

describe('publishing', () => {
  it.each([
    ['own-work', 'by who wrote it', stricter, { by: 'writer' }],
    ['set-from-past', 'for a period that is over', stricter, { validFrom: '2026-10-01' }],
    ['set-from-past', 'before a version that is to come', stricter, { versions: [first, third], validFrom: '2026-12-01' }],
    ['set-from-within', 'from the middle of a period', stricter, { validFrom: '2026-12-15' }],
    ['set-unchanged', 'what the version before says', now, {}],
  ] as const)('%s: %s', (refusal, _, contents, more) => expect(publish(contents, more)).toBe(refusal));

  it('gives what means something else a definition with the day, and leaves the others', () => {
    const { version, definitions: fresh } = published(stricter);
    expect(version).toMatchObject({
      set: { version: 2, indicators: set.indicators },
      validFrom: '2026-12-01',
      editedBy: ['writer'],
      publishedBy: 'checker',
    });
    expect(fresh).toEqual([{ ...definitions[0], target: 0.95, version: 2, validFrom: '2026-12-01' }]);
  });

  it('changes what is counted from its first period on, and nothing before', () => {
    const all = [...definitions, ...published(stricter).definitions];
    const targetOn = (on: string) => nationalDefinition(all, { code: 'urgent-consult', on })?.target;
    expect(['2026-11-30', '2026-12-31'].map(targetOn)).toEqual([0.9, 0.95]);
  });

  it('never touches what a hospital set for itself', () => {
    const all = [...definitions, ...published(stricter).definitions];
    expect(definitionFor(all, { code: 'urgent-consult', on: '2026-12-31', organisationId: 'org-shitan' })).toMatchObject({
      regime: { kind: 'local' },
      version: 1,
      target: 0.9,
    });
    expect(ownDefinitions(all).map(({ code, regime }) => [code, regime.kind])).toEqual([['urgent-consult', 'local']]);
  });

  it('adds an indicator and retires another, whose definition stays for what was counted by it', () => {
    const [, ...rest] = now.indicators;
    const rules = now.rules.filter(({ code }) => code !== 'urgent-consult-pair');
    const { version, definitions: fresh } = published({ ...now, rules, indicators: [...rest, added] });
    expect(version.set.indicators).toEqual([...set.indicators.slice(1), 'hand-hygiene']);
    expect(fresh.map(({ code, version: number }) => [code, number])).toEqual([['hand-hygiene', 1]]);
    expect(contentsOfVersion([first, version], first, { definitions: [...definitions, ...fresh], today: TODAY })).toEqual(now);
  });
});

describe('what is written into a draft', () => {
  it.each([
    ['a name without English', 'indicator', 'urgent-consult', 'name.en', 'missing', change(0, { name: { 'zh-CN': '急会诊', en: '' } })],
    ['a multiplier of nothing', 'indicator', 'urgent-consult', 'multiplier', 'missing', change(0, { multiplier: 0 })],
    ['an improvement that is none', 'indicator', 'urgent-consult', 'improvement', 'malformed', change(0, { improvement: 'up' })],
    ['a code with a blank', 'indicator', 'a b', 'code', 'malformed', change(0, { code: 'a b' })],
    ['an indicator without a code', 'indicator', '1', 'code', 'missing', change(0, { code: '' })],
    [
      'an indicator twice',
      'indicator',
      'discharge-record',
      'code',
      'repeated',
      { ...now, rules: [], indicators: [...now.indicators, now.indicators[1]] },
    ],
    ['no indicator', 'set', '', 'indicators', 'no-indicators', { ...now, rules: [], indicators: [] }],
    [
      'a rule over a figure that the set does not ask for',
      'rule',
      'urgent-consult-pair',
      'expression',
      'expression',
      { ...now, rules: now.rules.slice(0, 1), indicators: now.indicators.slice(1) },
    ],
    ['a lock before it is due', 'set', '', 'dueDays', 'days', { ...now, dueDays: 30, lockDays: 20 }],
    ['a threshold below nothing', 'set', '', 'outliers.threshold', 'missing', { ...now, outliers: { kind: 'z-score', threshold: -1 } }],
    ['a method that nobody knows', 'set', '', 'outliers.kind', 'malformed', { ...now, outliers: { kind: 'guess', threshold: 1 } }],
  ] as const)('%s is told where it stands', (_, part, at, field, problem, given) => {
    const read = readDraft(given);
    expect(read.ok ? [] : read.problems.map(({ detail, ...each }) => each)).toContainEqual({ part, at, field, problem });
  });

  it('is taken as it is where nothing is wrong', () => {
    expect(readDraft(JSON.parse(JSON.stringify(stricter)))).toEqual({ ok: true, contents: stricter });
  });
});

function change(place: number, more: object): object {
  return { ...now, rules: [], indicators: now.indicators.map((each, index) => (index === place ? { ...each, ...more } : each)) };
}

describe('the difference between two versions', () => {
  it('is nothing between equals, whatever the order of their keys', () => {
    const turned = JSON.parse(JSON.stringify(now), (_, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    );
    expect(isUnchanged(differenceOf(now, turned))).toBe(true);
  });

  it('names what changed, was added and was retired, field by field', () => {
    const [, ...rest] = stricter.indicators;
    const [kept, dropped, ...others] = rest;
    if (!kept || !dropped) throw new Error('The sample asks for five.');
    const after: SetContents = {
      ...now,
      dueDays: 12,
      outliers: { kind: 'z-score', threshold: 3 },
      rules: now.rules.map((rule, place) => (place === 0 ? { ...rule, severity: 'warning' } : rule)),
      indicators: [{ ...kept, target: 0.97 }, ...others, { ...added, parameters: {} }],
    };
    const { set: fields, indicators, rules } = differenceOf(now, after);
    expect(fields.map(({ field }) => field).sort()).toEqual(['dueDays', 'outliers']);
    expect(indicators.map(({ code, change: kind }) => [code, kind])).toEqual([
      [kept.code, 'changed'],
      ['hand-hygiene', 'added'],
      ['urgent-consult', 'retired'],
      [dropped.code, 'retired'],
    ]);
    expect(indicators[0]?.fields).toEqual([{ field: 'target', before: 0.95, after: 0.97 }]);
    expect(rules).toEqual([
      { code: 'urgent-consult-pair', change: 'changed', fields: [{ field: 'severity', before: 'error', after: 'warning' }] },
    ]);
  });

  it('names another order of what both ask for', () => {
    const turned = { ...now, indicators: [...now.indicators].reverse() };
    expect(differenceOf(now, turned)).toMatchObject({ set: [{ field: 'order' }], indicators: [], rules: [] });
  });
});
