'use client';

import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Tooltip } from 'antd';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { OperatedInstance } from '#api/views/operations.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import styles from './Operations.module.css';

const ActReason = dynamic(async () => (await import('./ActReason.tsx')).ActReason, { ssr: false });

export type OperatorAct = 'suspend' | 'resume' | 'cancel';

const COMMANDS = { suspend: commands.suspend, resume: commands.resume, cancel: commands.cancelInstance } as const;
const DONE = { suspend: 'suspendDone', resume: 'resumeDone', cancel: 'cancelDone' } as const;

/** Suspend, resume, cancel: each asks for a reason, which the journal keeps; what cannot be done now says why. */
export function OperatedActions({ instance }: { readonly instance: OperatedInstance }) {
  const t = useTranslations('operate');
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<OperatorAct | null>(null);
  const command = useCommand({
    onDone: () => {
      setAsking(null);
      void client.invalidateQueries({ queryKey: ['operations'] });
    },
    onRefused: (error) => void message.error(words(error)),
  });
  const reasonAgainst = (act: OperatorAct): string | null => {
    if (instance.status === 'stopped') return t('stoppedReason');
    if (instance.status !== 'active') return t('ended');
    if (act === 'suspend' && instance.suspended) return t('isSuspended');
    return act === 'resume' && !instance.suspended ? t('notSuspended') : null;
  };
  return (
    <span className={styles.actions}>
      {(['suspend', 'resume', 'cancel'] as const).map((act) => {
        const reason = reasonAgainst(act);
        return (
          <Tooltip key={act} title={reason}>
            <Button danger={act === 'cancel'} disabled={reason !== null} onClick={() => setAsking(act)}>
              {t(act)}
            </Button>
          </Tooltip>
        );
      })}
      {asking ? (
        <ActReason
          act={asking}
          canCompensate={instance.canCompensate}
          isSending={command.isPending}
          onClose={() => setAsking(null)}
          onSend={(body) => command.send(COMMANDS[asking](instance.id, body), () => message.success(t(DONE[asking])))}
        />
      ) : null}
    </span>
  );
}
