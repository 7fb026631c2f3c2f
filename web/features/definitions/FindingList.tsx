'use client';

import { useTranslations } from 'next-intl';
import type { Finding } from '#core/bpmn/finding.ts';
import { useText } from '#web/lib/use-words.ts';
import { Tag } from '#web/ui/Tag.tsx';
import styles from './Definitions.module.css';

/** What the checker says: where, how bad, and the mend. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  const t = useTranslations('definitions');
  const { locale } = useText();
  if (findings.length === 0) return <p>{t('noFindings')}</p>;
  return (
    <ul className={styles.list}>
      {[...findings].sort(bySeverity).map(({ file, elementId, rule, severity, message, messageZh }, index) => (
        // A rule may find the same element twice; the list never changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is all that tells two equal findings apart.
        <li key={`${rule}/${elementId}/${index}`}>
          <span className={styles.marks}>
            <Tag tone={severity === 'error' ? 'danger' : 'warning'}>{t(`severity.${severity}`)}</Tag>
            <code>{[file, elementId].filter(Boolean).join(' · ')}</code>
          </span>
          <span>{locale === 'zh-CN' && messageZh ? messageZh : message}</span>
        </li>
      ))}
    </ul>
  );
}

const bySeverity = (left: Finding, right: Finding): number => Number(right.severity === 'error') - Number(left.severity === 'error');
