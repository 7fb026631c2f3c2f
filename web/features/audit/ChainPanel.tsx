'use client';

import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { AuditView } from '#api/views/audit.ts';
import { Panel } from '#web/ui/Panel.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Audit.module.css';

/** What proves the record: the chain, the two records' agreement, the seal. */
export function ChainPanel({ audit: { chain, seal, checkpoint, header, definitionHash } }: { readonly audit: AuditView }) {
  const t = useTranslations('audit');
  const { divergence } = header.confirmation;
  return (
    <>
      <Panel title={t('chain')}>
        <p>
          {chain.valid ? (
            <CheckCircleFilled className={styles.confirmedMark} aria-hidden />
          ) : (
            <CloseCircleFilled style={{ color: 'var(--bh-color-danger)' }} aria-hidden />
          )}{' '}
          {chain.valid ? t('chainValid') : t('chainBroken', { seq: chain.brokenAt ?? 0 })}
        </p>
        <dl className={styles.facts}>
          <dt>{t('head')}</dt>
          <dd className={styles.hash}>{chain.head}</dd>
          <dt>{t('definition')}</dt>
          <dd className={styles.hash}>{definitionHash}</dd>
        </dl>
        {divergence ? (
          <>
            <p>
              <strong>{t('divergence', { seq: divergence.seq })}</strong>
            </p>
            <dl className={styles.facts}>
              <dt>{t('journalHash')}</dt>
              <dd className={styles.hash}>{divergence.journalHash}</dd>
              <dt>{t('workflowHash')}</dt>
              <dd className={styles.hash}>{divergence.workflowHash}</dd>
            </dl>
          </>
        ) : null}
      </Panel>
      <Panel title={t('seal')}>
        {seal ? (
          <dl className={styles.facts}>
            <dt>{t('sealedAt')}</dt>
            <dd>
              <TimeText at={seal.at} as="full" />
            </dd>
            <dt>{t('sealSeq')}</dt>
            <dd>{seal.lastSeq}</dd>
            <dt>{t('sealHash')}</dt>
            <dd className={styles.hash}>{seal.lastHash}</dd>
            <dt>{t('sealRuns')}</dt>
            <dd className={styles.hash}>{seal.runIds.join(' ')}</dd>
          </dl>
        ) : (
          <p className={styles.none}>{t('notSealed')}</p>
        )}
      </Panel>
      <Panel title={t('checkpoint')}>
        <p>{checkpoint ? t('checkpointHint', { seq: checkpoint.seq }) : t('noCheckpoint')}</p>
        {checkpoint ? (
          <dl className={styles.facts}>
            <dt>{t('checkpointAt')}</dt>
            <dd>
              <TimeText at={checkpoint.at} as="full" />
            </dd>
            <dt>{t('checkpointPlace')}</dt>
            <dd>{t('checkpointOf', { index: checkpoint.index + 1, size: checkpoint.size })}</dd>
            <dt>{t('checkpointRoot')}</dt>
            <dd className={styles.hash}>{checkpoint.root}</dd>
          </dl>
        ) : null}
      </Panel>
    </>
  );
}
