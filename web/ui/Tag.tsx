import type { ReactNode } from 'react';
import styles from './tone.module.css';

export type Tone = 'neutral' | 'primary' | 'info' | 'success' | 'warning' | 'danger';

export interface TagProps {
  readonly tone: Tone;
  readonly icon?: ReactNode;
  readonly isPlain?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A short mark of state. Never by colour alone: it always carries a word. */
export function Tag({ tone, icon, isPlain = false, title, children }: TagProps) {
  return (
    <span className={[styles.tag, styles[tone], isPlain ? styles.plain : ''].join(' ')} title={title}>
      {icon}
      <span>{children}</span>
    </span>
  );
}
