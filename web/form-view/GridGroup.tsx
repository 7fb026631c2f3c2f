'use client';

import { settingsOf } from '#core/form/extensions.ts';
import type { Grid } from '#core/form/layout.ts';
import { shortLabelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { Field } from './Field.tsx';
import styles from './FormView.module.css';
import { elementIds, useForm } from './form-context.ts';
import { type GroupProps, Items } from './Group.tsx';
import { ItemText } from './ItemText.tsx';
import { keyOf, type RowId } from './model.ts';
import { Protected, usePresence } from './Protected.tsx';
import { RequiredMark } from './RequiredMark.tsx';

/** Groups as the rows of a table, with the questions that they share as columns; on a phone each row is a card. */
export function GridGroup({ item, row, level, layout }: GroupProps & { readonly layout: Grid }) {
  const { id, locale } = useForm();
  const { rows, columns, others } = layout;
  return (
    <>
      <Items items={others} row={row} level={level} />
      <div className={`${styles.tableScroll} ${styles.grid}`}>
        <table className={styles.table} aria-labelledby={item.text ? elementIds(id, keyOf(row, item.linkId)).label : undefined}>
          <thead>
            <tr>
              <td />
              {columns.map((cells) => {
                const head = cells.find((cell) => cell !== null);
                return head ? (
                  <th key={head.linkId} scope="col" style={{ width: settingsOf(head).width }}>
                    {shortLabelOf(head, locale)}
                    {cells.every((cell) => cell?.required) ? <RequiredMark /> : null}
                  </th>
                ) : null;
              })}
            </tr>
          </thead>
          <tbody>
            {rows.map((group, index) => (
              <GridRow key={group.linkId} group={group} row={row} cells={columns.map((cells) => cells[index] ?? null)} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface GridRowProps {
  readonly group: QuestionnaireItem;
  readonly row: RowId;
  readonly cells: readonly (QuestionnaireItem | null)[];
}

function GridRow({ group, row, cells }: GridRowProps) {
  const { id } = useForm();
  const presence = usePresence(group, row);
  if (presence === 'hidden') return null;
  const { field, label } = elementIds(id, keyOf(row, group.linkId));
  return (
    <Protected isOn={presence === 'protected'}>
      <tr id={field} data-link-id={group.linkId}>
        <th id={label} scope="row">
          {group.prefix ? <span className={styles.prefix}>{group.prefix}</span> : null}
          <ItemText item={group} row={row} />
        </th>
        {cells.map((cell, index) => (
          // A row may lack a question: then the place is the only name that the cell has.
          <td key={cell?.linkId ?? `none-${index}`}>
            {cell ? <Field item={cell} row={row} isCell /> : <span className={styles.notApplicable}>–</span>}
          </td>
        ))}
      </tr>
    </Protected>
  );
}
