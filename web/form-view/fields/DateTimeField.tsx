'use client';

import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import styles from '../FormView.module.css';
import { useHasTouch } from '../use-has-touch.ts';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';

/** FHIR wants the offset with a time; it is that of the place where it is typed. */
const answerOf = (time: dayjs.Dayjs): AnswerValue => ({ valueDateTime: time.second(0).format('YYYY-MM-DDTHH:mm:ssZ') });

function DateTimeControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, settings, isReadOnly } = props;
  const hasTouch = useHasTouch();
  const value = answers[0]?.valueDateTime;
  const time = value ? dayjs(value) : null;
  const [min, max] = [settings.minValue?.valueDateTime, settings.maxValue?.valueDateTime];
  if (hasTouch) {
    return (
      <Input
        {...ariaOf(props)}
        id={id}
        type="datetime-local"
        className={styles.full}
        value={time?.format('YYYY-MM-DDTHH:mm') ?? ''}
        min={min && dayjs(min).format('YYYY-MM-DDTHH:mm')}
        max={max && dayjs(max).format('YYYY-MM-DDTHH:mm')}
        status={statusOf(props)}
        readOnly={isReadOnly}
        onChange={({ target }) => onChange(target.value === '' ? [] : [answerOf(dayjs(target.value))])}
        onBlur={onLeave}
      />
    );
  }
  return (
    <DatePicker
      {...ariaOf(props)}
      id={id}
      className={styles.full}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format={['YYYY-MM-DD HH:mm', 'YYYY-M-D H:mm', 'YYYY/M/D H:mm']}
      value={time}
      minDate={min ? dayjs(min) : undefined}
      maxDate={max ? dayjs(max) : undefined}
      placeholder={settings.entryFormat ?? 'YYYY-MM-DD HH:mm'}
      status={statusOf(props)}
      disabled={isReadOnly}
      needConfirm={false}
      onChange={(next) => onChange(next ? [answerOf(next)] : [])}
      onBlur={onLeave}
    />
  );
}

export const dateTimeField: FieldView = { Control: DateTimeControl, labelling: () => 'control', isWide: () => false, repeatsItself: false };
