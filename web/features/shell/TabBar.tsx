'use client';

import { BellOutlined, InboxOutlined, PlusCircleOutlined, SendOutlined, UserOutlined } from '@ant-design/icons';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { paths } from '#web/paths.ts';
import { useMe } from './MeContext.tsx';
import { capped } from './Rail.tsx';
import styles from './Shell.module.css';

/** The way to everything at the thumb of a phone's user. */
export function TabBar() {
  const t = useTranslations('shell');
  const me = useMe();
  const path = usePathname();
  const list = useSearchParams().get('list') ?? 'todo';
  const { data } = useRead(reads.inboxCounts());
  const open = data ? capped(data.counts.todo, data.cap) : null;

  const tabs = [
    {
      href: paths.inbox(),
      icon: <InboxOutlined aria-hidden />,
      label: t('inbox'),
      isCurrent: path === '/inbox' && list !== 'started',
      count: open,
    },
    ...(me.can.start
      ? [
          {
            href: paths.apply(),
            icon: <PlusCircleOutlined aria-hidden />,
            label: t('applyShort'),
            isCurrent: path.startsWith('/apply'),
            count: null,
          },
        ]
      : []),
    {
      href: paths.inbox({ list: 'started' }),
      icon: <SendOutlined aria-hidden />,
      label: t('started'),
      isCurrent: path === '/inbox' && list === 'started',
      count: null,
    },
    {
      href: paths.notices(),
      icon: <BellOutlined aria-hidden />,
      label: t('notices'),
      isCurrent: path === '/notices',
      count: capped(me.unreadNotices, 99),
    },
    { href: paths.settings(), icon: <UserOutlined aria-hidden />, label: t('mine'), isCurrent: path === '/settings', count: null },
  ];
  return (
    <nav className={styles.tabs} aria-label={t('mainNavigation')}>
      {tabs.map(({ href, icon, label, isCurrent, count }) => (
        <Link key={href} className={styles.tab} href={href} aria-current={isCurrent ? 'page' : undefined}>
          {icon}
          {label}
          {count ? <span className={styles.unread}>{count}</span> : null}
        </Link>
      ))}
    </nav>
  );
}
