'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { INBOX_LISTS, type InboxList } from '#api/views/inbox.ts';
import { capped } from '#web/features/shell/Rail.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { paths } from '#web/paths.ts';
import styles from './ListTabs.module.css';

/** The five lists on a phone. On wide screens they stand in the rail. */
export function ListTabs({ list }: { readonly list: InboxList }) {
  const t = useTranslations('inbox');
  const { data } = useRead(reads.inboxCounts());
  return (
    <nav className={styles.tabs} aria-label={t('listsLabel')}>
      {INBOX_LISTS.map((each) => {
        const count = data && (each === 'todo' || each === 'claimable') ? capped(data.counts[each], data.cap) : null;
        return (
          <Link key={each} href={paths.inbox({ list: each })} replace aria-current={each === list ? 'page' : undefined}>
            {t(`lists.${each}`)}
            {count ? <small>{count}</small> : null}
          </Link>
        );
      })}
    </nav>
  );
}
