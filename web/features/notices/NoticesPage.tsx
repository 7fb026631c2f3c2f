'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import styles from './NoticeList.module.css';
import { NoticeList } from './NoticeList.tsx';
import { useMarkRead } from './use-mark-read.ts';

export function NoticesPage() {
  const t = useTranslations('notices');
  const shell = useTranslations('shell');
  const { data, error, refetch } = useRead(reads.notices());
  const markRead = useMarkRead();
  return (
    <Page isNarrow>
      <PageHeader
        title={t('title')}
        actions={data && data.unread > 0 ? <Button onClick={() => markRead()}>{shell('markRead')}</Button> : null}
      />
      {error && !data ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      {data?.rows.length === 0 ? <EmptyState title={t('empty')} hint={t('emptyHint')} /> : null}
      {data && data.rows.length > 0 ? (
        <div className={styles.sheet}>
          <NoticeList rows={data.rows} onOpen={({ id }) => void markRead([id])} />
        </div>
      ) : null}
      {data || error ? null : <Bone height="320px" />}
    </Page>
  );
}
