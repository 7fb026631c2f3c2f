'use client';

import { valueText } from '#core/form/summary.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import { Masked } from '../Masked.tsx';
import type { FieldProps } from './field.ts';

/** What the system filled in is text, not a control that refuses to work. */
export function StaticAnswers({ item, settings, answers, id }: FieldProps) {
  const { questionnaire, locale, zone } = useForm();
  const words = answers.map((answer) => valueText(questionnaire, item, answer, locale, { zone }));
  return (
    <output id={id} className={styles.static}>
      {settings.isMasked && words.length > 0 ? <Masked text={words.join(', ')} /> : words.join('\n') || '–'}
    </output>
  );
}
