'use client';

import { Input } from 'antd';
import { useTranslations } from 'next-intl';
import { lengthOf, maxLengthOf } from '#core/form/validate-answer.ts';
import styles from '../FormView.module.css';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';

function StringControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, settings, isReadOnly } = props;
  return (
    <Input
      {...ariaOf(props)}
      id={id}
      value={answers[0]?.valueString ?? ''}
      placeholder={settings.entryFormat}
      status={statusOf(props)}
      readOnly={isReadOnly}
      variant={isReadOnly ? 'filled' : 'outlined'}
      suffix={props.unit}
      onChange={({ target }) => onChange(target.value === '' ? [] : [{ valueString: target.value }])}
      onBlur={onLeave}
    />
  );
}

function UrlControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, settings, isReadOnly } = props;
  return (
    <Input
      {...ariaOf(props)}
      id={id}
      type="url"
      inputMode="url"
      value={answers[0]?.valueUri ?? ''}
      placeholder={settings.entryFormat ?? 'https://'}
      status={statusOf(props)}
      readOnly={isReadOnly}
      variant={isReadOnly ? 'filled' : 'outlined'}
      onChange={({ target }) => onChange(target.value === '' ? [] : [{ valueUri: target.value.trim() }])}
      onBlur={onLeave}
    />
  );
}

/** Nothing is cut off in silence: what is too long is counted and said. */
export function LengthCounter({ item, answers, always = false }: FieldProps & { readonly always?: boolean }) {
  const t = useTranslations('form');
  const max = maxLengthOf(item);
  const count = lengthOf(answers[0]?.valueString ?? '');
  if (item.repeats || item.maxLength === undefined || (!always && count < max * 0.8)) return null;
  return (
    <span className={styles.counter} data-over={count > max || undefined}>
      {t('count', { count, max })}
    </span>
  );
}

export const stringField: FieldView = {
  Control: StringControl,
  Counter: LengthCounter,
  labelling: () => 'control',
  isWide: () => false,
  repeatsItself: false,
};

export const urlField: FieldView = { Control: UrlControl, labelling: () => 'control', isWide: () => false, repeatsItself: false };
