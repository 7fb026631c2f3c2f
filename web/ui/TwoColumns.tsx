import type { ReactNode } from 'react';
import styles from './TwoColumns.module.css';

export interface TwoColumnsProps {
  readonly side: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** What a page is about, and beside it, or below where there is no room, what belongs to it. */
export function TwoColumns({ side, className, children }: TwoColumnsProps) {
  return (
    <div className={[styles.columns, className].join(' ')}>
      <div className={styles.column}>{children}</div>
      <div className={styles.column}>{side}</div>
    </div>
  );
}
