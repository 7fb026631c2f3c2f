'use client';

import {
  AuditOutlined,
  BellOutlined,
  BookOutlined,
  BranchesOutlined,
  CheckSquareOutlined,
  CopyOutlined,
  FormOutlined,
  InboxOutlined,
  LayoutOutlined,
  LineChartOutlined,
  PlusOutlined,
  ProfileOutlined,
  ReadOutlined,
  SendOutlined,
  ToolOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { INBOX_LISTS, type InboxList } from '#api/views/inbox.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { paths } from '#web/paths.ts';
import { LoopFigure } from '#web/ui/LoopFigure.tsx';
import { useMe } from './MeContext.tsx';
import styles from './Shell.module.css';

const LIST_ICONS: Record<InboxList, ReactNode> = {
  todo: <InboxOutlined aria-hidden />,
  claimable: <UsergroupAddOutlined aria-hidden />,
  done: <CheckSquareOutlined aria-hidden />,
  started: <SendOutlined aria-hidden />,
  cc: <CopyOutlined aria-hidden />,
};

/** The way to everything, at the side of wide screens: the five lists with their counts are always one click away. */
export function Rail() {
  const t = useTranslations('shell');
  const common = useTranslations('common');
  const lists = useTranslations('inbox.lists');
  const me = useMe();
  const path = usePathname();
  const list = useSearchParams().get('list') ?? 'todo';
  const { data } = useRead(reads.inboxCounts());

  return (
    <nav className={styles.rail} aria-label={t('mainNavigation')}>
      <Link className={styles.brand} href={paths.home()}>
        <LoopFigure />
        {common('productFull')}
      </Link>
      {me.can.start ? (
        <Link className={styles.applyButton} href={paths.apply()} aria-current={path.startsWith('/apply') ? 'page' : undefined}>
          <PlusOutlined aria-hidden />
          {t('apply')}
        </Link>
      ) : null}
      <h2 className={styles.railHeading}>{t('inbox')}</h2>
      {INBOX_LISTS.map((each) => (
        <RailItem
          key={each}
          href={paths.inbox({ list: each })}
          icon={LIST_ICONS[each]}
          isCurrent={path === '/inbox' && list === each}
          count={data && (each === 'todo' || each === 'claimable') ? capped(data.counts[each], data.cap) : null}
          isLate={each === 'todo' && (data?.overdue ?? 0) > 0}
        >
          {lists(each)}
        </RailItem>
      ))}
      {me.can.read ||
      me.can.audit ||
      me.can.operate ||
      me.can.readDefinitions ||
      me.can.readForms ||
      me.can.readQuality ||
      me.can.manageMasterData ? (
        <h2 className={styles.railHeading}>{t('oversight')}</h2>
      ) : null}
      {me.can.read ? (
        <RailItem href={paths.instances()} icon={<ProfileOutlined aria-hidden />} isCurrent={path === '/instances'}>
          {t('instances')}
        </RailItem>
      ) : null}
      {me.can.readQuality ? (
        <RailItem href={paths.quality()} icon={<LineChartOutlined aria-hidden />} isCurrent={path.startsWith('/quality')}>
          {t('quality')}
        </RailItem>
      ) : null}
      {me.can.audit ? (
        <RailItem href={paths.audit()} icon={<AuditOutlined aria-hidden />} isCurrent={path.startsWith('/audit')}>
          {t('audit')}
        </RailItem>
      ) : null}
      {me.can.operate ? (
        <RailItem href={paths.operations()} icon={<ToolOutlined aria-hidden />} isCurrent={path.startsWith('/operations')}>
          {t('operations')}
        </RailItem>
      ) : null}
      {me.can.manageMasterData ? (
        <RailItem href={paths.masterData()} icon={<BookOutlined aria-hidden />} isCurrent={path.startsWith('/master-data')}>
          {t('masterData')}
        </RailItem>
      ) : null}
      {me.can.readDefinitions ? (
        <RailItem href={paths.definitions()} icon={<BranchesOutlined aria-hidden />} isCurrent={path.startsWith('/definitions')}>
          {t('definitions')}
        </RailItem>
      ) : null}
      {me.can.readForms ? (
        <RailItem href={paths.forms()} icon={<LayoutOutlined aria-hidden />} isCurrent={path.startsWith('/forms')}>
          {t('forms')}
        </RailItem>
      ) : null}
      <h2 className={styles.railHeading}>{t('mine')}</h2>
      <RailItem href={paths.standards()} icon={<ReadOutlined aria-hidden />} isCurrent={path.startsWith('/standards')}>
        {t('standards')}
      </RailItem>
      <RailItem href={paths.notices()} icon={<BellOutlined aria-hidden />} isCurrent={path === '/notices'}>
        {t('notices')}
      </RailItem>
      <RailItem href={paths.settings()} icon={<FormOutlined aria-hidden />} isCurrent={path === '/settings'}>
        {t('settings')}
      </RailItem>
    </nav>
  );
}

interface RailItemProps {
  readonly href: string;
  readonly icon: ReactNode;
  readonly isCurrent: boolean;
  readonly count?: string | null;
  readonly isLate?: boolean;
  readonly children: ReactNode;
}

const RailItem = ({ href, icon, isCurrent, count = null, isLate = false, children }: RailItemProps) => (
  <Link className={styles.railItem} href={href} aria-current={isCurrent ? 'page' : undefined}>
    {icon}
    <span className={styles.railWords}>{children}</span>
    {count ? <span className={`${styles.count} ${isLate ? styles.countLate : ''}`}>{count}</span> : null}
  </Link>
);

export const capped = (count: number, cap: number): string | null => (count === 0 ? null : count > cap ? `${cap}+` : String(count));
