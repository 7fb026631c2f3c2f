import { type ReactNode, useId } from 'react';
import styles from './Panel.module.css';

export interface PanelProps {
  readonly title?: ReactNode;
  readonly extra?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A sheet of paper on the desk: one subject with its heading. */
export function Panel({ title, extra, className, children }: PanelProps) {
  const titleId = useId();
  return (
    <section className={[styles.panel, className].join(' ')} {...(title ? { 'aria-labelledby': titleId } : {})}>
      {title ? (
        <div className={styles.head}>
          <h2 className={styles.title} id={titleId}>
            {title}
          </h2>
          {extra}
        </div>
      ) : null}
      <div className={styles.body}>{children}</div>
    </section>
  );
}
