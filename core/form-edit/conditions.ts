/**
 * Conditions by picking: which questions an item may ask, by which operators, and with what their answers may be compared. What a
 * condition says in words: `said-conditions.ts`.
 */
import { settingsOf } from '#core/form/extensions.ts';
import { choicesOf, choiceText } from '#core/form/options.ts';
import type { AnswerValue, Coding, EnableWhen, ItemType, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { ReferenceKind } from '#core/form/references.ts';
import type { LocalizedText } from '#core/text.ts';
import { linkIdsAskedIn } from './expression-tokens.ts';
import { type PlacedItem, placedItems } from './placed-items.ts';
import { labelTextOf } from './said-conditions.ts';
import { SETTINGS } from './setting-table.ts';

export interface AskableQuestion {
  readonly linkId: string;
  readonly type: ItemType;
  readonly text: LocalizedText;
  /** It is answered before whoever reads from the top comes to the item. */
  readonly isBefore: boolean;
  /** `row`: in the same row or outside of all rows; `nearest`: in rows of its own, of which the nearest to the item is meant. */
  readonly scope: 'row' | 'nearest';
}

/** Without those whose own enablement depends on the item: that would go in a circle. */
export function questionsFor(questionnaire: Questionnaire, linkId: string): readonly AskableQuestion[] {
  const placed = placedItems(questionnaire);
  const around = placed.get(linkId)?.place.rows ?? [];
  const reads = readsIn(placed);
  const order = new Map([...placed.keys()].map((each, index) => [each, index]));
  return [...placed.values()].flatMap(({ item, place }): readonly AskableQuestion[] => {
    if (item.type === 'group' || item.type === 'display' || item.linkId === linkId || reaches(reads, item.linkId, linkId)) return [];
    return [
      {
        linkId: item.linkId,
        type: item.type,
        text: labelTextOf(item),
        isBefore: (order.get(item.linkId) ?? 0) < (order.get(linkId) ?? 0),
        scope: place.rows.every((row) => around.includes(row)) ? 'row' : 'nearest',
      },
    ];
  });
}

export type ConditionOperator = EnableWhen['operator'];

const EQUAL: readonly ConditionOperator[] = ['exists', '=', '!='];
const ORDERED: readonly ConditionOperator[] = [...EQUAL, '>', '>=', '<', '<='];

const OPERATORS = {
  boolean: EQUAL,
  decimal: ORDERED,
  integer: ORDERED,
  date: ORDERED,
  dateTime: ORDERED,
  time: ORDERED,
  quantity: ORDERED,
  string: EQUAL,
  text: EQUAL,
  choice: EQUAL,
  'open-choice': EQUAL,
  reference: EQUAL,
  // `answer[x]` of R4 has no address and no file.
  url: ['exists'],
  attachment: ['exists'],
  group: [],
  display: [],
} as const satisfies Record<ItemType, readonly ConditionOperator[]>;

export const operatorsFor = (type: ItemType): readonly ConditionOperator[] => OPERATORS[type];

/** What an answer may be compared with; `exists` is always compared with yes or no. */
export type Comparable =
  | { readonly kind: 'boolean' | 'decimal' | 'integer' | 'date' | 'dateTime' | 'time' | 'text' }
  | { readonly kind: 'quantity'; readonly units: readonly Coding[] }
  | { readonly kind: 'reference'; readonly referenceKind: ReferenceKind | null }
  | { readonly kind: 'options'; readonly options: readonly ComparableOption[]; readonly isOpen: boolean }
  | { readonly kind: 'none' };

export interface ComparableOption {
  readonly key: string;
  readonly text: LocalizedText;
  readonly value: AnswerValue;
}

export function comparableOf(questionnaire: Questionnaire, question: QuestionnaireItem): Comparable {
  const { type } = question;
  switch (type) {
    case 'boolean':
    case 'decimal':
    case 'integer':
    case 'date':
    case 'dateTime':
    case 'time':
      return { kind: type };
    case 'string':
    case 'text':
      return { kind: 'text' };
    case 'quantity': {
      const { unit, unitOptions } = settingsOf(question);
      return { kind: 'quantity', units: [...(unit ? [unit] : []), ...unitOptions] };
    }
    case 'reference':
      return { kind: 'reference', referenceKind: settingsOf(question).referenceKind ?? null };
    case 'choice':
    case 'open-choice': {
      const options = choicesOf(questionnaire, question) ?? [];
      return {
        kind: 'options',
        options: options.map(({ key, value }) => ({
          key,
          value,
          text: { 'zh-CN': choiceText(value, 'zh-CN'), en: choiceText(value, 'en') },
        })),
        isOpen: type === 'open-choice' || question.answerValueSet !== undefined,
      };
    }
    default:
      return { kind: 'none' };
  }
}

/** `value` of `exists` is a boolean. Null where the value is none that is compared with. */
export function conditionOf(question: string, operator: ConditionOperator, value: AnswerValue): EnableWhen | null {
  const { valueCoding } = value;
  if (operator === 'exists') return { question, operator, answerBoolean: value.valueBoolean ?? true };
  if (valueCoding) {
    // Without words and their translations: those may change.
    const { system, code } = valueCoding;
    return { question, operator, answerCoding: { ...(system ? { system } : {}), ...(code ? { code } : {}) } };
  }
  const [name, given] = Object.entries(value)[0] ?? [];
  if (name === undefined || name === 'valueUri' || name === 'valueAttachment') return null;
  return { question, operator, [name.replace('value', 'answer')]: given };
}

/** What the enablement of each item depends on: what stands around it, and whom its conditions ask. */
function readsIn(placed: ReadonlyMap<string, PlacedItem>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...placed].map(([linkId, { item, place }]) => [
      linkId,
      [
        ...(place.parent === null ? [] : [place.parent]),
        ...(item.enableWhen ?? []).map(({ question }) => question),
        ...linkIdsAskedIn(SETTINGS.enableWhenExpression.read(item)).map((asked) => asked.linkId),
      ],
    ]),
  );
}

function reaches(reads: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [...(reads.get(from) ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(reads.get(at) ?? []));
  }
  return false;
}
