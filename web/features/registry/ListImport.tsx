'use client';

import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Upload } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { ListedResult, ListedView } from '#api/views/registry.ts';
import type { DischargeRow } from '#core/registry/discharge-list.ts';
import { send } from '#web/lib/api.ts';
import { saveFile } from '#web/lib/save-file.ts';
import { writeSheet } from '#web/lib/sheet.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import quality from '../quality/Quality.module.css';
import dialog from '../surveillance/Surveillance.module.css';
import { listRowsOf } from './list-rows.ts';

const TONES: Readonly<Partial<Record<ListedResult['outcome'], Tone>>> = {
  listed: 'success',
  known: 'neutral',
  'not-eligible': 'neutral',
  'twice-in-list': 'warning',
};

const EMPTY: DischargeRow = { stayNumber: '', icd: '', dischargedOn: '', department: '' };
type Differing = Extract<ListedResult, { outcome: 'differs' }>;

/** Discharges of a file, or one by hand: what each line came to stands beside it, and what differs is linked with a reason. */
export function ListImport() {
  const t = useTranslations('registry.import');
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  const [rows, setRows] = useState<readonly DischargeRow[]>([]);
  const list = useMutation({
    mutationFn: (listed: readonly DischargeRow[]) => send<ListedView>('POST', '/api/registry/stays', { rows: listed }),
    onSuccess: async ({ listed, known }) => {
      message.success(t('done', { listed, known }));
      await client.invalidateQueries({ queryKey: ['registry'] });
    },
    onError: (error) => void message.error(words(error)),
  });
  const take = (read: readonly DischargeRow[]): void => {
    if (read.length === 0) {
      message.info(t('empty'));
      return;
    }
    setRows(read);
    list.mutate(read);
  };
  const download = async (): Promise<void> => {
    const heading = [t('stayNumber'), t('icd'), t('dischargedOn'), t('department')];
    saveFile(await writeSheet([heading], { name: 'discharges', widths: [20, 20, 16, 24] }), 'discharges.xlsx');
  };
  return (
    <Panel
      title={t('title')}
      extra={
        <span className={quality.links}>
          <Button icon={<DownloadOutlined />} onClick={download}>
            {t('template')}
          </Button>
          <Upload
            accept=".csv,.xlsx"
            maxCount={1}
            showUploadList={false}
            beforeUpload={async (file) => {
              try {
                take(await listRowsOf(file));
              } catch (error) {
                message.error(words(error));
              }
              return Upload.LIST_IGNORE;
            }}
          >
            <Button type="primary" icon={<UploadOutlined />} loading={list.isPending}>
              {t('choose')}
            </Button>
          </Upload>
        </span>
      }
    >
      <p className={quality.lead}>{t('lead')}</p>
      <OneStay onAdd={(row) => take([row])} isSending={list.isPending} />
      {list.data ? <Results results={list.data.results} rows={rows} /> : null}
    </Panel>
  );
}

function OneStay({ onAdd, isSending }: { readonly onAdd: (row: DischargeRow) => void; readonly isSending: boolean }) {
  const t = useTranslations('registry.import');
  const id = useId();
  const [row, setRow] = useState(EMPTY);
  const field = (name: keyof DischargeRow, type = 'text') => (
    <label htmlFor={`${id}-${name}`}>
      {t(name)}
      <Input
        id={`${id}-${name}`}
        type={type}
        value={row[name] ?? ''}
        required={name !== 'department'}
        maxLength={200}
        onChange={({ target }) => setRow({ ...row, [name]: target.value })}
      />
    </label>
  );
  return (
    <form
      className={dialog.designate}
      aria-label={t('single')}
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(row);
        setRow(EMPTY);
      }}
    >
      {field('stayNumber')}
      {field('icd')}
      {field('dischargedOn', 'date')}
      {field('department')}
      <Button htmlType="submit" disabled={isSending}>
        {t('add')}
      </Button>
    </form>
  );
}

function Results({ results, rows }: { readonly results: readonly ListedResult[]; readonly rows: readonly DischargeRow[] }) {
  const t = useTranslations('registry.import');
  const words = useTranslations('registry.results');
  const [linking, setLinking] = useState<Differing | null>(null);
  const [linked, setLinked] = useState<ReadonlySet<number>>(new Set());
  const columns: readonly Column<ListedResult>[] = [
    { id: 'line', header: t('line'), cell: ({ row: { original } }) => original.line },
    { id: 'stay', header: t('stayNumber'), cell: ({ row: { original } }) => rows[original.line - 1]?.stayNumber ?? '' },
    {
      id: 'result',
      header: t('result'),
      cell: ({ row: { original } }) => (
        <Tag tone={linked.has(original.line) ? 'success' : (TONES[original.outcome] ?? 'danger')}>
          {words(linked.has(original.line) ? 'linked' : original.outcome)}
        </Tag>
      ),
    },
    {
      id: 'mend',
      header: '',
      cell: ({ row: { original } }) =>
        original.outcome === 'differs' && !linked.has(original.line) ? (
          <Button size="small" onClick={() => setLinking(original)}>
            {t('link')}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      <DataTable
        label={t('table')}
        columns={columns}
        rows={results}
        rowId={(each) => `${each.line}/${'disease' in each ? each.disease : each.outcome}`}
      />
      {linking ? (
        <LinkDialog
          result={linking}
          row={rows[linking.line - 1] ?? EMPTY}
          onClose={() => setLinking(null)}
          onLinked={() => setLinked(new Set([...linked, linking.line]))}
        />
      ) : null}
    </>
  );
}

interface LinkDialogProps {
  readonly result: Differing;
  readonly row: DischargeRow;
  readonly onClose: () => void;
  readonly onLinked: () => void;
}

function LinkDialog({ result: { stayId, listed }, row, onClose, onLinked }: LinkDialogProps) {
  const t = useTranslations('registry.import');
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  const id = useId();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const isMissing = reason.trim() === '';
  const link = useMutation({
    mutationFn: () => send('POST', `/api/registry/stays/${encodeURIComponent(stayId)}/links`, { row, reason: reason.trim() }),
    onSuccess: async () => {
      message.success(t('linked'));
      onLinked();
      onClose();
      await client.invalidateQueries({ queryKey: ['registry'] });
    },
    onError: (error) => void message.error(words(error)),
  });
  return (
    <Modal
      open
      title={t('linkTitle')}
      okText={t('link')}
      cancelText={t('cancel')}
      confirmLoading={link.isPending}
      onCancel={onClose}
      onOk={() => {
        setTried(true);
        if (!isMissing) link.mutate();
      }}
    >
      <div className={dialog.dialog}>
        <span>{t('linkLead', { icd: listed.icd, date: listed.dischargedOn })}</span>
        <label htmlFor={id}>
          {t('reason')}
          <Input.TextArea
            id={id}
            value={reason}
            maxLength={500}
            aria-invalid={isTried && isMissing}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        {isTried && isMissing ? <p role="alert">{t('reasonNeeded')}</p> : null}
      </div>
    </Modal>
  );
}
