import styles from '../FormView.module.css';
import type { FieldProps } from './field.ts';

/** What least and most mean, below the ends of the scale. */
export function ScaleEnds({ lower, upper }: FieldProps) {
  if (!lower && !upper) return null;
  return (
    <div className={styles.scaleEnds}>
      <span>{lower}</span>
      <span>{upper}</span>
    </div>
  );
}
