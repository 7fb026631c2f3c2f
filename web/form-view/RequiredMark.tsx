import styles from './FormView.module.css';

/** The star is for eyes; controls say themselves that they are required. */
export const RequiredMark = () => (
  <span className={styles.required} aria-hidden>
    *
  </span>
);
