'use client';

import { Alert } from 'antd';
import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { labelOf, shortLabelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { Locale } from '#core/text.ts';
import styles from './FormView.module.css';
import { useForm } from './form-context.ts';
import { keyOf } from './model.ts';
import { useIssueText } from './use-issue-text.ts';

/** What has to be mended before the form can be sent, each with a way there. Appears once sending was tried. */
export function ErrorSummary() {
  const { store, questionnaire, locale, goTo } = useForm();
  const t = useTranslations('form');
  const textOf = useIssueText();
  const read = () => store.summary;
  const issues = useSyncExternalStore(store.subscribe, read, read);
  const [places] = useState(() => placesByKeyEnd(questionnaire.item ?? []));
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
            const place = places.get(key.slice(key.indexOf('_')));
            return (
              <li key={key}>
                <button type="button" className={styles.link} onClick={() => goTo(key)}>
                  {place ? wordsOf(place, locale) : issue.path || t('issue.other-form')}
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

interface Place {
  readonly section: QuestionnaireItem | null;
  readonly group: QuestionnaireItem | null;
  readonly item: QuestionnaireItem;
}

/** Section and group tell apart what is asked more than once in a form: a telephone number, the same of the left and the right side. */
function wordsOf({ section, group, item }: Place, locale: Locale): string {
  const around = [section, group].map((each) => (each ? shortLabelOf(each, locale) : ''));
  return [...new Set([...around, labelOf(item, locale)])].filter(Boolean).join(' · ');
}

/** Keys differ by row; what follows the row is the item. */
function placesByKeyEnd(items: readonly QuestionnaireItem[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const collect = (list: readonly QuestionnaireItem[], section: QuestionnaireItem | null, group: QuestionnaireItem | null) => {
    for (const item of list) {
      places.set(keyOf('', item.linkId), { section, group, item });
      collect(item.item ?? [], section ?? item, item.type === 'group' ? item : group);
    }
  };
  collect(items, null, null);
  return places;
}
