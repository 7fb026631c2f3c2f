'use client';

import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Slider } from 'antd';
import { useTranslations } from 'next-intl';
import type { SetStateAction } from 'react';
import type { AuditStep } from '#api/views.ts';
import { clockWithSeconds, day } from '#web/lib/time.ts';
import { useKeys } from '#web/lib/use-keys.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './Audit.module.css';
import { useCommandWords } from './use-command-words.ts';

export interface PlayerProps {
  readonly steps: readonly AuditStep[];
  readonly seq: number;
  readonly onGo: (to: SetStateAction<number>) => void;
}

export function Player({ steps, seq, onGo }: PlayerProps) {
  const t = useTranslations('audit');
  const { name } = useText();
  const commandWords = useCommandWords();
  const first = steps[0]?.seq ?? 1;
  const last = steps.at(-1)?.seq ?? 1;
  const step = steps.find((each) => each.seq === seq);
  useKeys({
    ArrowLeft: () => onGo((now) => now - 1),
    ArrowRight: () => onGo((now) => now + 1),
    Home: () => onGo(first),
    End: () => onGo(last),
  });
  return (
    <section className={styles.player} aria-label={t('player')}>
      <div className={styles.controls}>
        <Button
          icon={<LeftOutlined aria-hidden />}
          aria-label={t('previous')}
          disabled={seq <= first}
          onClick={() => onGo((now) => now - 1)}
        />
        <Slider
          min={first}
          max={Math.max(last, first + 1)}
          value={seq}
          disabled={first === last}
          onChange={onGo}
          tooltip={{ formatter: (value) => t('step', { seq: value ?? 0, last }) }}
          ariaLabelForHandle={t('slider')}
        />
        <Button icon={<RightOutlined aria-hidden />} aria-label={t('next')} disabled={seq >= last} onClick={() => onGo((now) => now + 1)} />
      </div>
      <p className={styles.now} aria-live="polite">
        <strong>{t('step', { seq, last })}</strong>
        {step ? (
          <>
            <span>{commandWords(step.commandType)}</span>
            <span>{t('by', { name: step.actor ? name(step.actor) : t('system') })}</span>
            <time dateTime={step.at}>
              {day(step.at)} {clockWithSeconds(step.at)}
            </time>
          </>
        ) : null}
        <span className={styles.hint}>{t('keysHint')}</span>
      </p>
    </section>
  );
}
