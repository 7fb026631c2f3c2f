'use client';

import { CaretRightOutlined, LeftOutlined, PauseOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Slider } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, type SetStateAction, useEffect, useState } from 'react';
import { useKeys } from '#web/lib/use-keys.ts';
import styles from './StepPlayer.module.css';

export interface StepPlayerProps {
  readonly first: number;
  readonly last: number;
  readonly seq: number;
  /** Told any number; whoever owns the place keeps it between the first and the last. */
  readonly onGo: (to: SetStateAction<number>) => void;
  /** What is told of the step. */
  readonly children: ReactNode;
}

/** Time to see what a step has changed. */
const STEP_MS = 1_200;

/** Goes through something step by step: by button, slider and key, or by itself. */
export function StepPlayer({ first, last, seq, onGo, children }: StepPlayerProps) {
  const t = useTranslations('common.player');
  const [isPlaying, setPlaying] = useState(false);
  const runs = isPlaying && seq < last;
  useEffect(() => {
    if (!runs) return;
    const timer = setTimeout(() => onGo(seq + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [runs, seq, onGo]);
  const go = (to: SetStateAction<number>) => {
    setPlaying(false);
    onGo(to);
  };
  const play = () => {
    if (!runs && seq >= last) onGo(first);
    setPlaying(!runs);
  };
  useKeys({
    ArrowLeft: () => go((now) => now - 1),
    ArrowRight: () => go((now) => now + 1),
    Home: () => go(first),
    End: () => go(last),
  });
  return (
    <section className={styles.player} aria-label={t('label')}>
      <div className={styles.controls}>
        <Button
          icon={runs ? <PauseOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />}
          aria-label={t(runs ? 'pause' : 'play')}
          disabled={first === last}
          onClick={play}
        />
        <Button
          icon={<LeftOutlined aria-hidden />}
          aria-label={t('previous')}
          disabled={seq <= first}
          onClick={() => go((now) => now - 1)}
        />
        <Slider
          min={first}
          max={Math.max(last, first + 1)}
          value={seq}
          disabled={first === last}
          onChange={go}
          tooltip={{ formatter: (value) => t('step', { seq: value ?? 0, last }) }}
          ariaLabelForHandle={t('slider')}
        />
        <Button icon={<RightOutlined aria-hidden />} aria-label={t('next')} disabled={seq >= last} onClick={() => go((now) => now + 1)} />
      </div>
      <p className={styles.now} aria-live="polite">
        <strong>{t('step', { seq, last })}</strong>
        {children}
        <span className={styles.hint}>{t('keysHint')}</span>
      </p>
    </section>
  );
}
