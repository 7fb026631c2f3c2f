'use client';

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { elementIds, useForm } from './form-context.ts';
import { IssueLine } from './IssueLine.tsx';
import { Item } from './Item.tsx';
import type { RowId } from './model.ts';
import { addButtonId, type Rows, useRows } from './use-rows.ts';

/** Rows as cards, one below the other. */
export function RepeatingGroup({ item, row, level }: { readonly item: QuestionnaireItem; readonly row: RowId; readonly level: number }) {
  const t = useTranslations('form');
  const { isReadOnly } = useForm();
  const rows = useRows(item, row);
  const Heading = `h${Math.min(level, 6)}` as 'h5';
  return (
    <div className={styles.rows}>
      {rows.rows.map((id, index) => (
        <section key={id} className={styles.row} aria-label={t('row', { label: rows.label, number: index + 1 })}>
          <div className={styles.rowHead}>
            <Heading className={styles.rowTitle}>{t('row', { label: rows.label, number: index + 1 })}</Heading>
            {isReadOnly || item.readOnly ? null : (
              <Button
                type="text"
                size="small"
                className={styles.touch}
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('removeRow', { label: rows.label, number: index + 1 })}
                onClick={() => rows.remove(index)}
              />
            )}
          </div>
          <div className={styles.fields}>
            {(item.item ?? []).map((child) => (
              <Item key={child.linkId} item={child} row={id} level={level + 1} />
            ))}
          </div>
        </section>
      ))}
      <RowsFoot rows={rows} />
    </div>
  );
}

/** The issue of the rows as a whole, and the button for another. */
export function RowsFoot({ rows }: { readonly rows: Rows }) {
  const t = useTranslations('form');
  const { id, isReadOnly } = useForm();
  return (
    <div className={styles.rowsFoot}>
      {isReadOnly || rows.isFixed ? null : (
        <Button
          id={addButtonId(id, rows.key)}
          type="dashed"
          icon={<PlusOutlined aria-hidden />}
          disabled={!rows.canAdd}
          title={rows.canAdd ? undefined : t('rowsFull', { max: rows.max })}
          aria-describedby={elementIds(id, rows.key).issue}
          onClick={rows.add}
        >
          {t('addRow')}
          <span className={styles.visuallyHidden}>: {rows.label}</span>
        </Button>
      )}
      <IssueLine fieldKey={rows.key}>{rows.rows.length === 0 ? <span className={styles.empty}>{t('noRows')}</span> : null}</IssueLine>
    </div>
  );
}
