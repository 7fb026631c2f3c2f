import { Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import styles from './ReasonDialog.module.css';
import { ReasonField } from './ReasonField.tsx';

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
      <ReasonField label={label} value={reason} onChange={setReason} error={isMissing ? required : ''} autoFocus />
      {children}
    </Modal>
  );
}
