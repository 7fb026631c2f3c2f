'use client';

import { Input, Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import styles from './Retention.module.css';

export interface HoldReasonProps {
  readonly act: 'hold' | 'lift';
  readonly isSending: boolean;
  readonly onClose: () => void;
  readonly onSend: (reason: string) => void;
}

const REASON_MAX = 2_000;

export function HoldReason({ act, isSending, onClose, onSend }: HoldReasonProps) {
  const t = useTranslations('retention');
  const common = useTranslations('common');
  const id = useId();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isMissing = isChecked && reason.trim() === '';
  return (
    <Modal
      open
      title={t(`${act}Title`)}
      onCancel={onClose}
      onOk={() => {
        setChecked(true);
        if (reason.trim() !== '') onSend(reason.trim());
      }}
      okText={t(act)}
      cancelText={common('back')}
      okButtonProps={{ loading: isSending }}
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
    </Modal>
  );
}
