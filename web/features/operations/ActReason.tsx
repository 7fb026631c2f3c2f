'use client';

import { Checkbox, Input, Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { OperatorAct } from './OperatedActions.tsx';
import styles from './Operations.module.css';

export interface ActReasonProps {
  readonly act: OperatorAct;
  /** Something was completed that can be undone before the end. */
  readonly canCompensate: boolean;
  readonly isSending: boolean;
  readonly onClose: () => void;
  readonly onSend: (body: { readonly reason: string; readonly compensate?: true }) => void;
}

const REASON_MAX = 2_000;

export function ActReason({ act, canCompensate, isSending, onClose, onSend }: ActReasonProps) {
  const t = useTranslations('operate');
  const common = useTranslations('common');
  const id = useId();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [compensate, setCompensate] = useState(true);
  const offersCompensation = act === 'cancel' && canCompensate;
  const isMissing = isChecked && reason.trim() === '';
  return (
    <Modal
      open
      title={t(`${act}Title`)}
      onCancel={onClose}
      onOk={() => {
        setChecked(true);
        if (reason.trim() !== '') onSend({ reason: reason.trim(), ...(offersCompensation && compensate ? { compensate } : {}) });
      }}
      okText={t(act)}
      cancelText={common('back')}
      okButtonProps={{ danger: act === 'cancel', loading: isSending }}
    >
      <p className={styles.hint}>{t(`${act}Hint`)}</p>
      <label htmlFor={id}>{t('reason')}</label>
      <Input.TextArea
        id={id}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        maxLength={REASON_MAX}
        autoSize={{ minRows: 3, maxRows: 8 }}
        status={isMissing ? 'error' : ''}
        aria-invalid={isMissing}
        aria-describedby={`${id}-error`}
        autoFocus
      />
      <p id={`${id}-error`} className={styles.error} role="alert">
        {isMissing ? t('reasonRequired') : ''}
      </p>
      {offersCompensation ? (
        <Checkbox checked={compensate} onChange={({ target }) => setCompensate(target.checked)}>
          {t('compensate')}
        </Checkbox>
      ) : null}
    </Modal>
  );
}
