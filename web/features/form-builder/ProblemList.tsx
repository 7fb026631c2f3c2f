'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import type { Finding } from '#core/bpmn/finding.ts';
import { labelOf } from '#core/form/localize.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './FormBuilder.module.css';

export interface ProblemListProps {
  readonly findings: readonly Finding[];
  readonly form: Questionnaire;
  readonly onShow: (linkId: string | null) => void;
}

/** Everything that the checker says of the form, each a way to its item. */
export function ProblemList({ findings, form, onShow }: ProblemListProps) {
  const t = useTranslations('formBuilder');
  const { locale } = useText();
  if (findings.length === 0) return <p className={styles.noProblems}>{t('noProblems')}</p>;
  return (
    <details className={styles.problems} open>
      <summary>{t('problemCount', { count: findings.length })}</summary>
      <ul>
        {findings.map(({ elementId, rule, severity, message, messageZh }, index) => {
          const found = findItem(form, elementId);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same.
            <li key={`${elementId}/${rule}/${index}`}>
              <Button
                type="link"
                size="small"
                className={severity === 'error' ? styles.faultyLine : styles.doubtfulLine}
                onClick={() => onShow(found ? elementId : null)}
              >
                <strong>{found ? labelOf(found.item, locale) || elementId : t('form')}</strong>{' '}
                {locale === 'zh-CN' && messageZh ? messageZh : message}
              </Button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
