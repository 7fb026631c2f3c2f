/**
 * How a group is laid out: what `questionnaire-itemControl` asks for, where the items below it can be drawn so; else fields one after
 * the other. Nothing of this changes what is enabled, computed or right.
 */
import { settingsOf } from './extensions.ts';
import { type Choice, choicesOf } from './options.ts';
import type { Questionnaire, QuestionnaireItem } from './questionnaire.ts';

export type Layout =
  | { readonly kind: 'fields' | 'rows' | 'table' }
  /** `others` stand above the tabs. */
  | { readonly kind: 'tabs'; readonly tabs: readonly QuestionnaireItem[]; readonly others: readonly QuestionnaireItem[] }
  | Matrix
  | Grid;

/** Questions that share their options. */
export interface Matrix {
  readonly kind: 'matrix';
  /** Are the questions the columns (`htable`) instead of the rows? */
  readonly isTurned: boolean;
  readonly questions: readonly QuestionnaireItem[];
  readonly options: readonly Choice[];
  readonly others: readonly QuestionnaireItem[];
}

/** Groups as rows; each asks the same questions, which are the columns. */
export interface Grid {
  readonly kind: 'grid';
  readonly rows: readonly QuestionnaireItem[];
  /** For each column the question of each row, or null where the row does not ask it. */
  readonly columns: readonly (readonly (QuestionnaireItem | null)[])[];
  readonly others: readonly QuestionnaireItem[];
}

export function layoutOf(questionnaire: Questionnaire, group: QuestionnaireItem): Layout {
  if (group.repeats) return { kind: isTable(group) ? 'table' : 'rows' };
  switch (settingsOf(group).control) {
    case 'tab-container':
      return tabsOf(group) ?? FIELDS;
    case 'table':
    case 'htable':
    case 'atable':
      return matrixOf(questionnaire, group) ?? FIELDS;
    case 'grid':
      return gridOf(group) ?? FIELDS;
    default:
      return FIELDS;
  }
}

const FIELDS: Layout = { kind: 'fields' };

export const isTable = (group: QuestionnaireItem): boolean =>
  settingsOf(group).control === 'gtable' &&
  (group.item ?? []).every((item) => item.type !== 'group' && item.type !== 'display' && !hasQuestionsBelow(item));

const hasQuestionsBelow = (item: QuestionnaireItem): boolean => item.item?.some(({ type }) => type !== 'display') ?? false;

const isShown = (item: QuestionnaireItem): boolean => !settingsOf(item).hidden;

function tabsOf(group: QuestionnaireItem): Layout | null {
  const shown = (group.item ?? []).filter(isShown);
  const tabs = shown.filter(({ type, repeats, text }) => type === 'group' && !repeats && text);
  return tabs.length > 1 ? { kind: 'tabs', tabs, others: shown.filter((item) => !tabs.includes(item)) } : null;
}

/** More columns than this are no longer read at a glance. */
const OPTIONS_MAX = 12;

function matrixOf(questionnaire: Questionnaire, group: QuestionnaireItem): Matrix | null {
  const shown = (group.item ?? []).filter(isShown);
  const questions = shown.filter(({ type }) => type !== 'display');
  const [first, ...rest] = questions.map((item) => matrixOptions(questionnaire, item));
  if (!first || first.length === 0 || first.length > OPTIONS_MAX) return null;
  const keys = keysOf(first);
  if (!rest.every((options) => options && keysOf(options) === keys)) return null;
  const isTurned = settingsOf(group).control === 'htable';
  return { kind: 'matrix', isTurned, questions, options: first, others: shown.filter(({ type }) => type === 'display') };
}

function matrixOptions(questionnaire: Questionnaire, item: QuestionnaireItem): readonly Choice[] | null {
  if (item.type !== 'choice' || hasQuestionsBelow(item) || item.readOnly) return null;
  return choicesOf(questionnaire, item);
}

const keysOf = (options: readonly Choice[]): string => options.map(({ key }) => key).join('\n');

function gridOf(group: QuestionnaireItem): Grid | null {
  const shown = (group.item ?? []).filter(isShown);
  const rows = shown.filter(({ type }) => type === 'group');
  const questionsOf = (row: QuestionnaireItem) => (row.item ?? []).filter(isShown);
  const isRow = (row: QuestionnaireItem) =>
    !row.repeats && questionsOf(row).every((item) => item.type !== 'group' && item.type !== 'display' && !hasQuestionsBelow(item));
  if (rows.length === 0 || !rows.every(isRow)) return null;
  // Columns are told apart by their words, as SDC says; rows without a text of their own follow the order of the first.
  const heads = new Set(rows.flatMap((row) => questionsOf(row).map(({ text = '' }) => text)));
  const columns = [...heads].map((head) => rows.map((row) => questionsOf(row).find(({ text = '' }) => text === head) ?? null));
  return { kind: 'grid', rows, columns, others: shown.filter((item) => !rows.includes(item)) };
}
