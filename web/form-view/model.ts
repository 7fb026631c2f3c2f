/**
 * The form as react-hook-form holds it: one flat map. A question's key is the row it stands in and its link id, so it stays the same
 * when rows before it come or go, and nothing above a field has to know of its changes. Rows of a repeating group are a list of row ids
 * in the same map. The FHIR response is made from the map and read into it here, and nowhere else.
 */
import { initialAnswers } from '#core/form/blank.ts';
import { isOverride } from '#core/form/expression/override.ts';
import { answerPath, instancePath, itemPath, ROOT_PATH } from '#core/form/path.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '#core/form/response.ts';
import { bareValue, valueKindOf } from '#core/form/value.ts';

/** `<row>_<link id>`: no dots or brackets, which react-hook-form would read as a path. */
export type FieldKey = string;
/** The whole form, or one instance of a repeating group. */
export type RowId = string;

/** Answers of questions; row ids of repeating groups. An answer without a value is one that is being typed. */
export type FormValues = Record<FieldKey, readonly AnswerValue[] | readonly RowId[]>;

export const ROOT_ROW: RowId = 'f';

export const keyOf = (row: RowId, linkId: string): FieldKey =>
  `${row}_${linkId.replace(/[^A-Za-z0-9-]/g, (mark) => `_${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)}`;

export const answersAt = (values: FormValues, key: FieldKey): readonly AnswerValue[] =>
  (values[key] ?? []).filter((value): value is AnswerValue => typeof value !== 'string');

export const rowsAt = (values: FormValues, key: FieldKey): readonly RowId[] =>
  (values[key] ?? []).filter((value): value is RowId => typeof value === 'string');

/** Row ids are never used twice in the life of a form. */
export function createRowIds(): () => RowId {
  let last = 0;
  return () => `r${++last}`;
}

export function valuesOf(questionnaire: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>, nextRowId: () => RowId): FormValues {
  const values: FormValues = {};
  const read = (definitions: readonly QuestionnaireItem[], present: readonly ResponseItem[], row: RowId) => {
    for (const item of definitions) {
      const sources = present.filter(({ linkId }) => linkId === item.linkId);
      const children = item.item ?? [];
      const key = keyOf(row, item.linkId);
      if (item.type === 'display') continue;
      if (item.type !== 'group') {
        const answers = sources.flatMap((source) => source.answer ?? []);
        values[key] = answers.map(keptAnswer);
        read(children, answers[0]?.item ?? [], row);
      } else if (item.repeats) {
        const rows = sources.map((source) => {
          const id = nextRowId();
          read(children, source.item ?? [], id);
          return id;
        });
        values[key] = rows;
      } else {
        read(
          children,
          sources.flatMap((source) => source.item ?? []),
          row,
        );
      }
    }
  };
  read(questionnaire.item ?? [], response.item ?? [], ROOT_ROW);
  return values;
}

/** What was put in the place of a computed value stays known as that. */
const keptAnswer = (answer: ResponseAnswer): AnswerValue => ({
  ...bareValue(answer),
  ...(isOverride(answer) ? { extension: answer.extension } : {}),
});

/** What a new row of a group begins with. */
export function blankRow(group: QuestionnaireItem, row: RowId): FormValues {
  const values: FormValues = {};
  const fill = (items: readonly QuestionnaireItem[]) => {
    for (const item of items) {
      if (item.type === 'display') continue;
      if (item.type !== 'group') values[keyOf(row, item.linkId)] = initialAnswers(item);
      else if (item.repeats) values[keyOf(row, item.linkId)] = [];
      if (item.type !== 'group' || !item.repeats) fill(item.item ?? []);
    }
  };
  fill(group.item ?? []);
  return values;
}

export interface BuiltResponse {
  readonly response: QuestionnaireResponse;
  /** Path of an item, row or answer (`core/form/path.ts`) → the field that shows it. */
  readonly keys: ReadonlyMap<string, FieldKey>;
}

/** What was built of which parts, by path: what has the same parts again is the same object again. */
export type BuiltBefore = Map<string, { readonly parts: readonly unknown[]; readonly items: readonly ResponseItem[] }>;

/** The response as it stands, with answers of disabled items: a condition may come back. `base` gives what is not an item. */
export function responseOf(
  questionnaire: Questionnaire,
  values: FormValues,
  base: QuestionnaireResponse,
  before: BuiltBefore = new Map(),
): BuiltResponse {
  const keys = new Map<string, FieldKey>();
  const again = (path: string, parts: readonly unknown[], make: () => readonly ResponseItem[]): readonly ResponseItem[] => {
    const known = before.get(path);
    if (known?.parts.length === parts.length && known.parts.every((part, index) => part === parts[index])) return known.items;
    const items = make();
    before.set(path, { parts, items });
    return items;
  };

  const build = (definitions: readonly QuestionnaireItem[], row: RowId, path: string): readonly ResponseItem[] => {
    const parts = buildEach(definitions, row, path);
    return again(`${path} items`, parts, () => parts.flat());
  };

  const buildEach = (definitions: readonly QuestionnaireItem[], row: RowId, path: string): readonly (readonly ResponseItem[])[] =>
    definitions.map((item): readonly ResponseItem[] => {
      const key = keyOf(row, item.linkId);
      const here = itemPath(path, item.linkId);
      const children = item.item ?? [];
      keys.set(here, key);
      if (item.type === 'display') return NONE;
      if (item.type !== 'group') return buildQuestion(item, key, row, here);
      if (!item.repeats) {
        const items = build(children, row, here);
        return again(here, [items], () => (items.length > 0 ? [{ linkId: item.linkId, item: items }] : NONE));
      }
      const rows = rowsAt(values, key).map((id, index) => {
        const at = instancePath(here, index);
        keys.set(at, key);
        const items = build(children, id, at);
        return again(at, [items], () => [items.length > 0 ? { linkId: item.linkId, item: items } : { linkId: item.linkId }]);
      });
      return again(here, rows, () => rows.flat());
    });

  const buildQuestion = (item: QuestionnaireItem, key: FieldKey, row: RowId, path: string): readonly ResponseItem[] => {
    const answers = answersAt(values, key).filter((answer) => valueKindOf(answer) !== null);
    for (const index of answers.keys()) keys.set(answerPath(path, index), key);
    // Questions below a question belong to its only answer; without one they have no place, and no keys either.
    const nested = answers.length > 0 && item.item ? build(item.item, row, answerPath(path, 0)) : NONE;
    return again(path, [nested, ...answers], () => {
      const [first, ...others] = answers;
      if (!first) return NONE;
      const answer: readonly ResponseAnswer[] = [nested.length > 0 ? { ...first, item: nested } : first, ...others];
      return [{ linkId: item.linkId, answer }];
    });
  };

  const items = build(questionnaire.item ?? [], ROOT_ROW, ROOT_PATH);
  const { item: _, ...head } = base;
  return { response: items.length > 0 ? { ...head, item: items } : head, keys };
}

const NONE: readonly ResponseItem[] = [];
