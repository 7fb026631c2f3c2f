'use client';

import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Upload } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { EnteredView, HospitalIndicator } from '#api/views/quality.ts';
import type { EntryResult, EntryRow } from '#core/quality/entry.ts';
import { send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { saveFile } from '#web/lib/save-file.ts';
import { writeSheet } from '#web/lib/sheet.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { entryRowsOf } from './entry-rows.ts';
import styles from './Quality.module.css';

export interface FileEntryProps {
  readonly instanceId: string;
  readonly period: string;
  readonly indicators: readonly HospitalIndicator[];
}

/** Figures from a spreadsheet or a CSV into the draft of the report, with a result for each line; whoever enters sends them from the form. */
export function FileEntry({ instanceId, period, indicators }: FileEntryProps) {
  const t = useTranslations('quality.file');
  const { text } = useText();
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  const enter = useMutation({
    mutationFn: async (file: File) => {
      const rows: readonly EntryRow[] = await entryRowsOf(file);
      return send<EnteredView>('POST', `/api/quality/reports/${encodeURIComponent(instanceId)}/figures`, { rows });
    },
    // The form begins with the draft as it is now, not as it was when it was last looked at.
    onSuccess: ({ taskId }) => client.removeQueries({ queryKey: reads.task(instanceId, taskId).key }),
    onError: (error) => void message.error(words(error)),
  });
  const download = async (): Promise<void> => {
    const heading = [t('indicator'), t('numerator'), t('denominator'), t('explanation')];
    const rows = [heading, ...indicators.map(({ indicator }) => [text(indicator.name), '', '', ''])];
    saveFile(await writeSheet(rows, { name: period, widths: [40, 12, 12, 40] }), `${period}.xlsx`);
  };
  const columns: readonly Column<EntryResult>[] = [
    { id: 'line', header: t('line'), cell: ({ row: { original } }) => original.line },
    {
      id: 'indicator',
      header: t('indicator'),
      cell: ({ row: { original } }) => text(indicators.find(({ indicator }) => indicator.code === original.code)?.indicator.name) || '—',
    },
    {
      id: 'result',
      header: t('result'),
      cell: ({ row: { original } }) =>
        original.problem === null ? <Tag tone="success">{t('taken')}</Tag> : <Tag tone="danger">{t(`problems.${original.problem}`)}</Tag>,
    },
  ];
  return (
    <Panel
      title={t('title', { period })}
      className={styles.noPrint}
      extra={
        <span className={styles.links}>
          <Button size="small" icon={<DownloadOutlined aria-hidden />} onClick={download}>
            {t('template')}
          </Button>
          <Upload
            accept=".xlsx,.csv"
            showUploadList={false}
            beforeUpload={(file) => {
              enter.mutate(file);
              return false;
            }}
          >
            <Button size="small" type="primary" icon={<UploadOutlined aria-hidden />} loading={enter.isPending}>
              {t('choose')}
            </Button>
          </Upload>
        </span>
      }
    >
      <p className={styles.hint}>{t('lead')}</p>
      {enter.data ? (
        <>
          <DataTable label={t('resultsTable')} columns={columns} rows={enter.data.results} rowId={({ line }) => String(line)} />
          {enter.data.taken > 0 ? <Link href={paths.task(instanceId, enter.data.taskId)}>{t('goOn')}</Link> : null}
        </>
      ) : null}
    </Panel>
  );
}
