'use client';

import { DiffOutlined, DownOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SubmissionView } from '#api/views.ts';
import { useText } from '#web/lib/use-words.ts';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { Answers } from './Answers.tsx';
import styles from './SubmissionCard.module.css';
import { SubmissionComparison } from './SubmissionComparison.tsx';

export interface SubmissionCardProps {
  readonly submission: SubmissionView;
  /** What this one replaced, newest first. */
  readonly older?: readonly SubmissionView[];
  /** Earlier submissions of the same form, oldest first: what it can be compared with. */
  readonly earlier?: readonly SubmissionView[];
  readonly isOpenAtFirst?: boolean;
}

/** One step's answers with who gave them, and the versions that they replaced. */
export function SubmissionCard({ submission, older = [], earlier = [], isOpenAtFirst = false }: SubmissionCardProps) {
  const t = useTranslations('task');
  const { text } = useText();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [isCompared, setCompared] = useState(false);
  return (
    <article className={styles.card} data-current={submission.isCurrent}>
      <h3>
        <button type="button" className={styles.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span className={styles.title}>
            {text(submission.elementName)}
            {submission.outcome ? <Tag tone="primary">{text(submission.outcome)}</Tag> : null}
            {submission.isCurrent ? null : <Tag tone="neutral">{t(submission.isUndone ? 'versionUndone' : 'versionOld')}</Tag>}
          </span>
          <span className={styles.by}>
            {submission.by ? <PersonChip person={submission.by} /> : null}
            <TimeText at={submission.at} as="short" />
          </span>
          <DownOutlined aria-hidden className={styles.arrow} />
        </button>
      </h3>
      {isOpen ? (
        <div className={styles.body}>
          {earlier.length > 0 ? (
            <Button
              size="small"
              className={styles.compare}
              icon={<DiffOutlined aria-hidden />}
              aria-expanded={isCompared}
              onClick={() => setCompared(!isCompared)}
            >
              {t('compare.button')}
            </Button>
          ) : null}
          {isCompared ? <SubmissionComparison submission={submission} earlier={earlier} /> : null}
          <Answers submission={submission} />
          {older.length > 0 ? (
            <details className={styles.older}>
              <summary>{t('versions', { count: older.length })}</summary>
              {older.map((each) => (
                <SubmissionCard key={each.id} submission={each} earlier={earlier.slice(0, Math.max(0, earlier.indexOf(each)))} />
              ))}
            </details>
          ) : null}
        </div>
      ) : null}
    </article>
  );
}

/** The last submission of each form in a step, each with those that it replaced; one that a return undid is not replaced yet. */
export function SubmissionList({
  submissions,
  openLast = false,
}: {
  readonly submissions: readonly SubmissionView[];
  readonly openLast?: boolean;
}) {
  const slotOf = ({ series, elementId }: SubmissionView): string => `${series} ${elementId}`;
  const last = new Map(submissions.map((submission) => [slotOf(submission), submission]));
  const current = submissions.filter((submission) => last.get(slotOf(submission)) === submission);
  const replacedBy = (submission: SubmissionView): readonly SubmissionView[] =>
    submissions.filter((each) => !current.includes(each) && slotOf(each) === slotOf(submission)).toReversed();
  const earlierOf = (submission: SubmissionView): readonly SubmissionView[] =>
    submissions.slice(0, submissions.indexOf(submission)).filter(({ series }) => series === submission.series);
  return (
    <div className={styles.list}>
      {current.map((submission, index) => (
        <SubmissionCard
          key={submission.id}
          submission={submission}
          older={replacedBy(submission)}
          earlier={earlierOf(submission)}
          isOpenAtFirst={index === 0 || (openLast && index === current.length - 1)}
        />
      ))}
    </div>
  );
}
