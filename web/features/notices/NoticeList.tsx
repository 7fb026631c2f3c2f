'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { NoticeView } from '#api/views.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './NoticeList.module.css';

/** Notices in words; each leads to where something can be done about it. */
export function NoticeList({ rows, onOpen }: { readonly rows: readonly NoticeView[]; readonly onOpen?: (notice: NoticeView) => void }) {
  const t = useTranslations('notices');
  const { text } = useText();
  return (
    <ul className={styles.list}>
      {rows.map((notice) => (
        <li key={notice.id} data-unread={notice.readAt === null}>
          <Link
            href={notice.taskId === null ? paths.instance(notice.instanceId) : paths.task(notice.instanceId, notice.taskId)}
            onClick={() => onOpen?.(notice)}
          >
            <span className={styles.words}>
              {notice.readAt === null ? <span className="bh-visually-hidden">{t('unread')}</span> : null}
              {t(`type.${notice.type}`, { task: text(notice.taskName) })}
            </span>
            <small>
              {text(notice.serviceName)} {notice.number} · <TimeText at={notice.at} />
            </small>
          </Link>
        </li>
      ))}
    </ul>
  );
}
