'use client';

import { useTranslations } from 'next-intl';
import type { SetStateAction } from 'react';
import type { AuditStep } from '#api/views/audit.ts';
import { clockWithSeconds, day } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import { StepPlayer } from '#web/ui/StepPlayer.tsx';
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
  const step = steps.find((each) => each.seq === seq);
  return (
    <StepPlayer first={steps[0]?.seq ?? 1} last={steps.at(-1)?.seq ?? 1} seq={seq} onGo={onGo}>
      {step ? (
        <>
          <span>{commandWords(step.commandType)}</span>
          <span>{t('by', { name: step.actor ? name(step.actor) : t('system') })}</span>
          <time dateTime={step.at}>
            {day(step.at)} {clockWithSeconds(step.at)}
          </time>
        </>
      ) : null}
    </StepPlayer>
  );
}
