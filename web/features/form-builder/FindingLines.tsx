'use client';

import type { Finding } from '#core/bpmn/finding.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './FormBuilder.module.css';

/** What the checker says, with the mend. */
export function FindingLines({ findings }: { readonly findings: readonly Finding[] }) {
  const { locale } = useText();
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings}>
      {findings.map(({ rule, severity, message, messageZh }, index) => (
        // Two findings may say the same.
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name.
        <li key={`${rule}/${index}`} className={severity === 'error' ? styles.faultyLine : styles.doubtfulLine}>
          {locale === 'zh-CN' && messageZh ? messageZh : message}
        </li>
      ))}
    </ul>
  );
}
