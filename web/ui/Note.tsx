import type { ReactNode } from 'react';
import styles from './Note.module.css';

export interface NoteProps {
  readonly tone: 'info' | 'success' | 'warning' | 'danger';
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
}

/** Something the reader has to know before the rest, in one line where it fits. */
export function Note({ tone, icon, title, children }: NoteProps) {
  return (
    <section className={`${styles.note} ${styles[tone]}`} aria-label={title}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <div className={styles.words}>
        <strong>{title}</strong>
        <span>{children}</span>
      </div>
    </section>
  );
}
