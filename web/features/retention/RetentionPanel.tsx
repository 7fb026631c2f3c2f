'use client';

import { useTranslations } from 'next-intl';
import type { ErasedRow, RetentionFlow } from '#api/views/retention.ts';
import { NOTICE_DAYS } from '#core/retention/retention.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Retention.module.css';
import { useRetentionWords } from './use-retention-words.ts';

/** How long each flow keeps its records, what is due soon, and what was erased because its time was over. */
export function RetentionPanel() {
  const t = useTranslations('retention');
  const { data } = useRead(reads.retention());
  const flowColumns = useFlowColumns();
  const erasedColumns = useErasedColumns();
  if (!data) return null;
  return (
    <Panel title={t('title')} className={styles.panel}>
      <p className={styles.hint}>{t('lead', { days: NOTICE_DAYS })}</p>
      <DataTable label={t('flowsTable')} columns={flowColumns} rows={data.flows} rowId={({ key }) => key} />
      <h3 className={styles.heading}>{t('erased', { days: NOTICE_DAYS })}</h3>
      {data.erased.length === 0 ? (
        <p className={styles.hint}>{t('nothingErased')}</p>
      ) : (
        <DataTable label={t('erasedTable')} columns={erasedColumns} rows={data.erased} rowId={({ instanceId }) => instanceId} />
      )}
    </Panel>
  );
}

function useFlowColumns(): readonly Column<RetentionFlow>[] {
  const t = useTranslations('retention');
  const { text } = useText();
  const words = useRetentionWords();
  return [
    { id: 'flow', header: t('columns.flow'), cell: ({ row: { original } }) => text(original.name) },
    { id: 'retention', header: t('columns.retention'), cell: ({ row: { original } }) => words(original.retention) },
    {
      id: 'due',
      header: t('columns.due', { days: NOTICE_DAYS }),
      cell: ({ row: { original } }) => (original.due > 0 ? <Tag tone="warning">{original.due}</Tag> : 0),
    },
    { id: 'onHold', header: t('columns.onHold'), cell: ({ row: { original } }) => original.onHold },
  ];
}

/** They are no links: nobody reads them any more. */
function useErasedColumns(): readonly Column<ErasedRow>[] {
  const t = useTranslations('retention');
  const { text } = useText();
  const words = useRetentionWords();
  return [
    { id: 'number', header: t('columns.number'), cell: ({ row: { original } }) => original.number },
    { id: 'flow', header: t('columns.flow'), cell: ({ row: { original } }) => text(original.serviceName) },
    { id: 'policy', header: t('columns.retention'), cell: ({ row: { original } }) => words(original.policy) },
    { id: 'at', header: t('columns.at'), cell: ({ row: { original } }) => <TimeText at={original.at} as="full" /> },
  ];
}
