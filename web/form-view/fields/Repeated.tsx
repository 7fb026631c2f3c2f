'use client';

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AnswerValue, QuestionType } from '#core/form/questionnaire.ts';
import { ANSWERS_MAX } from '#core/form/validate.ts';
import styles from '../FormView.module.css';
import { focusField } from '../focus.ts';
import type { FieldProps } from './field.ts';
import { FIELDS } from './index.ts';

/** Several answers to one question, one control below the other. There is always one to type into. */
export function Repeated(props: FieldProps) {
  const { item, settings, answers, onChange, id, labelId, label, describedBy, isReadOnly } = props;
  const t = useTranslations('form');
  const { Control } = FIELDS[item.type as QuestionType];
  const entries: readonly AnswerValue[] = answers.length > 0 ? answers : [{}];
  // Controls keep what is half typed, so an entry that goes must take its own control with it.
  const [keys, setKeys] = useState<readonly number[]>(() => entries.map((_, index) => index));
  const known = entries.map((_, index) => keys[index] ?? -index - 1);
  const max = Math.min(settings.maxOccurs ?? ANSWERS_MAX, ANSWERS_MAX);
  const add = () => {
    setKeys([...known, Math.max(0, ...known) + 1]);
    onChange([...entries, {}]);
    requestAnimationFrame(() => focusField(`${id}-${entries.length}`));
  };
  const remove = (index: number) => {
    setKeys(known.filter((_, other) => other !== index));
    onChange(entries.filter((_, other) => other !== index));
    requestAnimationFrame(() => focusField(index > 0 ? `${id}-${index - 1}` : id));
  };
  return (
    <div id={id} role="group" aria-labelledby={labelId} aria-describedby={describedBy} className={styles.entries}>
      {entries.map((entry, index) => (
        <div key={known[index]} className={styles.entry}>
          <label id={`${id}-${index}-label`} htmlFor={`${id}-${index}`} className={styles.visuallyHidden}>
            {t('entry', { label, number: index + 1 })}
          </label>
          <div className={styles.entryControl}>
            <Control
              {...props}
              id={`${id}-${index}`}
              labelId={`${id}-${index}-label`}
              label={t('entry', { label, number: index + 1 })}
              answers={Object.keys(entry).length > 0 ? [entry] : []}
              onChange={(next) => onChange(entries.map((other, at) => (at === index ? (next[0] ?? {}) : other)))}
            />
          </div>
          {isReadOnly || entries.length < 2 ? null : (
            <Button
              type="text"
              className={styles.touch}
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('removeEntry', { number: index + 1 })}
              onClick={() => remove(index)}
            />
          )}
        </div>
      ))}
      {isReadOnly || entries.length >= max ? null : (
        <Button type="dashed" size="small" className={styles.touch} icon={<PlusOutlined aria-hidden />} onClick={add}>
          {t('addEntry')}
        </Button>
      )}
    </div>
  );
}
