'use client';

import { type ColumnDef, FlexRender, type RowData, tableFeatures, useTable } from '@tanstack/react-table';
import styles from './DataTable.module.css';

const features = tableFeatures({});

export type Column<Row extends RowData> = ColumnDef<typeof features, Row>;

export interface DataTableProps<Row extends RowData> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
}

/** A plain table of moderate length. On phones each row becomes a card that names its columns. */
export function DataTable<Row extends RowData>({ label, columns, rows, rowId }: DataTableProps<Row>) {
  const table = useTable({ features, columns: columns as Column<Row>[], data: rows as Row[], getRowId: rowId });
  const names = new Map(table.getFlatHeaders().map((header) => [header.column.id, header.column.columnDef.header]));
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col">
                  <FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map((cell) => {
                const name = names.get(cell.column.id);
                return (
                  <td key={cell.id} data-label={typeof name === 'string' ? name : ''}>
                    <FlexRender cell={cell} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
