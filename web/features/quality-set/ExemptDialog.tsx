'use client';

import { App, Input } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { DutyRow, ObligationsView } from '#api/views/obligations.ts';
import { dayAfter } from '#core/quality/period.ts';
import { useText } from '#web/lib/use-words.ts';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';
import styles from './QualitySet.module.css';
import { setPath, useChange } from './use-change.ts';

export interface ExemptDialogProps {
  readonly view: ObligationsView;
  readonly row: DutyRow;
  readonly onClose: () => void;
}

/** From the next period on, unless another day is chosen. */
export function ExemptDialog({ view, row, onClose }: ExemptDialogProps) {
  const t = useTranslations('qualitySet.duties');
  const all = useTranslations('qualitySet');
  const { name } = useText();
  const { message } = App.useApp();
  const id = useId();
  const [from, setFrom] = useState(() => dayAfter(view.running.to));
  const [to, setTo] = useState('');
  const change = useChange(() => {
    message.success(t('exempted'));
    onClose();
  });
  return (
    <ReasonDialog
      title={t('exemptTitle', { hospital: name(row.organisation) })}
      hint={t('exemptHint', { from: view.changesFrom })}
      label={t('exemptReason')}
      required={all('reasonRequired')}
      okText={t('exempt')}
      cancelText={all('cancel')}
      canSend={from !== ''}
      isSending={change.isPending}
      onClose={onClose}
      onSend={(reason) =>
        change.mutate({
          method: 'POST',
          path: `${setPath(view.set.code)}/exemptions`,
          body: { organisationId: row.organisation.id, from, to: to || null, reason },
        })
      }
    >
      <div className={styles.pair}>
        <label htmlFor={`${id}-from`}>
          {t('firstDay')}
          <Input id={`${id}-from`} type="date" value={from} min={view.changesFrom} onChange={({ target }) => setFrom(target.value)} />
        </label>
        <label htmlFor={`${id}-to`}>
          {t('lastDayOptional')}
          <Input id={`${id}-to`} type="date" value={to} min={from} onChange={({ target }) => setTo(target.value)} />
        </label>
      </div>
    </ReasonDialog>
  );
}
