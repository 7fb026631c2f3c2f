'use client';

import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslations } from 'next-intl';
import type { OperatedInstance } from '#api/views/operations.ts';
import type { IncidentView } from '#api/views.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Operations.module.css';

/** What failed and waits for somebody to mend its cause and try again. */
export function Incidents({ instance }: { readonly instance: OperatedInstance }) {
  const t = useTranslations('operate');
  const { text } = useText();
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const command = useCommand({
    onDone: () => {
      message.success(t('retried'));
      void client.invalidateQueries({ queryKey: ['operations'] });
    },
    onRefused: (error) => void message.error(words(error)),
  });
  const columns: readonly Column<IncidentView>[] = [
    { id: 'element', header: t('columns.element'), cell: ({ row: { original } }) => text(original.elementName) },
    {
      id: 'message',
      header: t('columns.message'),
      cell: ({ row: { original } }) => (
        <span className={styles.detail}>
          <code>{original.code}</code> {original.message}
        </span>
      ),
    },
    { id: 'at', header: t('columns.at'), cell: ({ row: { original } }) => <TimeText at={original.raisedAt} /> },
    {
      id: 'actions',
      header: t('columns.actions'),
      cell: ({ row: { original } }) => (
        <Button
          size="small"
          disabled={instance.suspended !== null}
          loading={command.isPending}
          onClick={() => command.send(commands.retryIncident(instance.id, original.incidentId))}
        >
          {t('retry')}
        </Button>
      ),
    },
  ];
  return (
    <Panel title={t('incidents')}>
      <DataTable label={t('incidentsTable')} columns={columns} rows={instance.incidents} rowId={({ incidentId }) => incidentId} />
    </Panel>
  );
}
