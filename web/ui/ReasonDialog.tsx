import { Input, Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import styles from './ReasonDialog.module.css';

export interface ReasonDialogProps {
  readonly title: string;
  /** What will come of it. */
  readonly hint: ReactNode;
  readonly label: string;
  /** Said where it was sent without a reason; absent where it may be left out. */
  readonly required?: string;
  readonly okText: string;
  readonly cancelText?: string;
  readonly isDanger?: boolean;
  /** False while something else that it asks for is missing. */
  readonly canSend?: boolean;
  readonly isSending: boolean;
  readonly onClose: () => void;
  readonly onSend: (reason: string) => void;
  /** What else is chosen with it. */
  readonly children?: ReactNode;
}

const REASON_MAX = 2_000;

/** An act that is recorded with its reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const {
    title,
    hint,
    label,
    required,
    okText,
    cancelText,
    isDanger = false,
    canSend = true,
    isSending,
    onClose,
    onSend,
    children,
  } = props;
  const common = useTranslations('common');
  const id = useId();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isMissing = required !== undefined && isChecked && reason.trim() === '';
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={() => {
        setChecked(true);
        if (required === undefined || reason.trim() !== '') onSend(reason.trim());
      }}
      okText={okText}
      cancelText={cancelText ?? common('back')}
      okButtonProps={{ danger: isDanger, disabled: !canSend, loading: isSending }}
    >
      <div className={styles.hint}>{hint}</div>
      <label htmlFor={id}>{label}</label>
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
        {isMissing ? required : ''}
      </p>
      {children}
    </Modal>
  );
}
