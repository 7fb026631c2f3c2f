'use client';

import { TeamOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { HolderView, PersonView } from '#api/views.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './PersonChip.module.css';

export interface PersonChipProps {
  readonly person: {
    readonly name: string;
    readonly nameEn?: string;
    readonly title?: string;
    readonly organisation?: PersonView['organisation'];
  };
  readonly showsOrganisation?: boolean;
}

export function PersonChip({ person, showsOrganisation = false }: PersonChipProps) {
  const { name } = useText();
  const shown = name(person);
  return (
    <span
      className={styles.chip}
      title={[shown, person.title, person.organisation ? name(person.organisation) : ''].filter(Boolean).join(' · ')}
    >
      <PersonMark person={person} />
      <span className={styles.words}>
        {shown}
        {showsOrganisation && person.organisation ? <small>{name(person.organisation)}</small> : null}
      </span>
    </span>
  );
}

export function PersonMark({ person }: { readonly person: { readonly name: string; readonly nameEn?: string } }) {
  const { name } = useText();
  return (
    <span className={styles.mark} aria-hidden>
      {initialOf(name(person))}
    </span>
  );
}

/** Whoever holds a task: one person, or a role or team with the people behind it. */
export function HolderChip({ holder }: { readonly holder: HolderView }) {
  const { text, name } = useText();
  const t = useTranslations('common');
  if (holder.kind === 'person') {
    return (
      <PersonChip
        person={{
          name: holder.name['zh-CN'],
          nameEn: holder.name.en,
          ...(holder.organisation ? { organisation: holder.organisation } : {}),
        }}
        showsOrganisation
      />
    );
  }
  const members = holder.members.map(name).join(t('separator'));
  return (
    <span className={styles.chip} title={members}>
      <span className={`${styles.mark} ${styles.group}`} aria-hidden>
        <TeamOutlined />
      </span>
      <span className={styles.words}>
        {text(holder.name)}
        {holder.organisation ? <small>{name(holder.organisation)}</small> : null}
      </span>
    </span>
  );
}

/** The last Han sign tells people of one family name apart; in Latin letters the first one does. */
const initialOf = (shown: string): string => (/\p{Script=Han}$/u.test(shown) ? shown.slice(-1) : shown.slice(0, 1).toUpperCase());
