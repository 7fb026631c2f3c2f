'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { NoticeBell } from '#web/features/notices/NoticeBell.tsx';
import { KeptButton } from '#web/features/offline/KeptButton.tsx';
import { useIsPhone } from '#web/lib/use-media.ts';
import { paths } from '#web/paths.ts';
import { LoopFigure } from '#web/ui/LoopFigure.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import styles from './Shell.module.css';

/** Phones have no room for it and are spared its weight. */
const NumberSearch = dynamic(async () => (await import('./NumberSearch.tsx')).NumberSearch);

export function TopBar() {
  const t = useTranslations('common');
  const isPhone = useIsPhone();
  return (
    <header className={styles.bar}>
      <Link className={styles.brandSmall} href={paths.home()}>
        <LoopFigure />
        {t('productName')}
      </Link>
      <div className={styles.search}>{isPhone ? null : <NumberSearch />}</div>
      <span className={styles.gap} />
      <KeptButton />
      <NoticeBell />
      <AccountMenu />
    </header>
  );
}
