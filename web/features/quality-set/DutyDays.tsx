import { Input } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { ObligationsView } from '#api/views/obligations.ts';
import { dayAfter } from '#core/quality/period.ts';
import lists from '#web/ui/ListKeeping.module.css';

/** Days of a new duty as they stand in the fields: empty while none is given. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** From the next period on, unless another day is chosen; without an end. */
export const useDutyDays = ({ running }: ObligationsView) => useState<Days>(() => ({ from: dayAfter(running.to), to: '' }));

export const sentDays = ({ from, to }: Days) => ({ from, to: to || null });

interface DutyDaysProps {
  readonly view: ObligationsView;
  readonly days: Days;
  readonly onChange: (days: Days) => void;
}

export function DutyDays({ view: { changesFrom }, days, onChange }: DutyDaysProps) {
  const t = useTranslations('qualitySet.duties');
  const id = useId();
  const { from, to } = days;
  return (
    <>
      <div className={lists.pair}>
        <label htmlFor={`${id}-from`}>
          {t('firstDay')}
          <Input
            id={`${id}-from`}
            type="date"
            value={from}
            min={changesFrom}
            onChange={({ target }) => onChange({ ...days, from: target.value })}
          />
        </label>
        <label htmlFor={`${id}-to`}>
          {t('lastDayOptional')}
          <Input id={`${id}-to`} type="date" value={to} min={from} onChange={({ target }) => onChange({ ...days, to: target.value })} />
        </label>
      </div>
      {from === '' ? <p role="alert">{t('firstDayRequired')}</p> : null}
    </>
  );
}
