'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import type { Finding } from '#core/bpmn/finding.ts';
import { useText } from '#web/lib/use-words.ts';
import { Tag } from '#web/ui/Tag.tsx';
import styles from './Definitions.module.css';

export interface FindingListProps {
  readonly findings: readonly Finding[];
  /** Of which the way is shown. */
  readonly shown: number | null;
  readonly onShow: (index: number) => void;
}

/** What the checker says: where, how bad, the mend, and how it comes to it. */
export function FindingList({ findings, shown, onShow }: FindingListProps) {
  const t = useTranslations('definitions');
  const { locale } = useText();
  if (findings.length === 0) return <p>{t('noFindings')}</p>;
  return (
    <ul className={styles.list}>
      {[...findings.entries()].sort(bySeverity).map(([index, { file, elementId, severity, message, messageZh, counterExample }]) => (
        <li key={index}>
          <span className={styles.marks}>
            <Tag tone={severity === 'error' ? 'danger' : 'warning'}>{t(`severity.${severity}`)}</Tag>
            <code>{[file, elementId].filter(Boolean).join(' · ')}</code>
          </span>
          <span>{locale === 'zh-CN' && messageZh ? messageZh : message}</span>
          {counterExample ? (
            <Button className={styles.showWay} size="small" aria-pressed={shown === index} onClick={() => onShow(index)}>
              {t('showWay')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

const bySeverity = ([, left]: [number, Finding], [, right]: [number, Finding]): number =>
  Number(right.severity === 'error') - Number(left.severity === 'error');
