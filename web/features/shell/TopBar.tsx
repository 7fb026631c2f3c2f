'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { NoticeBell } from '#web/features/notices/NoticeBell.tsx';
import { paths } from '#web/paths.ts';
import { LoopFigure } from '#web/ui/LoopFigure.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { NumberSearch } from './NumberSearch.tsx';
import styles from './Shell.module.css';

export function TopBar() {
  const t = useTranslations('common');
  return (
    <header className={styles.bar}>
      <Link className={styles.brandSmall} href={paths.home()}>
        <LoopFigure />
        {t('productName')}
      </Link>
      <div className={styles.search}>
        <NumberSearch />
      </div>
      <span className={styles.gap} />
      <NoticeBell />
      <AccountMenu />
    </header>
  );
}
