import styles from './KeyHint.module.css';

/** A key as it is drawn on the board. */
export const KeyHint = ({ children }: { readonly children: string }) => <kbd className={styles.key}>{children}</kbd>;
