'use client';

import { Select } from 'antd';
import { useTranslations } from 'next-intl';
import { expectedValue } from '#core/form/enablement.ts';
import type { AnswerValue, EnableWhen } from '#core/form/questionnaire.ts';
import { conditionOf, operatorsFor, questionsFor } from '#core/form-edit/conditions.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';
import { ListField } from './ListField.tsx';
import type { SettingProps } from './setting-field.ts';
import { ValueInput } from './value.tsx';

/** When an item is asked, by picking: another question, how it is compared, and with what. */
export function ConditionsField({ id, value, onLeave, isDisabled, item, form, apply }: SettingProps<readonly EnableWhen[]>) {
  const t = useTranslations('formBuilder.conditions');
  const { text } = useText();
  const questions = questionsFor(form, item.linkId);
  const first = questions.findLast(({ isBefore }) => isBefore) ?? questions[0];
  // Several conditions need a word on how they go together.
  const change = (conditions: readonly EnableWhen[]) =>
    apply(
      {
        kind: 'set',
        linkId: item.linkId,
        changes: { enableWhen: conditions, enableBehavior: conditions.length > 1 ? (item.enableBehavior ?? 'all') : null },
      },
      `${item.linkId}/enableWhen`,
    );
  const wordsOf = (operator: EnableWhen['operator']) => t(`operators.${NAMES[operator]}`);
  return (
    <ListField
      id={id}
      name="enableWhen"
      entries={value}
      onChange={change}
      isDisabled={isDisabled}
      blank={first ? answered(first.linkId) : null}
    >
      {(condition, _, number) => {
        const question = findItem(form, condition.question)?.item;
        const replace = (next: EnableWhen) => change(value.with(number - 1, next));
        return (
          <div className={styles.condition}>
            <Select
              aria-label={t('question', { number })}
              disabled={isDisabled}
              value={condition.question}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={(linkId) => replace(answered(linkId))}
              options={questions.map((each) => ({ value: each.linkId, label: text(each.text) || each.linkId }))}
            />
            <Select
              aria-label={t('operator', { number })}
              disabled={isDisabled}
              value={condition.operator === 'exists' ? `exists-${condition.answerBoolean ?? true}` : condition.operator}
              onChange={(chosen) => replace(withOperator(condition, chosen))}
              options={(question ? operatorsFor(question.type) : []).flatMap((operator) =>
                operator === 'exists'
                  ? [
                      { value: 'exists-true', label: t('operators.exists') },
                      { value: 'exists-false', label: t('operators.missing') },
                    ]
                  : [{ value: operator, label: wordsOf(operator) }],
              )}
            />
            {question && condition.operator !== 'exists' ? (
              <ValueInput
                id={`${id}-${number}`}
                label={t('value', { number })}
                item={question}
                form={form}
                isDisabled={isDisabled}
                onLeave={onLeave}
                value={expectedValue(condition)}
                onChange={(answer) => replace(withAnswer(condition, answer))}
              />
            ) : null}
          </div>
        );
      }}
    </ListField>
  );
}

/** Words have names without marks. */
const NAMES = { exists: 'exists', '=': 'is', '!=': 'isNot', '>': 'above', '<': 'below', '>=': 'atLeast', '<=': 'atMost' } as const;

function withOperator(condition: EnableWhen, chosen: string): EnableWhen {
  if (chosen.startsWith('exists')) return { question: condition.question, operator: 'exists', answerBoolean: chosen === 'exists-true' };
  const { answerBoolean, ...rest } = condition;
  const operator = chosen as EnableWhen['operator'];
  return condition.operator === 'exists' ? { ...rest, operator } : { ...condition, operator };
}

const withAnswer = ({ question, operator }: EnableWhen, answer: AnswerValue | null): EnableWhen =>
  (answer && conditionOf(question, operator, answer)) ?? { question, operator };

/** What a new condition begins with: the question is answered at all. */
const answered = (question: string): EnableWhen => ({ question, operator: 'exists', answerBoolean: true });
