import type { ReactNode } from 'react';
import styles from './Page.module.css';

/** The room of an ordinary page: its width and its edges. */
export const Page = ({ isNarrow = false, children }: { readonly isNarrow?: boolean; readonly children: ReactNode }) => (
  <div className={`${styles.page} ${isNarrow ? styles.narrow : ''}`}>{children}</div>
);
