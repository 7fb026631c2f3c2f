'use client';

import { Input, TimePicker } from 'antd';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import styles from '../FormView.module.css';
import { useHasTouch } from '../use-has-touch.ts';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';

dayjs.extend(customParseFormat);

function TimeControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, settings, isReadOnly } = props;
  const hasTouch = useHasTouch();
  const value = answers[0]?.valueTime;
  if (hasTouch) {
    return (
      <Input
        {...ariaOf(props)}
        id={id}
        type="time"
        className={styles.full}
        value={value?.slice(0, 5) ?? ''}
        status={statusOf(props)}
        readOnly={isReadOnly}
        onChange={({ target }) => onChange(target.value === '' ? [] : [{ valueTime: `${target.value.slice(0, 5)}:00` }])}
        onBlur={onLeave}
      />
    );
  }
  return (
    <TimePicker
      {...ariaOf(props)}
      id={id}
      className={styles.full}
      format={['HH:mm', 'H:mm', 'HHmm']}
      value={value ? dayjs(value, 'HH:mm:ss') : null}
      placeholder={settings.entryFormat ?? 'HH:mm'}
      status={statusOf(props)}
      disabled={isReadOnly}
      needConfirm={false}
      onChange={(next) => onChange(next ? [{ valueTime: next.format('HH:mm:00') }] : [])}
      onBlur={onLeave}
    />
  );
}

export const timeField: FieldView = { Control: TimeControl, labelling: () => 'control', isWide: () => false, repeatsItself: false };
