/**
 * What differs between two submissions of one form, question by question, in the words of both languages. Rows of a repeating group are
 * matched by what they hold before they are matched by where they stand: a row that was taken out is one row less, not every row changed.
 * Who changed it and when is known to whoever has the submissions (`history.ts`).
 */
import type { Locale, LocalizedText } from '#core/text.ts';
import { type BoundItem, bindResponse, type Container, hasAnswers, itemsIn } from './bind.ts';
import { settingsOf } from './extensions.ts';
import { labelOf } from './localize.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import type { QuestionnaireResponse } from './response.ts';
import { valueText } from './summary.ts';
import { isSameAnswer } from './value.ts';

export interface Submitted {
  readonly questionnaire: Questionnaire;
  readonly response: Pick<QuestionnaireResponse, 'item'>;
}

interface ChangedPlace {
  readonly linkId: string;
  /** Where it stands in the later submission, or stood in the earlier one (`path.ts`). */
  readonly path: string;
  /** Titles of the groups around it, outermost first; rows of a repeating group end in their number. */
  readonly group: readonly LocalizedText[];
  readonly label: LocalizedText;
}

/** One text for each answer. */
export type Change = ChangedPlace &
  (
    | { readonly kind: 'added'; readonly after: readonly LocalizedText[] }
    | { readonly kind: 'removed'; readonly before: readonly LocalizedText[] }
    | { readonly kind: 'changed'; readonly before: readonly LocalizedText[]; readonly after: readonly LocalizedText[] }
  );

export interface CompareOptions {
  /** IANA zone for date-times; as they were written when absent. */
  readonly zone?: string;
}

/** In the order of the later form; what only the earlier one asks comes after it. */
export function compareSubmissions(before: Submitted, after: Submitted, options: CompareOptions = {}): readonly Change[] {
  const inContainers = (earlier: Container | null, later: Container | null, group: readonly LocalizedText[]): readonly Change[] =>
    pairs(earlier, later).flatMap(([old, now]) => inItem(old, now, group));

  const inItem = (old: BoundItem | null, now: BoundItem | null, group: readonly LocalizedText[]): readonly Change[] => {
    const { item } = now ?? old ?? {};
    if (!item || settingsOf(item).hidden) return [];
    if (item.type === 'group') return inGroup(item, old, now, group);
    const nested = inContainers(old?.answers[0]?.nested ?? null, now?.answers[0]?.nested ?? null, group);
    const change = inQuestion(item, old, now, group);
    return change ? [change, ...nested] : nested;
  };

  const inGroup = (item: QuestionnaireItem, old: BoundItem | null, now: BoundItem | null, group: readonly LocalizedText[]) => {
    if (!item.repeats) return inContainers(old?.instances[0] ?? null, now?.instances[0] ?? null, withTitle(group, item));
    return matchedRows(old?.instances ?? [], now?.instances ?? []).flatMap(([earlier, later]) => {
      const number = later ? (now?.instances.indexOf(later) ?? 0) : earlier ? (old?.instances.indexOf(earlier) ?? 0) : 0;
      return inContainers(earlier, later, withTitle(group, item, number + 1));
    });
  };

  const inQuestion = (
    item: QuestionnaireItem,
    old: BoundItem | null,
    now: BoundItem | null,
    group: readonly LocalizedText[],
  ): Change | null => {
    const [earlier, later] = [valuesOf(old), valuesOf(now)];
    if (isSameList(earlier, later)) return null;
    const place: ChangedPlace = {
      linkId: item.linkId,
      path: (now ?? old)?.path ?? '',
      group,
      label: inBoth((locale) => labelOf(item, locale) || item.linkId),
    };
    const words = (form: Submitted, bound: BoundItem | null, values: readonly AnswerValue[]) =>
      values.map((value) => inBoth((locale) => valueText(form.questionnaire, bound?.item ?? item, value, locale, options)));
    const [said, says] = [words(before, old, earlier), words(after, now, later)];
    if (earlier.length === 0) return { ...place, kind: 'added', after: says };
    if (later.length === 0) return { ...place, kind: 'removed', before: said };
    return { ...place, kind: 'changed', before: said, after: says };
  };

  return inContainers(bindResponse(before.questionnaire, before.response), bindResponse(after.questionnaire, after.response), []);
}

/** The items of two containers by link id. */
function pairs(earlier: Container | null, later: Container | null): readonly (readonly [BoundItem | null, BoundItem | null])[] {
  const old = new Map((earlier?.items ?? []).map((bound) => [bound.item.linkId, bound]));
  const both = (later?.items ?? []).map((bound) => [old.get(bound.item.linkId) ?? null, bound] as const);
  const known = new Set((later?.items ?? []).map(({ item }) => item.linkId));
  return [...both, ...[...old.values()].filter(({ item }) => !known.has(item.linkId)).map((bound) => [bound, null] as const)];
}

type RowPair = readonly [Container | null, Container | null];

/** Equal rows in their order hold on to each other; between them rows are matched as they come. */
function matchedRows(earlier: readonly Container[], later: readonly Container[]): readonly RowPair[] {
  const matched: RowPair[] = [];
  let [from, to] = [0, 0];
  const between = (untilFrom: number, untilTo: number) => {
    while (from < untilFrom || to < untilTo) {
      matched.push([from < untilFrom ? (earlier[from++] ?? null) : null, to < untilTo ? (later[to++] ?? null) : null]);
    }
  };
  for (const [at, is] of equalRows(earlier.map(contentOf), later.map(contentOf))) {
    between(at, is);
    matched.push([earlier[from++] ?? null, later[to++] ?? null]);
  }
  between(earlier.length, later.length);
  return matched;
}

/** Positions of the longest list of equal entries that stand in the same order in both. */
function equalRows(earlier: readonly string[], later: readonly string[]): readonly (readonly [number, number])[] {
  const lengths = Array.from({ length: earlier.length + 1 }, () => new Array<number>(later.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = earlier.length - 1; i >= 0; i--) {
    for (let j = later.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = earlier[i] === later[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const equal: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < earlier.length && j < later.length; ) {
    if (earlier[i] === later[j]) equal.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return equal;
}

/** What a row says, whatever its number: an empty row is equal to no other. */
function contentOf(row: Container): string {
  if (!hasAnswers(row)) return row.path;
  return JSON.stringify([...itemsIn(row)].map(({ item, answers }) => [item.linkId, answers.map(({ answer }) => answer)]));
}

const valuesOf = (bound: BoundItem | null): readonly AnswerValue[] => bound?.answers.map(({ answer }) => answer) ?? [];

const isSameList = (a: readonly AnswerValue[], b: readonly AnswerValue[]): boolean =>
  a.length === b.length && a.every((value, index) => isSameAnswer(value, b[index] ?? {}));

const inBoth = (words: (locale: Locale) => string): LocalizedText => ({ 'zh-CN': words('zh-CN'), en: words('en') });

function withTitle(group: readonly LocalizedText[], item: QuestionnaireItem, row?: number): readonly LocalizedText[] {
  const title = (locale: Locale) => [labelOf(item, locale), row].filter((part) => part !== undefined && part !== '').join(' ');
  return title('zh-CN') === '' ? group : [...group, inBoth(title)];
}
