'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { LocalizedText } from '#core/text.ts';
import { call } from '#web/lib/api.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './SignInForm.module.css';

export interface DemoPerson {
  readonly signInName: string;
  readonly password?: string;
  readonly name: string;
  readonly nameEn: string;
  readonly roleNames: readonly LocalizedText[];
  readonly organisation: { readonly name: string; readonly nameEn: string };
}

/** In a sample network: whom one can be. Elsewhere the API does not know the address, and nothing is shown. */
export function DemoPeople({ onChoose }: { readonly onChoose: (person: DemoPerson) => void }) {
  const t = useTranslations('auth');
  const common = useTranslations('common');
  const { text, name } = useText();
  const { data } = useQuery({
    queryKey: ['demo-people'],
    queryFn: () => call<readonly DemoPerson[]>('/api/demo/people'),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data || data.length === 0) return null;
  return (
    <details className={styles.demo}>
      <summary>{t('demoTitle')}</summary>
      <p>{t('demoHint')}</p>
      <ul>
        {data.map((person) => (
          <li key={person.signInName}>
            <button type="button" onClick={() => onChoose(person)} aria-label={t('demoSignIn', { name: name(person) })}>
              <span>
                {name(person)} · {person.roleNames.map(text).join(common('separator'))}
              </span>
              <small>{name(person.organisation)}</small>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
