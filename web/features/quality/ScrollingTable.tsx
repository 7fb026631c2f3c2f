import type { RowData } from '@tanstack/react-table';
import { DataTable, type DataTableProps } from '#web/ui/DataTable.tsx';
import styles from './Quality.module.css';

/** The table beside a drawing. It takes the focus, so that it is scrolled by keys too. */
export const ScrollingTable = <Row extends RowData>(props: DataTableProps<Row>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
  <section className={styles.scroll} tabIndex={0} aria-label={props.label}>
    <DataTable {...props} />
  </section>
);
