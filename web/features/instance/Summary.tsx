'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { LinesView, SummaryView } from '#api/views.ts';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Summary.module.css';

/** What the flow says of the instance above its links: when, where, under which number. */
export function Summary({ summary }: { readonly summary: SummaryView | null }) {
  const { text } = useText();
  const id = useId();
  if (!summary) return null;
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{text(summary.title)}</h2>
      <dl className={styles.facts}>
        {summary.facts.map(({ name, value }) => (
          <div key={name['zh-CN']}>
            <dt>{text(name)}</dt>
            <dd>{value.is === 'time' ? dateTime(value.at) : text(value.words)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Status = LinesView['lines'][number]['status'];

const TONES = {
  draft: 'neutral',
  prescribed: 'primary',
  'in-review': 'primary',
  approved: 'primary',
  preparing: 'primary',
  prepared: 'primary',
  ready: 'primary',
  'ready-to-collect': 'primary',
  dispatched: 'primary',
  'counting-back': 'warning',
  restocked: 'neutral',
  destroyed: 'neutral',
  quarantined: 'warning',
  missing: 'danger',
  'handed-over': 'success',
  refused: 'danger',
  'not-dispensed': 'neutral',
  withdrawn: 'neutral',
} as const satisfies Record<Status, Tone>;

/** How each medicine of the prescription stands, from the doctor's desk to the patient's hand. */
export function Lines({ lines }: { readonly lines: LinesView | null }) {
  const t = useTranslations('instance');
  const { text } = useText();
  const id = useId();
  if (!lines) return null;
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{t('lines')}</h2>
      <ul className={styles.lines}>
        {lines.lines.map(({ name, status, since }) => (
          <li key={name['zh-CN']}>
            <span className={styles.drug}>{text(name)}</span>
            <Tag tone={TONES[status]}>{t(`lineStatus.${status}`)}</Tag>
            <TimeText at={since} as="short" />
          </li>
        ))}
      </ul>
    </section>
  );
}
