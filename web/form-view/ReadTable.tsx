import type { ReactNode } from 'react';
import styles from './FormReadView.module.css';

interface ReadTableProps {
  readonly heads: readonly { readonly key: string; readonly label: string }[];
  readonly rows: readonly { readonly key: string; readonly head?: string; readonly cells: readonly ReactNode[] }[];
}

/** Answers as a table; where it is wider than the page it moves for itself. */
export function ReadTable({ heads, rows }: ReadTableProps) {
  const hasRowHeads = rows.some(({ head }) => head !== undefined);
  return (
    <div className={styles.tableScroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {hasRowHeads ? <td /> : null}
            {heads.map((head) => (
              <th key={head.key} scope="col">
                {head.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, cells }) => (
            <tr key={key}>
              {hasRowHeads ? <th scope="row">{head}</th> : null}
              {cells.map((cell, index) => (
                <td key={heads[index]?.key}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
