'use client';

import { useTranslations } from 'next-intl';
import type { SubmissionView } from '#api/views.ts';
import { titleOf } from '#core/form/localize.ts';
import { FormReadView } from '#web/form-view/FormReadView.tsx';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './print.module.css';

/** One submission: what step, how it was decided, by whom and when, and the answers. */
export function PrintSubmission({ submission }: { readonly submission: SubmissionView }) {
  const t = useTranslations('task');
  const { locale, text, name } = useText();
  const { elementName, outcome, by, at, form, isCurrent, isUndone } = submission;
  const step = text(elementName);
  const title = titleOf(form.questionnaire, locale);
  return (
    <article className={styles.submission} data-current={isCurrent}>
      <header className={styles.submissionHead}>
        <h2 className={styles.submissionTitle}>
          {[step, title === step ? '' : title].filter(Boolean).join(' · ')}
          {outcome ? <span className={styles.mark}>{text(outcome)}</span> : null}
          {isCurrent ? null : <span className={styles.mark}>{t(isUndone ? 'versionUndone' : 'versionOld')}</span>}
        </h2>
        <p className={styles.by}>{[by ? name(by) : '', dateTime(at)].filter(Boolean).join(' · ')}</p>
      </header>
      <FormReadView questionnaire={form.questionnaire} response={submission.response} locale={locale} headingLevel={3} />
    </article>
  );
}
