/**
 * Which items are enabled, by `enableWhen`. Choices where FHIR leaves room, each with a test: answers of a disabled item count as
 * absent; nothing below a disabled item is enabled; inside repeats the nearest occurrence of the question is meant
 * (ancestors first, then what precedes, then what follows).
 */
import { type BoundItem, type Container, itemsIn } from './bind.ts';
import { expressionsOf } from './expression/expressions.ts';
import type { AnswerValue, EnableWhen } from './questionnaire.ts';
import { compareValues, isSameValue } from './value.ts';

export interface Conditions {
  readonly isEnabled: (bound: BoundItem) => boolean;
  /** Is one condition of this item met? */
  readonly isMet: (condition: EnableWhen, bound: BoundItem) => boolean;
}

export const createEnablement = (computed?: (bound: BoundItem) => boolean): Conditions['isEnabled'] => createConditions(computed).isEnabled;

/** For the items of one bound tree; what was found is remembered. `computed` answers for items whose condition is an expression. */
export function createConditions(computed: (bound: BoundItem) => boolean = () => true): Conditions {
  const known = new Map<BoundItem, boolean>();
  const indexes = new Map<Container, Map<string, BoundItem[]>>();

  const isEnabled = (bound: BoundItem): boolean => {
    const found = known.get(bound);
    if (found !== undefined) return found;
    // Conditions in a circle are refused when a form is published; here they are simply not met.
    known.set(bound, false);
    const { owner } = bound.container;
    const enabled = (owner === null || isEnabled(owner)) && meetsConditions(bound);
    known.set(bound, enabled);
    return enabled;
  };

  const meetsConditions = (bound: BoundItem): boolean => {
    if (expressionsOf(bound.item).enableWhen !== undefined) return computed(bound);
    const conditions = bound.item.enableWhen ?? [];
    if (conditions.length === 0) return true;
    const isOneMet = (condition: EnableWhen): boolean => isMet(condition, bound);
    return bound.item.enableBehavior === 'all' ? conditions.every(isOneMet) : conditions.some(isOneMet);
  };

  const isMet = (condition: EnableWhen, bound: BoundItem): boolean => meets(condition, answersTo(condition.question, bound));

  const answersTo = (linkId: string, from: BoundItem): readonly AnswerValue[] => {
    const question = nearest(linkId, from);
    return question && isEnabled(question) ? question.answers.map(({ answer }) => answer) : [];
  };

  const nearest = (linkId: string, from: BoundItem): BoundItem | null => {
    for (let container: Container | null = from.container; container; container = container.owner?.container ?? null) {
      const occurrences = indexOf(container).get(linkId);
      if (!occurrences) continue;
      return occurrences.findLast((occurrence) => occurrence.order < from.order) ?? occurrences[0] ?? null;
    }
    return null;
  };

  const indexOf = (container: Container): Map<string, BoundItem[]> => {
    const found = indexes.get(container);
    if (found) return found;
    const index = new Map<string, BoundItem[]>();
    for (const bound of itemsIn(container)) {
      const occurrences = index.get(bound.item.linkId);
      if (occurrences) occurrences.push(bound);
      else index.set(bound.item.linkId, [bound]);
    }
    indexes.set(container, index);
    return index;
  };

  return { isEnabled, isMet };
}

/** R4's operators: each is met when at least one answer meets it, so nothing but `exists` is met without an answer. */
function meets(condition: EnableWhen, answers: readonly AnswerValue[]): boolean {
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
