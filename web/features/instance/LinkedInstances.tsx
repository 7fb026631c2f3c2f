'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { LinkedInstanceView } from '#api/views.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { StateTag } from '#web/ui/StateTag.tsx';
import styles from './InstancePage.module.css';

/** The other instances of a course of care: what opened this one, and what it opened. */
export function LinkedInstances({ linked }: { readonly linked: readonly LinkedInstanceView[] }) {
  const t = useTranslations('instance');
  const { text } = useText();
  const id = useId();
  if (linked.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('linked.title')}</h2>
      <ul className={styles.linked}>
        {linked.map(({ relation, instanceId, number, title, status }) => (
          <li key={instanceId}>
            <span className={styles.relation}>{t(`linked.${relation}`)}</span>
            <Link href={paths.instance(instanceId)}>
              {text(title)} {number}
            </Link>
            <StateTag status={status} />
          </li>
        ))}
      </ul>
    </section>
  );
}
