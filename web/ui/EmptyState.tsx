import type { ReactNode } from 'react';
import { LoopFigure } from './LoopFigure.tsx';
import styles from './states.module.css';

export interface EmptyStateProps {
  readonly title: string;
  readonly hint?: string;
  /** Is this all that the page has to say? Then it is its heading. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
}

export function EmptyState({ title, hint, isPage = false, children }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <LoopFigure className={styles.figure} isOpen />
      {isPage ? <h1 className={styles.title}>{title}</h1> : <p className={styles.title}>{title}</p>}
      {hint ? <p>{hint}</p> : null}
      {children ? <div className={styles.actions}>{children}</div> : null}
    </div>
  );
}
