'use client';

import { Input } from 'antd';
import styles from '../FormView.module.css';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';
import { LengthCounter } from './StringField.tsx';

function TextControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, settings, isReadOnly, isCell } = props;
  return (
    <Input.TextArea
      {...ariaOf(props)}
      id={id}
      value={answers[0]?.valueString ?? ''}
      placeholder={settings.entryFormat}
      status={statusOf(props)}
      readOnly={isReadOnly}
      variant={isReadOnly ? 'filled' : 'outlined'}
      className={styles.text}
      rows={isCell ? 1 : 3}
      onChange={({ target }) => onChange(target.value === '' ? [] : [{ valueString: target.value }])}
      onBlur={onLeave}
    />
  );
}

export const textField: FieldView = {
  Control: TextControl,
  Counter: (props) => <LengthCounter {...props} always={!props.isCell} />,
  labelling: () => 'control',
  isWide: () => true,
  repeatsItself: false,
};
