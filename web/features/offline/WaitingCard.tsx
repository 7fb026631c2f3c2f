'use client';

import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslations } from 'next-intl';
import { dateTime } from '#web/lib/time.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import styles from './Kept.module.css';
import { expiresAt, type KeptHead } from './kept.ts';

export interface WaitingCardProps {
  readonly head: KeptHead;
  /** False: it is on its way. */
  readonly onTakeBack: () => Promise<boolean>;
  readonly onSendAgain: () => Promise<void>;
}

/** In the place of a form that was to be sent: that it was not, why, and what can be done. */
export function WaitingCard({ head, onTakeBack, onSendAgain }: WaitingCardProps) {
  const t = useTranslations('offline');
  const errorWords = useErrorWords();
  const { message } = App.useApp();
  const { state } = head;
  const isRefused = state.kind === 'not-sent';
  const takeBack = async () => {
    if (!(await onTakeBack())) message.info(t('onItsWay'));
  };
  return (
    <section className={styles.card} role={isRefused ? 'alert' : 'status'} tabIndex={-1} ref={focus}>
      {isRefused ? <WarningOutlined aria-hidden className={styles.bad} /> : <ClockCircleOutlined aria-hidden className={styles.mark} />}
      <h2>{t(isRefused ? 'notSentTitle' : 'notSentYet')}</h2>
      <p>{isRefused ? errorWords(state.code) : t('waitingHint')}</p>
      <p className={styles.small}>
        {isRefused ? t('mendHint') : null} {t('until', { time: dateTime(expiresAt(head)) })}
      </p>
      <div className={styles.choices}>
        <Button size="large" type={isRefused ? 'primary' : 'default'} onClick={takeBack}>
          {t('takeBack')}
        </Button>
        {isRefused ? (
          <Button size="large" onClick={onSendAgain}>
            {t('sendAgain')}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

/** Whoever was at the foot of a long form sees and hears what became of it. */
function focus(card: HTMLElement | null): void {
  card?.focus();
}
