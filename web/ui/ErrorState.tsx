'use client';

import { CloudSyncOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useErrorWords } from '#web/lib/use-words.ts';
import styles from './states.module.css';

/** What could not be read, why, and the way to try again. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const t = useTranslations('common');
  const words = useErrorWords();
  return (
    <div className={styles.state} role="alert">
      <CloudSyncOutlined aria-hidden style={{ fontSize: 40, color: 'var(--bh-color-warning)' }} />
      <p className={styles.title}>{t('errorTitle')}</p>
      <p>{words(error)}</p>
      {onRetry ? (
        <div className={styles.actions}>
          <Button type="primary" onClick={onRetry}>
            {t('retry')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
