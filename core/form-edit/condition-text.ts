/** Conditions in a cell, as those who make forms in sheets know them: `${age} > 3 and ${urgency} = 'urgent'`, `not exists(${why})`. */

import { expectedValue } from '#core/form/enablement.ts';
import { ENABLE_OPERATORS, type EnableWhen, type Questionnaire, type QuestionnaireItem } from '#core/form/questionnaire.ts';
import { quoted, unquoted } from './expression-tokens.ts';
import type { ItemChanges } from './item-changes.ts';
import { valueFrom, valueText } from './value-text.ts';

type Conditions = Pick<ItemChanges, 'enableWhen' | 'enableBehavior'>;

export function conditionText({ enableWhen, enableBehavior }: Conditions): string {
  return enableWhen.map(oneText).join(enableBehavior === 'all' ? ' and ' : ' or ');
}

function oneText(condition: EnableWhen): string {
  const question = `\${${condition.question}}`;
  if (condition.operator === 'exists') return `${condition.answerBoolean === false ? 'not ' : ''}exists(${question})`;
  const text = valueText(expectedValue(condition));
  const isBare = condition.answerBoolean !== undefined || condition.answerInteger !== undefined || condition.answerDecimal !== undefined;
  return `${question} ${condition.operator} ${isBare ? text : quoted(text)}`;
}

const CONDITION = new RegExp(
  [
    String.raw`\s*(?:(?<not>not\s+)?exists\(\s*\$\{(?<asked>[^}]*)\}\s*\)`,
    String.raw`\$\{(?<question>[^}]*)\}\s*(?<operator>!=|>=|<=|=|>|<)\s*(?<value>'(?:\\[\s\S]|[^'\\])*'|[^\s']+))\s*(?<joint>and|or|$)`,
  ].join('|'),
  'y',
);

export type ConditionFault = 'condition-invalid' | 'question-unknown';

export function conditionsFrom(
  text: string,
  questionnaire: Questionnaire,
  items: ReadonlyMap<string, QuestionnaireItem>,
): Conditions | ConditionFault {
  const enableWhen: EnableWhen[] = [];
  const joints = new Set<string>();
  CONDITION.lastIndex = 0;
  for (let at = 0; at < text.trimEnd().length; at = CONDITION.lastIndex) {
    const groups = CONDITION.exec(text.trimEnd())?.groups;
    if (!groups) return 'condition-invalid';
    const question = items.get(groups.asked ?? groups.question ?? '');
    if (!question) return 'question-unknown';
    const condition = groups.asked === undefined ? compared(groups, questionnaire, question) : existing(question, groups.not === undefined);
    if (!condition) return 'condition-invalid';
    enableWhen.push(condition);
    if (groups.joint) joints.add(groups.joint);
  }
  if (joints.size > 1) return 'condition-invalid';
  return { enableWhen, enableBehavior: enableWhen.length < 2 ? null : joints.has('and') ? 'all' : 'any' };
}

const existing = ({ linkId }: QuestionnaireItem, is: boolean): EnableWhen => ({ question: linkId, operator: 'exists', answerBoolean: is });

function compared(
  groups: Readonly<Record<string, string | undefined>>,
  questionnaire: Questionnaire,
  question: QuestionnaireItem,
): EnableWhen | null {
  const { value = '' } = groups;
  const operator = ENABLE_OPERATORS.find((each) => each === groups.operator);
  const given = valueFrom(value.startsWith("'") ? unquoted(value) : value, questionnaire, question);
  const [name, answer] = Object.entries(given ?? {})[0] ?? [];
  // Addresses and files are compared with nothing (`answer[x]` of R4).
  if (!operator || name === undefined || name === 'valueUri' || name === 'valueAttachment') return null;
  const { display: _, ...coding } = given?.valueCoding ?? {};
  return { question: question.linkId, operator, [name.replace('value', 'answer')]: given?.valueCoding ? coding : answer };
}
