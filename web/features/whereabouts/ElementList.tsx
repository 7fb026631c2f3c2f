'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ElementWhereabouts } from '#api/views/whereabouts.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Tag } from '#web/ui/Tag.tsx';
import styles from './Whereabouts.module.css';

export interface ElementListProps {
  readonly flowKey: string;
  readonly version: number;
  readonly elements: readonly ElementWhereabouts[];
  readonly selected: string | null;
}

/** What the figures on the diagram say, to be read and chosen from on a phone, with a keyboard, or aloud. */
export function ElementList({ flowKey, version, elements, selected }: ElementListProps) {
  const t = useTranslations('whereabouts');
  const { text } = useText();
  return (
    <ul className={styles.elements} aria-label={t('elements')}>
      {elements.map(({ elementId, name, instances, incidents }) => (
        <li key={elementId}>
          <Link
            href={paths.whereabouts(flowKey, version, elementId)}
            replace
            scroll={false}
            aria-current={elementId === selected ? 'true' : undefined}
          >
            <span className={styles.name}>{text(name) || elementId}</span>
            <span className={styles.marks}>
              {instances > 0 ? <Tag tone="primary">{t('at', { count: instances })}</Tag> : null}
              {incidents > 0 ? <Tag tone="danger">{t('failedAt', { count: incidents })}</Tag> : null}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
