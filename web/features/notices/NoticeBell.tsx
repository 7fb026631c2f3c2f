'use client';

import { BellOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { capped } from '#web/features/shell/Rail.tsx';
import shell from '#web/features/shell/Shell.module.css';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { paths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import styles from './NoticeList.module.css';
import { NoticeList } from './NoticeList.tsx';
import { useMarkRead } from './use-mark-read.ts';

const SHOWN_MAX = 8;

export function NoticeBell() {
  const t = useTranslations('shell');
  const words = useTranslations('notices');
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const { data } = useRead(reads.notices(), { enabled: isOpen });
  const markRead = useMarkRead();
  const unread = data?.unread ?? me.unreadNotices;

  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={
        <div className={styles.popover}>
          <div className={styles.popoverHead}>
            <strong>{t('notices')}</strong>
            {unread > 0 ? (
              <Button type="link" size="small" onClick={() => markRead()}>
                {t('markRead')}
              </Button>
            ) : null}
          </div>
          <div className={styles.popoverBody}>
            {data && data.rows.length === 0 ? <EmptyState title={words('empty')} hint={words('emptyHint')} /> : null}
            <NoticeList
              rows={data?.rows.slice(0, SHOWN_MAX) ?? []}
              onOpen={({ id }) => {
                setOpen(false);
                void markRead([id]);
              }}
            />
          </div>
          <div className={styles.popoverFoot}>
            <Link href={paths.notices()} onClick={() => setOpen(false)}>
              {t('noticesAll')}
            </Link>
          </div>
        </div>
      }
    >
      <button
        type="button"
        className={shell.iconButton}
        aria-label={t('noticesUnread', { count: unread })}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
      >
        <BellOutlined aria-hidden />
        {unread > 0 ? <span className={shell.unread}>{capped(unread, 99)}</span> : null}
      </button>
    </Popover>
  );
}
