'use client';

import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Input, Progress } from 'antd';
import { useTranslations } from 'next-intl';
import { useMemo, useRef, useState } from 'react';
import { labelOf } from '#core/form/localize.ts';
import { readTextTable, textTable } from '#core/form-edit/text-table.ts';
import { completenessOf, type TextRow, textsOf } from '#core/form-edit/translations.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { withText, withTexts } from '#core/form-edit/write-text.ts';
import { saveFile } from '#web/lib/save-file.ts';
import { readSheet, writeSheet } from '#web/lib/sheet.ts';
import { Panel } from '#web/ui/Panel.tsx';
import styles from './FormBuilder.module.css';
import type { EditionWork } from './use-edition.ts';

/** Widths of the columns of the sheet that goes to a translator, in characters. */
const WIDTHS = [24, 12, 16, 48, 48];

/** Every text of the form beside its English, here or in a spreadsheet. */
export function TranslationView({ work }: { readonly work: EditionWork }) {
  const t = useTranslations('formBuilder.translate');
  const exchange = useTranslations('formBuilder.exchange');
  const { message } = App.useApp();
  const picker = useRef<HTMLInputElement>(null);
  const { form, isLocked, edition } = work;
  const rows = useMemo(() => textsOf(form), [form]);
  const { total, translated } = completenessOf(rows);
  const [isOpenOnly, setOpenOnly] = useState(false);
  /** Those that were open when the list was asked for stay in it while they are written. */
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const shown = isOpenOnly ? rows.filter((row) => open.has(keyOf(row))) : rows;

  const take = async (file: File) => {
    const { rows: given, problems } = readTextTable(await readSheet(file), form);
    work.replace(withTexts(work.current(), given));
    if (problems.length === 0) message.success(exchange('done'));
    else message.warning(t('partly', { count: problems.length, rows: problems.map(({ row }) => row).join(', ') }));
  };
  return (
    <Panel
      title={t('progress', { done: translated, all: total })}
      extra={
        <span className={styles.buttons}>
          <Button
            size="small"
            icon={<DownloadOutlined aria-hidden />}
            onClick={async () =>
              saveFile(await writeSheet(textTable(rows), { name: 'texts', widths: WIDTHS }), `${edition.formKey}-texts.xlsx`)
            }
          >
            {t('export')}
          </Button>
          <Button size="small" icon={<UploadOutlined aria-hidden />} disabled={isLocked} onClick={() => picker.current?.click()}>
            {t('import')}
          </Button>
        </span>
      }
    >
      <Progress
        percent={total === 0 ? 100 : Math.floor((100 * translated) / total)}
        aria-label={t('progress', { done: translated, all: total })}
      />
      <input
        ref={picker}
        type="file"
        hidden
        accept=".xlsx"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void take(file).catch((error: unknown) => message.error(exchange('unreadable', { problems: String(error) })));
          target.value = '';
        }}
      />
      <Checkbox
        checked={isOpenOnly}
        onChange={({ target }) => {
          setOpen(new Set(rows.filter(({ translation }) => translation === '').map(keyOf)));
          setOpenOnly(target.checked);
        }}
      >
        {t('onlyOpen')}
      </Checkbox>
      {shown.length === 0 ? <p>{t('complete')}</p> : <Sheet work={work} rows={shown} />}
    </Panel>
  );
}

const keyOf = ({ path: { linkId, kind, part } }: TextRow): string => JSON.stringify([linkId, kind, part]);

function Sheet({ work, rows }: { readonly work: EditionWork; readonly rows: readonly TextRow[] }) {
  const t = useTranslations('formBuilder.translate');
  const { form, isLocked } = work;
  const placeOf = (linkId: string | null): string => {
    const found = linkId === null ? null : findItem(form, linkId);
    return found ? labelOf(found.item, 'zh-CN') || found.item.linkId : (linkId ?? '');
  };
  return (
    <table className={styles.sheet}>
      <thead>
        <tr>
          <th scope="col">{t('place')}</th>
          <th scope="col">{t('source')}</th>
          <th scope="col">{t('target')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <td>
              {t(`kinds.${row.path.kind}`)}
              {row.path.kind === 'text' ? null : <small> {placeOf(row.path.linkId)}</small>}
            </td>
            <td lang="zh-CN">{row.source}</td>
            <td>
              <Input.TextArea
                lang="en"
                autoSize
                aria-label={`${t('target')}: ${row.source}`}
                status={row.translation === '' ? 'warning' : ''}
                disabled={isLocked}
                value={row.translation}
                onChange={({ target }) => work.replace(withText(work.current(), row.path, target.value), `text/${keyOf(row)}`)}
                onBlur={work.left}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
