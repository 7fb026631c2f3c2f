import styles from './states.module.css';

/** A place holder of the size of what is coming, so that nothing moves when it comes. */
export const Bone = ({ width = '100%', height = '1em' }: { readonly width?: string; readonly height?: string }) => (
  <span className={styles.bone} style={{ width, height }} />
);
