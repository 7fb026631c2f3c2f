'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { CommentView } from '#api/views.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './CommentThread.module.css';

/** Few write, everybody reads: the field with its search for people comes after the page. */
const Composer = dynamic(async () => (await import('./Composer.tsx')).Composer, {
  ssr: false,
  loading: () => <Bone height="104px" />,
});

export interface CommentThreadProps {
  readonly instanceId: string;
  readonly comments: readonly CommentView[];
  readonly canComment: boolean;
}

export function CommentThread({ instanceId, comments, canComment }: CommentThreadProps) {
  const t = useTranslations('instance');
  const common = useTranslations('common');
  return (
    <div className={styles.thread}>
      {comments.length === 0 ? <EmptyState title={t('noComments')} {...(canComment ? { hint: t('noCommentsHint') } : {})} /> : null}
      <ol className={styles.list}>
        {comments.map(({ seq, by, at, text }) => (
          <li key={seq}>
            <p className={styles.by}>
              {by ? <PersonChip person={by} showsOrganisation /> : common('anyone')}
              <TimeText at={at} />
            </p>
            <p className={styles.text}>{text}</p>
          </li>
        ))}
      </ol>
      {canComment ? <Composer instanceId={instanceId} /> : null}
    </div>
  );
}
