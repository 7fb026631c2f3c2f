'use client';

import { useTranslations } from 'next-intl';
import { PHASES } from '#core/bpmn/graph.ts';
import { LanguageSwitch } from '#web/features/settings/LanguageSwitch.tsx';
import { LoopFigure } from '#web/ui/LoopFigure.tsx';
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
        <p className={styles.lead}>{t('lead')}</p>
        <p className={styles.more}>{t('leadMore')}</p>
        <ol className={styles.links} aria-hidden>
          {PHASES.map((phase) => (
            <li key={phase}>{common(`phase.${phase}`)}</li>
          ))}
        </ol>
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
