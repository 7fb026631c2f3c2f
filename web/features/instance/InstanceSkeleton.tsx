import { Bone } from '#web/ui/Bone.tsx';
import styles from './InstancePage.module.css';

export const InstanceSkeleton = () => (
  <div className={styles.page} aria-busy="true">
    <div className={styles.header}>
      <Bone width="18em" />
      <Bone width="24em" height="1.9rem" />
      <Bone height="54px" />
      <Bone width="60%" />
    </div>
  </div>
);
