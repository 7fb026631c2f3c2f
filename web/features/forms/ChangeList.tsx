'use client';

import { useTranslations } from 'next-intl';
import type { SubmissionView } from '#api/views.ts';
import type { Change, Submitted } from '#core/form/compare.ts';
import type { Edit } from '#core/form/history.ts';
import type { LocalizedText } from '#core/text.ts';
import { useText } from '#web/lib/use-words.ts';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Comparison.module.css';

export interface Version extends Submitted {
  readonly submission: SubmissionView;
}

interface ChangeListProps {
  readonly changes: readonly Change[];
  readonly edits: ReadonlyMap<string, readonly Edit<Version>[]>;
}

/** Changed answers, old and new beside each other. */
export function ChangeList({ changes, edits }: ChangeListProps) {
  const t = useTranslations('task.compare');
  const { text } = useText();
  if (changes.length === 0) return <p className={styles.none}>{t('same')}</p>;
  return (
    <ol className={styles.changes} aria-label={t('changes', { count: changes.length })}>
      {changes.map((change) => (
        <li key={`${change.kind} ${change.path}`} className={styles.change}>
          <div className={styles.question}>
            {change.group.length > 0 ? <span className={styles.group}>{change.group.map(text).join(' · ')}</span> : null}
            <span className={styles.label}>
              {text(change.label)} <Tag tone={TONES[change.kind]}>{t(change.kind)}</Tag>
            </span>
          </div>
          <OldAndNew change={change} />
          <History edits={edits.get(change.path) ?? []} />
        </li>
      ))}
    </ol>
  );
}

const TONES = { added: 'success', removed: 'danger', changed: 'warning' } as const satisfies Record<Change['kind'], Tone>;

/** Never by colour alone: old and new are named, and the old is crossed out. */
function OldAndNew({ change }: { readonly change: Change }) {
  const t = useTranslations('task.compare');
  const { text } = useText();
  const words = (values: readonly LocalizedText[]) => values.map(text).join('\n');
  return (
    <dl className={styles.values}>
      {change.kind === 'added' ? null : (
        <div>
          <dt>{t('before')}</dt>
          <dd>
            <del>{words(change.before)}</del>
          </dd>
        </div>
      )}
      {change.kind === 'removed' ? null : (
        <div>
          <dt>{t('after')}</dt>
          <dd>
            <ins>{words(change.after)}</ins>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Every edit of one answer: who, when, from what to what. A single one says no more than the comparison does, but for its author. */
function History({ edits }: { readonly edits: readonly Edit<Version>[] }) {
  const t = useTranslations('task.compare');
  if (edits.length === 0) return null;
  return (
    <details className={styles.history}>
      <summary>{t('history', { count: edits.length })}</summary>
      <ol>
        {edits.map(({ change, version: { submission } }) => (
          <li key={submission.id}>
            <span className={styles.by}>
              {submission.by ? <PersonChip person={submission.by} /> : null}
              <TimeText at={submission.at} />
            </span>
            <OldAndNew change={change} />
          </li>
        ))}
      </ol>
    </details>
  );
}
