'use client';

import { SwapOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { labelOf } from '#core/form/localize.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { formTable, readFormTable } from '#core/form-edit/form-table.ts';
import { type TableLoss, tableLosses } from '#core/form-edit/table-losses.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { saveFile } from '#web/lib/save-file.ts';
import { readSheet, writeSheet } from '#web/lib/sheet.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './FormBuilder.module.css';
import { readQuestionnaire } from './read-questionnaire.ts';
import type { EditionWork } from './use-edition.ts';

type Kind = 'json' | 'xlsx';

const ACCEPT: Record<Kind, string> = { json: '.json,application/json', xlsx: '.xlsx' };

/** Of the first columns, in characters: level, link id, type, text. */
const WIDTHS = [6, 28, 12, 40, 40];

/** In and out as the standard has it, and as a spreadsheet for colleagues who write questions. */
export function ExchangeMenu({ work }: { readonly work: EditionWork }) {
  const t = useTranslations('formBuilder.exchange');
  const { locale } = useText();
  const words = useTranslations('formBuilder');
  const { message, modal, notification } = App.useApp();
  const picker = useRef<HTMLInputElement>(null);
  const kind = useRef<Kind>('json');
  const { form, isLocked, edition } = work;

  const pick = (wanted: Kind) => {
    kind.current = wanted;
    const input = picker.current;
    if (!input) return;
    input.accept = ACCEPT[wanted];
    input.value = '';
    input.click();
  };
  const exportTable = async () => {
    saveFile(await writeSheet(formTable(form, locale), { name: t('sheet'), widths: WIDTHS }), `${edition.formKey}.xlsx`);
    const lines = lossLines(tableLosses(form));
    notification.info({
      title: t('notCarried'),
      description: (
        <ul className={styles.findings}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ),
    });
  };
  const nameOf = (linkId: string | null): string => {
    const found = linkId === null ? null : findItem(form, linkId);
    return found ? labelOf(found.item, locale) || found.item.linkId : words('form');
  };
  const lossLines = (losses: readonly TableLoss[]): readonly string[] =>
    [...new Set(losses.map(({ linkId }) => linkId))].map((linkId) => {
      const what = losses.filter((loss) => loss.linkId === linkId).map((loss) => loss.what);
      const names = [...new Set(what)].map((each) =>
        each === 'names' || each === 'others' ? t(`losses.${each}`) : words(`settings.${each}`),
      );
      return t('lossAt', { item: nameOf(linkId), what: names.join(words('listSeparator')) });
    });
  const take = (next: Questionnaire) => {
    work.replace(next);
    message.success(t('done'));
  };
  const refuse = (problems: string) => message.error(t('unreadable', { problems }));
  const readJson = async (file: File) => {
    const read = await readQuestionnaire(await file.text());
    if (read.kind === 'form') take(read.questionnaire);
    else refuse(read.problems);
  };
  const readTable = async (file: File) => {
    const { questionnaire, problems } = readFormTable(await readSheet(file), work.current());
    if (problems.length === 0) {
      take(questionnaire);
      return;
    }
    modal.confirm({
      title: t('problemsTitle'),
      width: 640,
      content: (
        <ul className={styles.findings}>
          {problems.map(({ row, column, code, data }) => (
            <li key={`${row}/${column}/${code}`}>
              {t('cell', { row, column })}
              {t(`problems.${code}`, data)}
            </li>
          ))}
        </ul>
      ),
      okText: t('takeRest'),
      onOk: () => take(questionnaire),
    });
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'exportJson', label: t('exportJson') },
            { key: 'exportTable', label: t('exportTable') },
            { type: 'divider' },
            { key: 'importJson', label: t('importJson'), disabled: isLocked },
            { key: 'importTable', label: t('importTable'), disabled: isLocked },
          ],
          onClick: ({ key }) => {
            if (key === 'exportJson')
              saveFile(new Blob([JSON.stringify(form, null, 2)], { type: 'application/fhir+json' }), `${edition.formKey}.json`);
            if (key === 'exportTable') void exportTable();
            if (key === 'importJson') pick('json');
            if (key === 'importTable') pick('xlsx');
          },
        }}
      >
        <Button icon={<SwapOutlined aria-hidden />}>{t('open')}</Button>
      </Dropdown>
      <input
        ref={picker}
        type="file"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void (kind.current === 'json' ? readJson(file) : readTable(file)).catch((error: unknown) => refuse(String(error)));
        }}
      />
    </>
  );
}
