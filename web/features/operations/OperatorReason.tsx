'use client';

import { Input, Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import styles from './Operations.module.css';

export interface OperatorReasonProps {
  readonly kind: 'resolve' | 'cancel' | 'rebuild';
  readonly isSending: boolean;
  readonly onClose: () => void;
  readonly onSend: (reason: string) => void;
}

const REASON_MAX = 2000;

export function OperatorReason({ kind, isSending, onClose, onSend }: OperatorReasonProps) {
  const t = useTranslations('operations');
  const common = useTranslations('common');
  const id = useId();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isMissing = reason.trim() === '';
  return (
    <Modal
      open
      title={t(kind === 'rebuild' ? 'rebuild.title' : `${kind}Title`)}
      onCancel={onClose}
      onOk={() => {
        setChecked(true);
        if (!isMissing) onSend(reason.trim());
      }}
      okText={t(kind === 'rebuild' ? 'rebuild.ask' : kind)}
      cancelText={common('cancel')}
      okButtonProps={{ danger: kind === 'cancel', loading: isSending }}
    >
      <p className={styles.hint}>{t(kind === 'rebuild' ? 'rebuild.hint' : `${kind}Hint`)}</p>
      <label htmlFor={id}>{t('reason')}</label>
      <Input.TextArea
        id={id}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        maxLength={REASON_MAX}
        autoSize={{ minRows: 3, maxRows: 8 }}
        status={isChecked && isMissing ? 'error' : ''}
        aria-invalid={isChecked && isMissing}
        aria-describedby={`${id}-error`}
        autoFocus
      />
      <p id={`${id}-error`} className={styles.error} role="alert">
        {isChecked && isMissing ? t('reasonRequired') : ''}
      </p>
    </Modal>
  );
}
