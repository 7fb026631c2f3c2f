'use client';

import { CloudSyncOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import styles from '#web/ui/states.module.css';

/** What Next.js shows in place of a page that failed while it was drawn. */
export function ErrorPage({ retry }: { readonly error: unknown; readonly retry: () => void }) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  return (
    <div className={styles.state} role="alert">
      <CloudSyncOutlined aria-hidden style={{ fontSize: 40, color: 'var(--bh-color-warning)' }} />
      <h1 className={styles.title}>{t('errorTitle')}</h1>
      <p>{t('errorHint')}</p>
      <div className={styles.actions}>
        <Button type="primary" onClick={retry}>
          {common('retry')}
        </Button>
      </div>
    </div>
  );
}
