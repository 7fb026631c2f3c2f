import { Bone } from '#web/ui/Bone.tsx';
import styles from './TaskPage.module.css';

export const TaskSkeleton = () => (
  <div className={styles.page} aria-busy="true">
    <div className={styles.header}>
      <Bone width="22em" />
      <Bone width="16em" height="1.9rem" />
    </div>
    <Bone height="44px" />
    <div className={styles.columns}>
      <Bone height="420px" />
      <Bone height="420px" />
    </div>
  </div>
);
