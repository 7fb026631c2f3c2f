import { Input } from 'antd';
import { useId } from 'react';
import { REASON_LENGTH_MAX } from '#core/process/lengths.ts';
import styles from './ReasonField.module.css';

export interface ReasonFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (reason: string) => void;
  /** What is wrong with it; empty while nothing is. */
  readonly error?: string;
  readonly autoFocus?: boolean;
}

/** Why something is done, in words, as it is recorded. */
export function ReasonField({ label, value, onChange, error = '', autoFocus = false }: ReasonFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        maxLength={REASON_LENGTH_MAX}
        rows={4}
        status={error ? 'error' : ''}
        aria-invalid={error !== ''}
        aria-describedby={`${id}-error`}
        autoFocus={autoFocus}
      />
      <p id={`${id}-error`} className={styles.error} role="alert">
        {error}
      </p>
    </div>
  );
}
