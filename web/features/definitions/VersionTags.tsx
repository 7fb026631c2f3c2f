'use client';

import { useTranslations } from 'next-intl';
import type { DefinitionAct } from '#api/views/definitions.ts';
import type { VersionStanding, VersionState } from '#core/version/life.ts';
import { useText } from '#web/lib/use-words.ts';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Definitions.module.css';

const TONES: Record<VersionState, Tone> = { draft: 'info', published: 'neutral', retired: 'neutral' };

export function VersionTags({ version: { state, isCurrent } }: { readonly version: VersionStanding }) {
  const t = useTranslations('definitions');
  return (
    <span className={styles.marks}>
      <Tag tone={TONES[state]} isPlain={state === 'retired'}>
        {t(`state.${state}`)}
      </Tag>
      {isCurrent ? <Tag tone="primary">{t('current')}</Tag> : null}
    </span>
  );
}

/** Who did what with a version, and when. */
export function ActWords({ act: { act, by, at } }: { readonly act: DefinitionAct }) {
  const t = useTranslations('definitions');
  const { name } = useText();
  return (
    <span className={styles.marks}>
      <span>{t(`acts.${act}`)}</span>
      <span>{by ? name(by) : t('product')}</span>
      <span className={styles.quiet}>
        <TimeText at={at} />
      </span>
    </span>
  );
}
