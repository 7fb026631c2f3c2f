'use client';

import { Button, Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import styles from './Kept.module.css';
import { KEPT_DAYS } from './kept.ts';

export interface NotSentDialogProps {
  readonly onKeep: () => Promise<void>;
  readonly onStay: () => void;
}

/** Nobody answered: said before anything else, so that nobody leaves in the belief that it was sent. */
export function NotSentDialog({ onKeep, onStay }: NotSentDialogProps) {
  const t = useTranslations('offline');
  const [isKeeping, setKeeping] = useState(false);
  const keep = async () => {
    setKeeping(true);
    await onKeep();
    setKeeping(false);
  };
  return (
    <Modal
      open
      title={t('notSentYet')}
      onCancel={onStay}
      footer={
        <div className={styles.choices}>
          <Button size="large" onClick={onStay}>
            {t('stay')}
          </Button>
          <Button type="primary" size="large" loading={isKeeping} onClick={keep}>
            {t('sendLater')}
          </Button>
        </div>
      }
    >
      <div className={styles.dialog}>
        <p>{t('notSentHint')}</p>
        <p>{t('sendLaterHint', { days: KEPT_DAYS })}</p>
      </div>
    </Modal>
  );
}
