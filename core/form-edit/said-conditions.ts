/** What the conditions of an item say, as codes with the words of the form; the web makes sentences of them. */
import { expectedValue } from '#core/form/enablement.ts';
import { localized } from '#core/form/localize.ts';
import { choicesOf, choiceText } from '#core/form/options.ts';
import type { AnswerValue, EnableWhen, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { valueKeyOf } from '#core/form/value.ts';
import type { LocalizedText } from '#core/text.ts';
import { placedItems } from './placed-items.ts';
import { SETTINGS } from './setting-table.ts';
import { valueText } from './value-text.ts';

export interface SaidCondition {
  readonly code: 'answered' | 'unanswered' | 'equal' | 'different' | 'above' | 'below' | 'at-least' | 'at-most';
  readonly question: string;
  /** Null: the form has no such question. */
  readonly questionText: LocalizedText | null;
  /** Null where nothing is compared. */
  readonly value: LocalizedText | null;
}

export interface SaidConditions {
  readonly joint: 'all' | 'any';
  readonly parts: readonly SaidCondition[];
  /** An expression that takes the place of all of them. */
  readonly expression: string;
}

export function saidConditions(questionnaire: Questionnaire, item: QuestionnaireItem): SaidConditions {
  const placed = placedItems(questionnaire);
  return {
    joint: item.enableBehavior === 'all' ? 'all' : 'any',
    parts: (item.enableWhen ?? []).map((condition) => said(questionnaire, condition, placed.get(condition.question)?.item)),
    expression: SETTINGS.enableWhenExpression.read(item),
  };
}

const CODES = { '=': 'equal', '!=': 'different', '>': 'above', '<': 'below', '>=': 'at-least', '<=': 'at-most' } as const;

function said(questionnaire: Questionnaire, condition: EnableWhen, question: QuestionnaireItem | undefined): SaidCondition {
  const common = { question: condition.question, questionText: question ? labelTextOf(question) : null };
  if (condition.operator === 'exists')
    return { ...common, code: condition.answerBoolean === false ? 'unanswered' : 'answered', value: null };
  const value = expectedValue(condition);
  return { ...common, code: CODES[condition.operator], value: wordsOf(questionnaire, question, value) };
}

function wordsOf(questionnaire: Questionnaire, question: QuestionnaireItem | undefined, value: AnswerValue): LocalizedText {
  const options = question ? (choicesOf(questionnaire, question) ?? []) : [];
  const option =
    options.find(({ key }) => key === valueKeyOf(value)) ??
    options.find((each) => value.valueCoding?.code !== undefined && each.value.valueCoding?.code === value.valueCoding.code);
  if (option) return { 'zh-CN': choiceText(option.value, 'zh-CN'), en: choiceText(option.value, 'en') };
  return { 'zh-CN': value.valueCoding ? choiceText(value, 'zh-CN') : valueText(value) };
}

/** An item without a text is known by its link id. */
export function labelTextOf({ text, _text, linkId }: QuestionnaireItem): LocalizedText {
  return { 'zh-CN': localized(text ?? linkId, _text, 'zh-CN'), en: localized(text ?? linkId, _text, 'en') };
}
