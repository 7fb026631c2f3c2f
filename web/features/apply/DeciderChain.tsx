'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { DeciderView } from '#api/views.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { useIsPhone } from '#web/lib/use-media.ts';
import { useText } from '#web/lib/use-words.ts';
import { HolderChip, PersonChip } from '#web/ui/PersonChip.tsx';
import styles from './DeciderChain.module.css';

/** Who will hold the request after it is sent, as far as it is known before. */
export function DeciderChain({ deciders }: { readonly deciders: readonly DeciderView[] }) {
  const t = useTranslations('apply');
  const common = useTranslations('common');
  const { text, name } = useText();
  const { person } = useMe();
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(!isPhone);
  return (
    <details className={styles.panel} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('chain')}</summary>
      <p className={styles.hint}>{t('chainHint')}</p>
      <ol className={styles.chain}>
        <li>
          <span className={styles.step}>{t('you')}</span>
          <PersonChip person={person} />
        </li>
        {deciders.map(({ elementId, name: step, phase, holders }) => (
          <li key={elementId}>
            <span className={styles.step}>
              {text(step)}
              {phase && common(`phase.${phase}`) !== text(step) ? <small>{common(`phase.${phase}`)}</small> : null}
            </span>
            {holders.map((holder) => (
              <div key={holder.principal} className={styles.holder}>
                <HolderChip holder={holder} />
                {holder.members.length > 0 ? <small>{holder.members.map(name).join(common('separator'))}</small> : null}
              </div>
            ))}
          </li>
        ))}
      </ol>
    </details>
  );
}
