'use client';

import { Input } from 'antd';
import { useTranslations } from 'next-intl';
import { type DatePrecision, dateFromTyped } from '#core/form/date-precision.ts';
import styles from '../FormView.module.css';
import { ariaOf, type FieldProps, statusOf } from './field.ts';

/** A date as far as it is known is typed: no calendar lets one leave out the day. What is typed in another way is put right on leaving. */
export function PartialDateControl(props: FieldProps & { readonly precisions: readonly DatePrecision[] }) {
  const { answers, onChange, onLeave, id, settings, isReadOnly, precisions } = props;
  const t = useTranslations('form');
  const typed = answers[0]?.valueDate ?? '';
  const change = (valueDate: string) => onChange(valueDate === '' ? [] : [{ valueDate }]);
  return (
    <Input
      {...ariaOf(props)}
      id={id}
      className={styles.full}
      value={typed}
      inputMode="numeric"
      // The form's own words, unless they are written for programs.
      placeholder={
        isReadable(settings.entryFormat) ? settings.entryFormat : precisions.map((precision) => FORMATS[precision]).join(t('or'))
      }
      status={statusOf(props)}
      readOnly={isReadOnly}
      variant={isReadOnly ? 'filled' : 'outlined'}
      onChange={({ target }) => change(target.value)}
      onBlur={() => {
        const date = dateFromTyped(typed);
        if (date !== typed) change(date);
        onLeave();
      }}
    />
  );
}

const isReadable = (format: string | undefined): boolean => format !== undefined && !/[[\]]/.test(format);

const FORMATS = { year: 'YYYY', month: 'YYYY-MM', day: 'YYYY-MM-DD' } as const satisfies Record<DatePrecision, string>;
