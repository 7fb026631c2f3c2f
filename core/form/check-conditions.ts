/** Conditions that can never be judged: unknown questions, types that do not meet, circles. */
import type { Report } from './check.ts';
import { expectedValue } from './enablement.ts';
import { expressionsOf } from './expression/expressions.ts';
import { choicesOf } from './options.ts';
import type { EnableWhen, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import { isSameValue, VALUES_OF, type ValueKey, valueKindOf } from './value.ts';

export function conditionProblems(questionnaire: Questionnaire, report: Report): void {
  const items = new Map<string, QuestionnaireItem>();
  /** Link id → what its enablement reads: the questions of its conditions and the group around it. */
  const reads = new Map<string, Set<string>>();
  const collect = (list: readonly QuestionnaireItem[], parent: string | null) => {
    for (const item of list) {
      items.set(item.linkId, item);
      reads.set(item.linkId, new Set([...(parent === null ? [] : [parent]), ...(item.enableWhen ?? []).map(({ question }) => question)]));
      collect(item.item ?? [], item.linkId);
    }
  };
  collect(questionnaire.item ?? [], null);

  for (const item of items.values()) {
    const conditions = item.enableWhen ?? [];
    if (conditions.length > 1 && !item.enableBehavior) {
      report(item.linkId, 'form-condition', 'Several conditions need enableBehavior (all or any).', '多个条件须说明全部满足还是任一满足。');
    }
    for (const condition of conditions) {
      const problem = problemOf(condition, items.get(condition.question));
      if (problem) report(item.linkId, 'form-condition', ...problem);
      else if (asksForNoOption(questionnaire, condition, items.get(condition.question))) {
        report(
          item.linkId,
          'form-condition',
          `The condition compares with something that is no option of "${condition.question}".`,
          `条件比较的值不是“${condition.question}”的选项。`,
          'warning',
        );
      }
    }
  }
  for (const linkId of items.keys()) {
    if (!isCircular(linkId, reads)) continue;
    report(linkId, 'form-condition-circle', 'Whether it is shown depends on itself.', '显示条件循环依赖。');
  }
}

type Problem = readonly [message: string, messageZh: string];

function problemOf(condition: EnableWhen, question: QuestionnaireItem | undefined): Problem | null {
  if (!question)
    return [`The condition asks "${condition.question}", which the form does not have.`, `条件引用了不存在的项目“${condition.question}”。`];
  if (question.type === 'group' || question.type === 'display') {
    return [`The condition asks "${condition.question}", which takes no answer.`, `条件引用的“${condition.question}”不可填写。`];
  }
  if (condition.operator === 'exists') {
    return condition.answerBoolean === undefined ? ['"exists" needs answerBoolean.', '“exists”条件须给出 answerBoolean。'] : null;
  }
  const kind = valueKindOf(expectedValue(condition));
  if (kind === null) return ['The condition compares with nothing.', '条件没有比较值。'];
  const comparable: readonly ValueKey[] = [
    ...VALUES_OF[question.type],
    ...(question.type === 'decimal' ? (['valueInteger'] as const) : []),
    // A condition has no other word for an address.
    ...(question.type === 'url' ? (['valueString'] as const) : []),
  ];
  return comparable.includes(kind)
    ? null
    : [`"${condition.question}" is never a ${kind.slice(5)}.`, `条件比较值的类型与“${condition.question}”不符。`];
}

/** Where other answers than the listed ones cannot be. */
function asksForNoOption(questionnaire: Questionnaire, condition: EnableWhen, question: QuestionnaireItem | undefined): boolean {
  if (question?.type !== 'choice' || (condition.operator !== '=' && condition.operator !== '!=')) return false;
  if (question.answerConstraint !== undefined || expressionsOf(question).options !== undefined) return false;
  const choices = choicesOf(questionnaire, question);
  const expected = expectedValue(condition);
  return choices !== null && choices.length > 0 && !choices.some(({ value }) => isSameValue(value, expected));
}

/** A group's child may be a condition of the group only by making a circle, so parents count as read. */
function isCircular(start: string, reads: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const pending = [...(reads.get(start) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...(reads.get(next) ?? []));
  }
  return false;
}
