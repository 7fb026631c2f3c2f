/**
 * Indicator sets in versions. A version is written by some and published by another, with the period from which it is asked; until then, and for every period
 * before, the former one is asked and judged by. Publishing gives each indicator that means something else now a definition of the nation with the same day;
 * a hospital's own definition is left alone.
 */

import { definitionKey, type IndicatorDefinition, type IndicatorMeaning, indicatorMeaning, nationalDefinition } from './indicator.ts';
import type { IndicatorSet } from './indicator-set.ts';
import { dayBefore, type Frequency, periodOn } from './period.ts';
import { differenceOf, isUnchanged } from './set-difference.ts';
import { contentsOf, type SetContents, setOfContents } from './set-draft.ts';

export interface SetVersion {
  readonly set: IndicatorSet;
  /** ISO date: the first day of the first period that is asked by it. Null: from the beginning. */
  readonly validFrom: string | null;
  readonly editedBy: readonly string[];
  /** Null: it came with the product. */
  readonly publishedBy: string | null;
}

export interface SetDraft {
  /** Of the version that it becomes. */
  readonly version: number;
  readonly contents: SetContents;
  readonly editedBy: readonly string[];
  /** Counts the savings, from 1: what is published is what was seen. */
  readonly revision: number;
}

/** The version that holds on a day: for a period, on its last. Null: none does. */
export const setOn = (versions: readonly SetVersion[], date: string): SetVersion | null =>
  versions
    .filter(({ validFrom }) => validFrom === null || validFrom <= date)
    .reduce<SetVersion | null>((last, each) => (last && last.set.version > each.set.version ? last : each), null);

export const SET_STANDINGS = ['draft', 'published', 'current', 'retired'] as const;
/** `published`: asked from a later day on. */
export type SetStanding = (typeof SET_STANDINGS)[number];

export function standingOfSet(versions: readonly SetVersion[], version: SetVersion, date: string): Exclude<SetStanding, 'draft'> {
  if (version.validFrom !== null && version.validFrom > date) return 'published';
  return setOn(versions, date)?.set.version === version.set.version ? 'current' : 'retired';
}

/** The day from which another one is asked; null while none is. */
export const setReplacedOn = (versions: readonly SetVersion[], { set: { version } }: SetVersion): string | null =>
  versions.flatMap(({ set, validFrom }) => (set.version > version && validFrom !== null ? validFrom : [])).sort()[0] ?? null;

/** What a version says, by the nation's definitions on its last day, or today. */
export function contentsOfVersion(
  versions: readonly SetVersion[],
  version: SetVersion,
  { definitions, today }: { readonly definitions: readonly IndicatorDefinition[]; readonly today: string },
): SetContents {
  const replaced = setReplacedOn(versions, version);
  const last = replaced ? dayBefore(replaced) : today;
  const on = version.validFrom !== null && version.validFrom > last ? version.validFrom : last;
  const meanings = version.set.indicators.flatMap((code) => nationalDefinition(definitions, { code, on }) ?? []);
  return contentsOf(version.set, meanings.map(meaningOf));
}

export const meaningOf = ({ version: _, regime: __, validFrom: ___, validTo: ____, ...meaning }: IndicatorDefinition): IndicatorMeaning =>
  indicatorMeaning.parse(meaning);

export type SetRefusal = 'no-draft' | 'draft-open' | 'own-work' | 'set-unchanged' | 'set-from-past' | 'set-from-within';

/** The next version, with what the newest one says; one draft at a time. */
export function beginSetDraft({
  newest,
  contents,
  draft,
  by,
}: {
  readonly newest: SetVersion;
  readonly contents: SetContents;
  readonly draft: SetDraft | null;
  readonly by: string;
}): SetDraft | SetRefusal {
  return draft ? 'draft-open' : { version: newest.set.version + 1, contents, editedBy: [by], revision: 1 };
}

export const savedDraft = (draft: SetDraft, { contents, by }: { readonly contents: SetContents; readonly by: string }): SetDraft => ({
  ...draft,
  contents,
  editedBy: [...new Set([...draft.editedBy, by])],
  revision: draft.revision + 1,
});

export interface Publishing {
  readonly versions: readonly SetVersion[];
  /** Every definition of its indicators, of whatever version. */
  readonly definitions: readonly IndicatorDefinition[];
  readonly by: string;
  readonly validFrom: string;
  readonly today: string;
}

export interface PublishedSet {
  readonly version: SetVersion;
  /** New ones of the nation. */
  readonly definitions: readonly IndicatorDefinition[];
}

/** By nobody who wrote it; from the first day of a period that is not over, later than any other version. */
export function publishSet(draft: SetDraft, { versions, definitions, by, validFrom, today }: Publishing): PublishedSet | SetRefusal {
  const newest = newestOf(versions);
  if (!newest) return 'no-draft';
  const { code, frequency } = newest.set;
  if (draft.editedBy.includes(by)) return 'own-work';
  if (isPast(validFrom, { versions, frequency, today })) return 'set-from-past';
  if (periodOn(frequency, validFrom).from !== validFrom) return 'set-from-within';
  const before = contentsOfVersion(versions, newest, { definitions, today });
  if (isUnchanged(differenceOf(before, draft.contents))) return 'set-unchanged';
  const set = setOfContents(draft.contents, { code, frequency, version: draft.version });
  return {
    version: { set, validFrom, editedBy: draft.editedBy, publishedBy: by },
    definitions: draft.contents.indicators.flatMap((meaning) => newDefinition(meaning, definitions, validFrom)),
  };
}

const isPast = (
  validFrom: string,
  { versions, frequency, today }: { readonly versions: readonly SetVersion[]; readonly frequency: Frequency; readonly today: string },
): boolean =>
  validFrom < periodOn(frequency, today).from || versions.some((each) => each.validFrom !== null && validFrom <= each.validFrom);

export const newestOf = (versions: readonly SetVersion[]): SetVersion | null =>
  versions.reduce<SetVersion | null>((last, each) => (last && last.set.version > each.set.version ? last : each), null);

/** Nothing where the nation's definition on that day says the same. */
function newDefinition(
  meaning: IndicatorMeaning,
  definitions: readonly IndicatorDefinition[],
  validFrom: string,
): readonly IndicatorDefinition[] {
  const holding = nationalDefinition(definitions, { code: meaning.code, on: validFrom });
  if (holding && isSame(meaningOf(holding), meaning)) return [];
  const national = definitions.filter(({ code, regime }) => code === meaning.code && regime.kind === 'national');
  const version = Math.max(0, ...national.map((each) => each.version)) + 1;
  return [{ ...meaning, version, regime: { kind: 'national' }, validFrom, validTo: null }];
}

const isSame = (one: IndicatorMeaning, other: IndicatorMeaning): boolean => isUnchanged(differenceOf(only(one), only(other)));

const only = (meaning: IndicatorMeaning): Pick<SetContents, 'indicators' | 'rules'> => ({ indicators: [meaning], rules: [] });

/** Definitions that hospitals set for themselves, the newest of each. */
export function ownDefinitions(definitions: readonly IndicatorDefinition[]): readonly IndicatorDefinition[] {
  const local = definitions.filter(({ regime }) => regime.kind === 'local');
  const newest = new Map<string, IndicatorDefinition>();
  for (const each of local) {
    const key = definitionKey({ ...each, version: 0 });
    const known = newest.get(key);
    if (!known || known.version < each.version) newest.set(key, each);
  }
  return [...newest.values()];
}
