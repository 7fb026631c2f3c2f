'use client';

import { LockFilled } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { OperatedInstance } from '#api/views/operations.ts';
import type { InstanceRetention as Retention } from '#api/views/retention.ts';
import { dateTime } from '#web/lib/time.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { Note } from '#web/ui/Note.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { EraseButton } from './EraseButton.tsx';
import { LegalHoldActs } from './LegalHoldActs.tsx';
import styles from './Retention.module.css';
import { useRetentionWords } from './use-retention-words.ts';

const HoldReason = dynamic(async () => (await import('./HoldReason.tsx')).HoldReason, { ssr: false });

/** How long an instance is kept, the hold that keeps it beyond, and its erasure before its time: each act with a reason. */
export function InstanceRetention({ instance }: { readonly instance: OperatedInstance }) {
  const { retention } = instance;
  const t = useTranslations('retention');
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isAsking, setAsking] = useState(false);
  const act = retention.hold ? 'lift' : 'hold';
  const command = useCommand({
    onDone: () => {
      setAsking(false);
      message.success(t(`${act}Done`));
      void client.invalidateQueries({ queryKey: ['operations'] });
    },
    onRefused: (error) => void message.error(words(error)),
  });
  return (
    <Panel
      title={t('title')}
      extra={
        <span className={styles.buttons}>
          <EraseButton instance={instance} />
          <Button onClick={() => setAsking(true)}>{t(act)}</Button>
        </span>
      }
    >
      <div className={styles.instance}>
        <Term retention={retention} />
        {retention.hold ? (
          <Note tone="warning" icon={<LockFilled />} title={t('onHold')}>
            {t('onHoldHint')}
          </Note>
        ) : null}
        <LegalHoldActs acts={retention.acts} />
      </div>
      {isAsking ? (
        <HoldReason
          act={act}
          isSending={command.isPending}
          onClose={() => setAsking(false)}
          onSend={(reason) => command.send(COMMANDS[act](instance.id, { reason }))}
        />
      ) : null}
    </Panel>
  );
}

const COMMANDS = { hold: commands.placeLegalHold, lift: commands.liftLegalHold } as const;

function Term({ retention: { policy, keptUntil, isCalled } }: { readonly retention: Retention }) {
  const t = useTranslations('retention');
  const words = useRetentionWords();
  const until = keptUntil === null ? (policy === null ? null : t('notSealed')) : t('notBefore', { time: dateTime(keptUntil) });
  return (
    <p className={styles.term}>
      <strong>{words(policy)}</strong>
      {until === null ? null : <span>{until}</span>}
      {isCalled ? <span>{t('withCaller')}</span> : null}
    </p>
  );
}
