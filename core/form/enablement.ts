/**
 * Which items are enabled, by `enableWhen`. Choices where FHIR leaves room, each with a test: answers of a disabled item count as
 * absent; nothing below a disabled item is enabled; inside repeats the nearest occurrence of the question is meant
 * (ancestors first, then what precedes, then what follows).
 */
import { type BoundItem, type Container, itemsIn } from './bind.ts';
import { expressionsOf } from './expression/expressions.ts';
import type { AnswerValue, EnableWhen } from './questionnaire.ts';
import { compareValues, isSameValue } from './value.ts';

/**
 * For the items of one bound tree that stays as it is; what was found is remembered. A condition that is an expression is taken for met: what was
 * submitted has no answers where it was not.
 */
export function createEnablement(): (bound: BoundItem) => boolean {
  const known = new Map<BoundItem, boolean>();
  const indexes = new Map<Container, ReadonlyMap<string, readonly BoundItem[]>>();

  const isEnabled = (bound: BoundItem): boolean => {
    const found = known.get(bound);
    if (found !== undefined) return found;
    // Conditions in a circle are refused when a form is published; here they are simply not met.
    known.set(bound, false);
    const { owner } = bound.container;
    const enabled = (owner === null || isEnabled(owner)) && meets(bound);
    known.set(bound, enabled);
    return enabled;
  };

  const meets = (bound: BoundItem): boolean =>
    expressionsOf(bound.item).enableWhen !== undefined || meetsConditions(bound, indexOf(rootOf(bound)), isEnabled);

  const indexOf = (root: Container): ReadonlyMap<string, readonly BoundItem[]> => {
    const found = indexes.get(root) ?? byLinkId(itemsIn(root));
    indexes.set(root, found);
    return found;
  };

  return isEnabled;
}

export function byLinkId(items: readonly BoundItem[]): ReadonlyMap<string, readonly BoundItem[]> {
  const index = new Map<string, BoundItem[]>();
  for (const bound of items) {
    const occurrences = index.get(bound.item.linkId);
    if (occurrences) occurrences.push(bound);
    else index.set(bound.item.linkId, [bound]);
  }
  return index;
}

function rootOf({ container }: BoundItem): Container {
  let root = container;
  while (root.owner) root = root.owner.container;
  return root;
}

/** `occurrences`: the items of the tree by link id, in document order. */
export function meetsConditions(
  bound: BoundItem,
  occurrences: ReadonlyMap<string, readonly BoundItem[]>,
  isEnabled: (question: BoundItem) => boolean,
): boolean {
  const conditions = bound.item.enableWhen ?? [];
  if (conditions.length === 0) return true;
  const isMet = (condition: EnableWhen): boolean => isConditionMet(condition, bound, { occurrences, isEnabled });
  return bound.item.enableBehavior === 'all' ? conditions.every(isMet) : conditions.some(isMet);
}

/** One condition of an item by itself. */
export function isConditionMet(
  condition: EnableWhen,
  bound: BoundItem,
  {
    occurrences,
    isEnabled,
  }: { readonly occurrences: ReadonlyMap<string, readonly BoundItem[]>; readonly isEnabled: (question: BoundItem) => boolean },
): boolean {
  const question = nearest(occurrences.get(condition.question) ?? [], bound);
  return isMetBy(condition, question && isEnabled(question) ? question.answers.map(({ answer }) => answer) : []);
}

function nearest(occurrences: readonly BoundItem[], from: BoundItem): BoundItem | null {
  const [first] = occurrences;
  if (!first || occurrences.length === 1) return first ?? null;
  for (let container: Container | null = from.container; container; container = container.owner?.container ?? null) {
    const around = container;
    const within = occurrences.filter((occurrence) => isWithin(occurrence, around));
    if (within.length > 0) return within.findLast(({ order }) => order < from.order) ?? within[0] ?? null;
  }
  return null;
}

function isWithin(bound: BoundItem, container: Container): boolean {
  for (let at: Container | null = bound.container; at; at = at.owner?.container ?? null) if (at === container) return true;
  return false;
}

/** R4's operators: each is met when at least one answer meets it, so nothing but `exists` is met without an answer. */
function isMetBy(condition: EnableWhen, answers: readonly AnswerValue[]): boolean {
  if (condition.operator === 'exists') return answers.length > 0 === (condition.answerBoolean ?? true);
  const expected = expectedValue(condition);
  return answers.some((answer) => {
    if (condition.operator === '=') return isSameValue(answer, expected);
    if (condition.operator === '!=') return !isSameValue(answer, expected);
    const order = compareValues(answer, expected);
    if (order === null) return false;
    switch (condition.operator) {
      case '>':
        return order > 0;
      case '<':
        return order < 0;
      case '>=':
        return order >= 0;
      case '<=':
        return order <= 0;
      default:
        return false;
    }
  });
}

export function expectedValue(condition: EnableWhen): AnswerValue {
  const { answerBoolean, answerDecimal, answerInteger, answerDate, answerDateTime, answerTime } = condition;
  if (answerBoolean !== undefined) return { valueBoolean: answerBoolean };
  if (answerDecimal !== undefined) return { valueDecimal: answerDecimal };
  if (answerInteger !== undefined) return { valueInteger: answerInteger };
  if (answerDate !== undefined) return { valueDate: answerDate };
  if (answerDateTime !== undefined) return { valueDateTime: answerDateTime };
  if (answerTime !== undefined) return { valueTime: answerTime };
  if (condition.answerString !== undefined) return { valueString: condition.answerString };
  if (condition.answerCoding !== undefined) return { valueCoding: condition.answerCoding };
  if (condition.answerQuantity !== undefined) return { valueQuantity: condition.answerQuantity };
  return condition.answerReference !== undefined ? { valueReference: condition.answerReference } : {};
}
