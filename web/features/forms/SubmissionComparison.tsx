'use client';

import { Select } from 'antd';
import { useTimeZone, useTranslations } from 'next-intl';
import { useId, useMemo, useState } from 'react';
import type { SubmissionView } from '#api/views.ts';
import { compareSubmissions } from '#core/form/compare.ts';
import { editsOf } from '#core/form/history.ts';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import { ChangeList, type Version } from './ChangeList.tsx';
import styles from './Comparison.module.css';

export interface SubmissionComparisonProps {
  readonly submission: SubmissionView;
  /** Earlier submissions of the same form, oldest first; one at least. */
  readonly earlier: readonly SubmissionView[];
}

/** What differs between a submission and an earlier one of the same form, and how each of these answers came about. */
export function SubmissionComparison({ submission, earlier }: SubmissionComparisonProps) {
  const t = useTranslations('task.compare');
  const { text, name } = useText();
  const zone = useTimeZone();
  const id = useId();
  const [chosen, setChosen] = useState(earlier.at(-1)?.id);
  const before = earlier.find((each) => each.id === chosen) ?? earlier.at(-1);
  const edits = useMemo(() => editsOf([...earlier, submission].map(versionOf), { zone }), [earlier, submission, zone]);
  if (!before) return null;
  const changes = compareSubmissions(versionOf(before), versionOf(submission), { zone });
  return (
    <div className={styles.comparison}>
      <div className={styles.with}>
        <label htmlFor={id}>{t('with')}</label>
        <Select<string>
          id={id}
          className={styles.choice}
          value={before.id}
          options={earlier.toReversed().map((each) => ({
            value: each.id,
            label: [text(each.elementName), each.by ? name(each.by) : '', dateTime(each.at)].filter(Boolean).join(' · '),
          }))}
          onChange={setChosen}
        />
      </div>
      <ChangeList changes={changes} edits={edits} />
    </div>
  );
}

const versionOf = (submission: SubmissionView): Version => ({
  questionnaire: submission.form.questionnaire,
  response: submission.response,
  submission,
});
