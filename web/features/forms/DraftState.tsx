'use client';

import { CheckOutlined, CloudSyncOutlined, EditOutlined, MobileOutlined, WarningOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useTranslations } from 'next-intl';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { clock, shortDateTime } from '#web/lib/time.ts';
import { usePresent } from '#web/lib/use-now.ts';
import styles from './DraftState.module.css';
import type { Draft, DraftStatus } from './use-draft.ts';

/** Whether what was written is safe, in a few quiet words. */
export function DraftState({ status }: { readonly status: DraftStatus }) {
  const t = useTranslations('task.draft');
  const now = usePresent();
  return (
    <span className={styles.state} aria-live="polite">
      {status.kind === 'saving' ? (
        <>
          <CloudSyncOutlined aria-hidden /> {t('saving')}
        </>
      ) : status.kind === 'unsaved' ? (
        <>
          <EditOutlined aria-hidden /> {t('unsaved')}
        </>
      ) : status.kind === 'kept' || status.kind === 'signed-out' ? (
        <span className={styles.kept}>
          <MobileOutlined aria-hidden /> {t(status.kind === 'kept' ? 'kept' : 'signedOut')}
        </span>
      ) : status.kind === 'failed' ? (
        <span className={styles.failed}>
          <WarningOutlined aria-hidden /> {t('failed')}
        </span>
      ) : status.kind === 'saved' ? (
        <>
          <CheckOutlined aria-hidden /> {t('saved', { time: clock(status.at) })}
        </>
      ) : status.kind === 'restored' ? (
        t('restored', { time: shortDateTime(status.at, now) })
      ) : null}
    </span>
  );
}

export interface DraftConflictProps {
  readonly draft: Draft;
  readonly onTake: (response: QuestionnaireResponse) => void;
}

/** Two pages write the same draft: neither wins in silence. */
export function DraftConflict({ draft, onTake }: DraftConflictProps) {
  const t = useTranslations('task.draft');
  if (draft.status.kind !== 'conflict') return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('conflictTitle')}
      description={
        <>
          <p>{t('conflictHint')}</p>
          <p className={styles.choices}>
            <Button
              onClick={() => {
                const response = draft.takeOther();
                if (response) onTake(response);
              }}
            >
              {t('useOther')}
            </Button>
            <Button onClick={draft.keepMine}>{t('keepThis')}</Button>
          </p>
        </>
      }
    />
  );
}
