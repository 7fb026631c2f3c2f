'use client';

import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import { useHasTouch } from '../use-has-touch.ts';
import { dateTimeFrom, wallClockOf } from '../wall-clock.ts';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';

const WALL_CLOCK = 'YYYY-MM-DDTHH:mm';

function DateTimeControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, settings, isReadOnly } = props;
  const { zone } = useForm();
  const hasTouch = useHasTouch();
  const wallOf = (dateTime: string | undefined) => (dateTime ? (wallClockOf(dateTime, zone) ?? undefined) : undefined);
  const wall = wallOf(answers[0]?.valueDateTime);
  const [min, max] = [wallOf(settings.minValue?.valueDateTime), wallOf(settings.maxValue?.valueDateTime)];
  const change = (next: string | undefined) => onChange(next ? [{ valueDateTime: dateTimeFrom(next, zone) }] : []);
  if (hasTouch) {
    return (
      <Input
        {...ariaOf(props)}
        id={id}
        type="datetime-local"
        className={styles.full}
        value={wall ?? ''}
        min={min}
        max={max}
        status={statusOf(props)}
        readOnly={isReadOnly}
        onChange={({ target }) => change(target.value)}
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
      value={wall ? dayjs(wall) : null}
      minDate={min ? dayjs(min) : undefined}
      maxDate={max ? dayjs(max) : undefined}
      placeholder={settings.entryFormat ?? 'YYYY-MM-DD HH:mm'}
      status={statusOf(props)}
      disabled={isReadOnly}
      needConfirm={false}
      onChange={(next) => change(next?.format(WALL_CLOCK))}
      onBlur={onLeave}
    />
  );
}

export const dateTimeField: FieldView = { Control: DateTimeControl, labelling: () => 'control', isWide: () => false, repeatsItself: false };
