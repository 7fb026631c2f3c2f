'use client';

import { Alert } from 'antd';
import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { labelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { focusField } from './focus.ts';
import { elementIds, useForm } from './form-context.ts';
import { keyOf } from './model.ts';
import { useIssueText } from './use-issue-text.ts';

/** What has to be mended before the form can be sent, each with a way there. Appears once sending was tried. */
export function ErrorSummary() {
  const { id, store, questionnaire, locale } = useForm();
  const t = useTranslations('form');
  const textOf = useIssueText();
  const read = () => store.summary;
  const issues = useSyncExternalStore(store.subscribe, read, read);
  const [labels] = useState(() => labelsByKeyEnd(questionnaire.item ?? []));
  const errors = [...issues].filter(([, issue]) => issue.severity === 'error');
  if (errors.length === 0) return null;
  return (
    <Alert
      className={styles.summary}
      type="error"
      showIcon
      role="alert"
      title={t('summary', { count: errors.length })}
      description={
        <ul className={styles.summaryList}>
          {errors.map(([key, issue]) => {
            const item = labels.get(key.slice(key.indexOf('_')));
            return (
              <li key={key}>
                <button type="button" className={styles.link} onClick={() => focusField(elementIds(id, key).control)}>
                  {item ? labelOf(item, locale) : issue.path || t('issue.other-form')}
                </button>
                <span className={styles.summaryText}>{textOf(issue)}</span>
              </li>
            );
          })}
        </ul>
      }
    />
  );
}

/** Keys differ by row; what follows the row is the item. */
function labelsByKeyEnd(items: readonly QuestionnaireItem[]): ReadonlyMap<string, QuestionnaireItem> {
  const labels = new Map<string, QuestionnaireItem>();
  const collect = (list: readonly QuestionnaireItem[]) => {
    for (const item of list) {
      labels.set(keyOf('', item.linkId), item);
      collect(item.item ?? []);
    }
  };
  collect(items);
  return labels;
}
