'use client';

import { CheckCircleFilled, CloseCircleFilled, QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useTranslations } from 'next-intl';
import type { ReplayOutcomeView, ReplayView } from '#api/views/audit.ts';
import type { ErrandView } from '#api/views.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrand } from '#web/lib/use-errand.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Audit.module.css';

export interface ReplayPanelProps {
  readonly instanceId: string;
  /** To the step at which the records differ. */
  readonly onGo: (seq: number) => void;
}

/** Has the instance decided again from its first step, and its workflows run again over their histories. */
export function ReplayPanel({ instanceId, onGo }: ReplayPanelProps) {
  const t = useTranslations('audit.replay');
  const words = useErrorWords();
  const { read, ask, isUnderWay } = useErrand<ReplayView>(reads.replay(instanceId), ({ replay }) => replay);
  const error = ask.error ?? read.error;
  const replay = read.data?.replay;
  return (
    <Panel
      title={t('title')}
      extra={
        <Button size="small" loading={isUnderWay} onClick={() => ask.mutate({})}>
          {replay ? t('again') : t('ask')}
        </Button>
      }
    >
      {error ? (
        <p className={styles.replayError} role="alert">
          {words(error)}{' '}
          {ask.error ? null : (
            <Button type="link" size="small" onClick={() => read.refetch()}>
              {t('readAgain')}
            </Button>
          )}
        </p>
      ) : null}
      {read.isPending ? <Bone height="3em" /> : null}
      <div aria-live="polite">
        {replay === null ? <p className={styles.none}>{t('never')}</p> : null}
        {replay && replay.finishedAt === null ? <UnderWay replay={replay} /> : null}
        {replay?.outcome ? <Verdict outcome={replay.outcome} onGo={onGo} /> : null}
      </div>
      {replay ? <Facts replay={replay} outcome={replay.outcome} /> : null}
    </Panel>
  );
}

function UnderWay({ replay: { done, total } }: { readonly replay: ErrandView }) {
  const t = useTranslations('audit.replay');
  return (
    <>
      <p>{total === 0 ? t('waiting') : t('underWay')}</p>
      <Progress percent={total === 0 ? 0 : Math.floor((100 * done) / total)} size="small" aria-label={t('progress')} />
    </>
  );
}

function Verdict({ outcome, onGo }: { readonly outcome: ReplayOutcomeView; readonly onGo: (seq: number) => void }) {
  const t = useTranslations('audit.replay');
  if (outcome.verdict === 'differs') {
    const { seq, where } = outcome;
    return (
      <p>
        <CloseCircleFilled style={{ color: 'var(--bh-color-danger)' }} aria-hidden /> {t(`differs.${where}`, { seq })}{' '}
        <Button type="link" size="small" onClick={() => onGo(seq)}>
          {t('goTo', { seq })}
        </Button>
      </p>
    );
  }
  const isSame = outcome.verdict === 'same';
  return (
    <p>
      {isSame ? <CheckCircleFilled className={styles.confirmedMark} aria-hidden /> : <QuestionCircleOutlined aria-hidden />}{' '}
      {t(`verdict.${outcome.verdict}`)}
    </p>
  );
}

function Facts({ replay, outcome }: { readonly replay: ErrandView; readonly outcome: ReplayOutcomeView | null }) {
  const t = useTranslations('audit.replay');
  const { name } = useText();
  const counted = outcome && outcome.verdict !== 'failed' ? outcome : null;
  return (
    <dl className={styles.facts}>
      <dt>{t('at')}</dt>
      <dd>
        <TimeText at={replay.finishedAt ?? replay.askedAt} as="full" />
      </dd>
      <dt>{t('by')}</dt>
      <dd>{replay.by ? name(replay.by) : '–'}</dd>
      {counted ? (
        <>
          <dt>{t('scope')}</dt>
          <dd>{t('scopeOf', { steps: counted.steps, runs: counted.runs, events: counted.historyEvents })}</dd>
          <dt>{t('versions')}</dt>
          <dd>
            {t('semantics', { number: counted.versions.semantics })} · <span className={styles.hash}>{counted.versions.interpreter}</span>
          </dd>
        </>
      ) : null}
    </dl>
  );
}
