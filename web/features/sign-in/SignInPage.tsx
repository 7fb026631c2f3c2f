'use client';

import { useTranslations } from 'next-intl';
import { LanguageSwitch } from '#web/features/settings/LanguageSwitch.tsx';
import { LoopFigure } from '#web/ui/LoopFigure.tsx';
import { LoopRing } from './LoopRing.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './SignInPage.module.css';

export function SignInPage({ next }: { readonly next: string }) {
  const t = useTranslations('auth');
  const common = useTranslations('common');
  return (
    <div className={styles.page}>
      <aside className={styles.side}>
        <p className={styles.brand}>
          <LoopFigure className={styles.mark} />
          <span>{common('productFull')}</span>
        </p>
        <LoopRing />
        <p className={styles.lead}>{t('lead')}</p>
        <p className={styles.more}>{t('leadMore')}</p>
      </aside>
      <main className={styles.main}>
        <div className={styles.language}>
          <LanguageSwitch />
        </div>
        <div className={styles.form}>
          <p className={styles.brandSmall}>
            <LoopFigure className={styles.markSmall} />
            {common('productFull')}
          </p>
          <h1>{t('title')}</h1>
          <SignInForm next={next} />
        </div>
      </main>
    </div>
  );
}
