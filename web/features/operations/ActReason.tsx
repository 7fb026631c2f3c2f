'use client';

import { Checkbox } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';
import type { OperatorAct } from './OperatedActions.tsx';

export interface ActReasonProps {
  readonly act: OperatorAct;
  /** Something was completed that can be undone before the end. */
  readonly canCompensate: boolean;
  readonly isSending: boolean;
  readonly onClose: () => void;
  readonly onSend: (body: { readonly reason: string; readonly compensate?: true }) => void;
}

export function ActReason({ act, canCompensate, isSending, onClose, onSend }: ActReasonProps) {
  const t = useTranslations('operate');
  const [compensate, setCompensate] = useState(true);
  const offersCompensation = act === 'cancel' && canCompensate;
  return (
    <ReasonDialog
      title={t(`${act}Title`)}
      hint={t(`${act}Hint`)}
      label={t('reason')}
      required={t('reasonRequired')}
      okText={t(act)}
      isDanger={act === 'cancel'}
      isSending={isSending}
      onClose={onClose}
      onSend={(reason) => onSend({ reason, ...(offersCompensation && compensate ? { compensate } : {}) })}
    >
      {offersCompensation ? (
        <Checkbox checked={compensate} onChange={({ target }) => setCompensate(target.checked)}>
          {t('compensate')}
        </Checkbox>
      ) : null}
    </ReasonDialog>
  );
}
