import type { ReactNode } from 'react';
import { LoopFigure } from './LoopFigure.tsx';
import styles from './states.module.css';

export interface EmptyStateProps {
  readonly title: string;
  readonly hint?: string;
  readonly children?: ReactNode;
}

export function EmptyState({ title, hint, children }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <LoopFigure className={styles.figure} isOpen />
      <p className={styles.title}>{title}</p>
      {hint ? <p>{hint}</p> : null}
      {children ? <div className={styles.actions}>{children}</div> : null}
    </div>
  );
}
