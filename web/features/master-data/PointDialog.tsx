'use client';

import { App, Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { ServicePointView } from '#api/views/master-data.ts';
import { isSpecimen, SPECIMENS } from '#core/master-data/dictionary.ts';
import { useText } from '#web/lib/use-words.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';
import { useChange } from './use-change.ts';

const WHOLE_DAY = { from: '08:00', to: '18:00' };

/** When a service point works, how much at once, and whether it is open at all. */
export function PointDialog({ point, onClose }: { readonly point: ServicePointView; readonly onClose: () => void }) {
  const t = useTranslations('masterData');
  const { text, name } = useText();
  const { message } = App.useApp();
  const id = useId();
  const [hours, setHours] = useState(point.hours);
  const [specimens, setSpecimens] = useState(point.specimens);
  const [openOrdersMax, setOpenOrdersMax] = useState(point.openOrdersMax);
  const [isOpen, setOpen] = useState(point.isOpen);
  const change = useChange<{ readonly routedAgain: number }>(({ routedAgain }) => {
    message.success(routedAgain > 0 ? t('routedAgain', { count: routedAgain }) : t('done'));
    onClose();
  });
  const { organisationId, departmentId, teamId, dictionary } = point;
  const send = (reason: string): void =>
    change.mutate({
      method: 'PUT',
      path: `/api/master-data/service-points/${point.id}`,
      body: { organisationId, departmentId, teamId, dictionary, specimens, hours, openOrdersMax, isOpen, ...(reason && { reason }) },
    });
  const time = (key: 'from' | 'to') => (
    <label htmlFor={`${id}-${key}`}>
      {t(key === 'from' ? 'opensAt' : 'closesAt')}
      <Input
        id={`${id}-${key}`}
        type="time"
        value={hours?.[key] ?? ''}
        onChange={({ target }) => setHours({ ...(hours ?? WHOLE_DAY), [key]: target.value })}
      />
    </label>
  );
  return (
    <ReasonDialog
      title={`${name(point.organisation)} · ${name(point.department)}`}
      hint={
        <div className={lists.fields}>
          <Checkbox checked={isOpen} onChange={({ target }) => setOpen(target.checked)}>
            {t('isOpen')}
          </Checkbox>
          <Checkbox checked={hours === null} onChange={({ target }) => setHours(target.checked ? null : WHOLE_DAY)}>
            {t('roundTheClock')}
          </Checkbox>
          {hours ? (
            <div className={lists.pair}>
              {time('from')}
              {time('to')}
            </div>
          ) : null}
          <label htmlFor={`${id}-max`}>
            {t('openOrdersMax')}
            <InputNumber
              id={`${id}-max`}
              min={0}
              max={100_000}
              precision={0}
              value={openOrdersMax}
              placeholder={t('noLimit')}
              onChange={setOpenOrdersMax}
            />
          </label>
          {dictionary === 'test' ? (
            <label htmlFor={`${id}-specimens`}>
              {t('fields.specimen')}
              <Select
                id={`${id}-specimens`}
                mode="multiple"
                value={[...specimens]}
                placeholder={t('anySpecimen')}
                onChange={(chosen) => setSpecimens(chosen.filter(isSpecimen))}
                options={Object.entries(SPECIMENS).map(([value, label]) => ({ value, label: text(label) }))}
              />
            </label>
          ) : null}
        </div>
      }
      label={t('reason')}
      {...(point.isOpen && !isOpen ? { required: t('closeReason') } : {})}
      okText={t('save')}
      cancelText={t('cancel')}
      isSending={change.isPending}
      onClose={onClose}
      onSend={send}
    />
  );
}
