'use client';

import { Input, Modal, Radio } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { ActionDate, ReasonRule } from '#core/bpmn/graph.ts';
import type { LocalizedText } from '#core/text.ts';
import { useText } from '#web/lib/use-words.ts';
import { ReasonField } from '#web/ui/ReasonField.tsx';
import styles from './dialog.module.css';

export interface Reason {
  readonly reasonCode?: string;
  readonly reason?: string;
  /** By the names under which they are asked for. */
  readonly dates?: Readonly<Record<string, string>>;
}

export interface ReasonDialogProps {
  /** What is about to be done: the outcome or action. */
  readonly name: LocalizedText;
  readonly rule: ReasonRule;
  readonly isDanger: boolean;
  readonly isSending: boolean;
  readonly hint?: string;
  /** Days that go with it. */
  readonly asks?: readonly ActionDate[];
  readonly onClose: () => void;
  readonly onSend: (reason: Reason) => void;
}

/** Asks why, as far as the flow wants to know; and whether it is meant, where it cannot be undone. */
export function ReasonDialog({ name, rule, isDanger, isSending, hint, asks = [], onClose, onSend }: ReasonDialogProps) {
  const t = useTranslations('task');
  const common = useTranslations('common');
  const { text } = useText();
  const id = useId();
  const [code, setCode] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [dates, setDates] = useState<Readonly<Record<string, string>>>({});
  const [isChecked, setChecked] = useState(false);
  const isDateMissing = ({ name: asked }: ActionDate): boolean => !dates[asked];
  const isCodeMissing = rule.kind === 'coded' && code === null;
  const isTextMissing = rule.kind === 'required' && reason.trim() === '';
  const asksText = rule.kind !== 'none';

  const send = () => {
    setChecked(true);
    if (isCodeMissing || isTextMissing || asks.some(isDateMissing)) return;
    onSend({
      ...(asks.length === 0 ? {} : { dates }),
      ...(code === null ? {} : { reasonCode: code }),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    });
  };

  return (
    <Modal
      open
      title={asksText ? t('reasonTitle', { outcome: text(name) }) : t('confirmOutcome', { outcome: text(name) })}
      onCancel={onClose}
      onOk={send}
      okText={text(name)}
      cancelText={common('cancel')}
      okButtonProps={{ danger: isDanger, loading: isSending }}
      focusTriggerAfterClose
    >
      <div className={styles.fields}>
        {hint ? <p className={styles.hint}>{hint}</p> : null}
        {rule.kind === 'coded' ? (
          <fieldset aria-describedby={`${id}-code-error`}>
            <legend>{t('reasonCode')}</legend>
            <Radio.Group
              className={styles.codes ?? ''}
              value={code}
              onChange={({ target }) => setCode(String(target.value))}
              options={rule.codes.map((each) => ({ value: each.code, label: text(each.name) }))}
            />
            <p id={`${id}-code-error`} className={styles.error} role="alert">
              {isChecked && isCodeMissing ? t('reasonCodeMissing') : ''}
            </p>
          </fieldset>
        ) : null}
        {asks.map((asked) => (
          <div key={asked.name}>
            <label htmlFor={`${id}-${asked.name}`}>{text(asked.label)}</label>
            <Input
              id={`${id}-${asked.name}`}
              type="date"
              value={dates[asked.name] ?? ''}
              onChange={({ target }) => setDates({ ...dates, [asked.name]: target.value })}
              status={isChecked && isDateMissing(asked) ? 'error' : ''}
              aria-invalid={isChecked && isDateMissing(asked)}
              aria-describedby={`${id}-${asked.name}-error`}
            />
            <p id={`${id}-${asked.name}-error`} className={styles.error} role="alert">
              {isChecked && isDateMissing(asked) ? t('dateMissing') : ''}
            </p>
          </div>
        ))}
        {asksText ? (
          <ReasonField
            label={rule.kind === 'required' ? t('reasonText') : t('reasonTextOptional')}
            value={reason}
            onChange={setReason}
            error={isChecked && isTextMissing ? t('reasonMissing') : ''}
            autoFocus={rule.kind !== 'coded' && asks.length === 0}
          />
        ) : null}
      </div>
    </Modal>
  );
}
