'use client';

import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { OperationsRow } from '#api/views/operations.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import styles from './Operations.module.css';

const OperatorReason = dynamic(async () => (await import('./OperatorReason.tsx')).OperatorReason, { ssr: false });

/** What an operator may do about one problem. Each act but a retry asks for a reason, which the journal keeps. */
export function RowActions({ row }: { readonly row: Pick<OperationsRow, 'instanceId' | 'incidentId' | 'problem'> }) {
  const t = useTranslations('operations');
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<'resolve' | 'cancel' | null>(null);
  const command = useCommand({
    onDone: () => {
      setAsking(null);
      void client.invalidateQueries({ queryKey: ['operations'] });
    },
    onRefused: (error) => void message.error(words(error)),
  });
  const { instanceId, incidentId, problem } = row;
  const run = (reason: string) => {
    if (asking === 'resolve') command.send(commands.resolve(instanceId, { reason }), () => message.success(t('resolved')));
    if (asking === 'cancel') command.send(commands.cancelInstance(instanceId, { reason }), () => message.success(t('canceled')));
  };
  return (
    <span className={styles.actions}>
      {problem === 'stopped' || problem === 'seal-pending' ? (
        <Button size="small" onClick={() => setAsking('resolve')}>
          {t('resolve')}
        </Button>
      ) : null}
      {problem === 'incident' && incidentId !== null ? (
        <Button
          size="small"
          loading={command.isPending && asking === null}
          onClick={() => command.send(commands.retryIncident(instanceId, incidentId), () => message.success(t('retried')))}
        >
          {t('retry')}
        </Button>
      ) : null}
      {problem === 'incident' || problem === 'stopped' ? (
        <Button size="small" danger onClick={() => setAsking('cancel')}>
          {t('cancel')}
        </Button>
      ) : null}
      {asking ? <OperatorReason kind={asking} isSending={command.isPending} onClose={() => setAsking(null)} onSend={run} /> : null}
    </span>
  );
}
