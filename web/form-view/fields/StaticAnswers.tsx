'use client';

import { valueText } from '#core/form/summary.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import type { FieldProps } from './field.ts';

/** What the system filled in is text, not a control that refuses to work. */
export function StaticAnswers({ item, answers, id }: FieldProps) {
  const { questionnaire, locale, zone } = useForm();
  return (
    <output id={id} className={styles.static}>
      {answers.map((answer) => valueText(questionnaire, item, answer, locale, { zone })).join('\n') || '–'}
    </output>
  );
}
