'use client';

import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import { datePrecisionsOf } from '#core/form/date-precision.ts';
import styles from '../FormView.module.css';
import { useHasTouch } from '../use-has-touch.ts';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';
import { PartialDateControl } from './PartialDateControl.tsx';

dayjs.extend(customParseFormat);

/** As far as the date is known: 2026, 2026-05 or 2026-05-17. */
const PRECISIONS = { 4: ['year', 'YYYY'], 7: ['month', 'YYYY-MM'], 10: ['date', 'YYYY-MM-DD'] } as const;
type Length = keyof typeof PRECISIONS;

const precisionOf = (value: string | undefined) => PRECISIONS[(value?.length ?? 10) as Length] ?? PRECISIONS[10];

function DateControl(props: FieldProps) {
  const precisions = datePrecisionsOf(props.item);
  return precisions.every((precision) => precision === 'day') ? (
    <DayControl {...props} />
  ) : (
    <PartialDateControl {...props} precisions={precisions} />
  );
}

function DayControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, settings, isReadOnly } = props;
  const hasTouch = useHasTouch();
  const value = answers[0]?.valueDate;
  const [min, max] = [settings.minValue?.valueDate, settings.maxValue?.valueDate];
  const [picker, format] = precisionOf(value);
  // The phone's own date wheel beats any calendar drawn on a page; it knows whole dates only.
  if (hasTouch && picker === 'date') {
    return (
      <Input
        {...ariaOf(props)}
        id={id}
        type="date"
        className={styles.full}
        value={value ?? ''}
        min={min}
        max={max}
        status={statusOf(props)}
        readOnly={isReadOnly}
        onChange={({ target }) => onChange(target.value === '' ? [] : [{ valueDate: target.value }])}
        onBlur={onLeave}
      />
    );
  }
  return (
    <DatePicker
      {...ariaOf(props)}
      id={id}
      className={styles.full}
      picker={picker}
      format={picker === 'date' ? ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY-M-D', 'YYYY/M/D', 'YYYY.M.D'] : format}
      value={value ? dayjs(value, format) : null}
      minDate={min ? dayjs(min) : undefined}
      maxDate={max ? dayjs(max) : undefined}
      placeholder={settings.entryFormat ?? format}
      status={statusOf(props)}
      disabled={isReadOnly}
      needConfirm={false}
      onChange={(next) => onChange(next ? [{ valueDate: next.format(format) }] : [])}
      onBlur={onLeave}
    />
  );
}

export const dateField: FieldView = { Control: DateControl, labelling: () => 'control', isWide: () => false, repeatsItself: false };
