'use client';

import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button, Upload } from 'antd';
import { useTranslations } from 'next-intl';
import { saveFile } from '#web/lib/save-file.ts';
import { writeSheet } from '#web/lib/sheet.ts';
import { sheetRowsOf } from './sheet-rows.ts';

export interface FileButtonsProps<Name extends string> {
  readonly name: string;
  readonly columns: readonly { readonly name: Name; readonly heading: string; readonly width: number }[];
  /** What the file is written from. */
  readonly rows: readonly Record<Name, string>[];
  /** Absent: it is only written. */
  readonly onRows?: (rows: readonly Record<Name, string>[]) => void;
  readonly isSending?: boolean;
}

/** A table out and in again, as a spreadsheet or a CSV with the same columns. */
export function FileButtons<Name extends string>({ name, columns, rows, onRows, isSending = false }: FileButtonsProps<Name>) {
  const t = useTranslations('masterData.file');
  const { message } = App.useApp();
  const download = async (): Promise<void> => {
    const cells = [columns.map(({ heading }) => heading), ...rows.map((row) => columns.map((column) => row[column.name]))];
    saveFile(await writeSheet(cells, { name, widths: columns.map(({ width }) => width) }), `${name}.xlsx`);
  };
  const read = async (file: File): Promise<void> => {
    const names = columns.map((column) => column.name);
    const found = await sheetRowsOf(file, names).catch(() => null);
    if (!found || found.length === 0) message.error(t(found ? 'empty' : 'unreadable'));
    else onRows?.(found);
  };
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={download}>
        {t('export')}
      </Button>
      {onRows ? (
        <Upload
          accept=".xlsx,.csv"
          showUploadList={false}
          beforeUpload={(file) => {
            void read(file);
            return false;
          }}
        >
          <Button icon={<UploadOutlined aria-hidden />} loading={isSending}>
            {t('import')}
          </Button>
        </Upload>
      ) : null}
    </>
  );
}
