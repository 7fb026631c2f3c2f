'use client';

import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent } from 'react';
import { settingsOf } from '#core/form/extensions.ts';
import { shortLabelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { Field } from './Field.tsx';
import styles from './FormView.module.css';
import { useForm } from './form-context.ts';
import type { RowId } from './model.ts';
import { RowsFoot } from './RepeatingGroup.tsx';
import { RequiredMark } from './RequiredMark.tsx';
import { useRows } from './use-rows.ts';

/**
 * Rows as a table; where there is no room for one, the same elements are laid out as cards by the style sheet alone, with the labels
 * that the table keeps for screen readers. Ctrl+Enter adds a row from anywhere in it.
 */
export function TableGroup({ item, row }: { readonly item: QuestionnaireItem; readonly row: RowId }) {
  const t = useTranslations('form');
  const { locale, isReadOnly } = useForm();
  const rows = useRows(item, row);
  const columns = (item.item ?? []).filter((child) => !settingsOf(child).hidden);
  const canRemove = !isReadOnly && !item.readOnly;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    rows.add();
  };
  return (
    <div className={styles.rows}>
      {rows.rows.length === 0 ? null : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the shortcut belongs to the cells inside.
        <div className={styles.tableScroll} onKeyDown={onKeyDown}>
          <table className={styles.table} aria-label={rows.label}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.linkId} scope="col" style={{ width: settingsOf(column).width }}>
                    {shortLabelOf(column, locale)}
                    {column.required ? <RequiredMark /> : null}
                  </th>
                ))}
                {canRemove ? (
                  <th scope="col" className={styles.actionColumn}>
                    <span className={styles.visuallyHidden}>{t('actions')}</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {rows.rows.map((id, index) => (
                <tr key={id}>
                  {columns.map((column) => (
                    <td key={column.linkId}>
                      <Field item={column} row={id} isCell />
                    </td>
                  ))}
                  {canRemove ? (
                    <td className={styles.actionColumn}>
                      <Button
                        type="text"
                        className={styles.touch}
                        icon={<DeleteOutlined aria-hidden />}
                        aria-label={t('removeRow', { label: rows.label, number: index + 1 })}
                        onClick={() => rows.remove(index)}
                      />
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <RowsFoot rows={rows} />
    </div>
  );
}
