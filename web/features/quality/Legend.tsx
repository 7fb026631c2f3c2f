import styles from './Quality.module.css';

/** Kinds of line in a drawing, as they are drawn. */
export type Line = 'series' | 'center' | 'target' | 'warning' | 'limit';

/** What the lines of a drawing are. The numbers themselves stand in the table beside it. */
export function Legend({ lines }: { readonly lines: readonly { readonly line: Line; readonly words: string }[] }) {
  return (
    <ul className={styles.legend}>
      {lines.map(({ line, words }) => (
        <li key={line}>
          <svg width="28" height="8" aria-hidden>
            <line className={styles[line]} x1="0" x2="28" y1="4" y2="4" />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}
