'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, Suspense } from 'react';
import type { MeView } from '#api/views.ts';
import { KeptProvider } from '#web/features/offline/KeptProvider.tsx';
import { LiveProvider } from '#web/lib/live.tsx';
import { MeProvider } from './MeContext.tsx';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';
import { TabBar } from './TabBar.tsx';
import { TopBar } from './TopBar.tsx';

/** What stands around every page of a signed-in person. */
export function Shell({ me, children }: { readonly me: MeView; readonly children: ReactNode }) {
  const t = useTranslations('common');
  return (
    <MeProvider initial={me}>
      <LiveProvider>
        <KeptProvider>
          <div className={styles.shell}>
            <a className={styles.skip} href="#main">
              {t('skipToContent')}
            </a>
            <TopBar />
            <Suspense>
              <Rail />
            </Suspense>
            <main id="main" className={styles.main} tabIndex={-1}>
              {children}
            </main>
            <Suspense>
              <TabBar />
            </Suspense>
          </div>
        </KeptProvider>
      </LiveProvider>
    </MeProvider>
  );
}
