import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import styles from './ActButtons.module.css';

export interface ActButton<Code extends string> {
  readonly code: Code;
  readonly name: string;
  /** Why it cannot be done now. */
  readonly reason: string | null;
  readonly tone?: 'primary' | 'danger' | undefined;
}

export interface ActButtonsProps<Code extends string> {
  readonly acts: readonly ActButton<Code>[];
  readonly onAct: (code: Code) => void;
}

/** What may be done, and below it in words why something may not: a reason that shows on hover only is none for whoever has no pointer. */
export function ActButtons<Code extends string>({ acts, onAct }: ActButtonsProps<Code>) {
  const t = useTranslations('common');
  const id = useId();
  const reasons = [...new Set(acts.flatMap(({ reason }) => reason ?? []))];
  const disabled = acts.filter(({ reason }) => reason !== null);
  return (
    <div className={styles.acts}>
      <span className={styles.buttons}>
        {acts.map(({ code, name, reason, tone }) => (
          <Button
            key={code}
            type={tone === 'primary' && reason === null ? 'primary' : 'default'}
            danger={tone === 'danger' && reason === null}
            disabled={reason !== null}
            aria-describedby={reason === null ? undefined : `${id}-${reasons.indexOf(reason)}`}
            onClick={() => onAct(code)}
          >
            {name}
          </Button>
        ))}
      </span>
      {reasons.map((reason, index) => {
        const names = disabled.filter((act) => act.reason === reason).map(({ name }) => name);
        return (
          <small key={reason} id={`${id}-${index}`} className={styles.reason}>
            {reasons.length > 1 ? `${names.join(t('separator'))}${t('colon')}${reason}` : reason}
          </small>
        );
      })}
    </div>
  );
}
