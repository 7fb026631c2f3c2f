import { Bone } from '#web/ui/Bone.tsx';
import styles from './InboxGrid.module.css';
import { ROW_HEIGHT } from './InboxGrid.tsx';

const ROWS = 10;

/** The list before it is there: rows of the same height. */
export function InboxSkeleton({ isPhone }: { readonly isPhone: boolean }) {
  const height = isPhone ? ROW_HEIGHT.phone : ROW_HEIGHT.desktop;
  return (
    <div aria-busy="true" style={{ paddingTop: isPhone ? 0 : 34, position: 'relative' }}>
      {Array.from({ length: ROWS }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
        <div key={index} className={styles.row} style={{ top: index * height + (isPhone ? 0 : 34), height }} aria-hidden>
          <span className={styles.what} style={{ gap: 6 }}>
            <Bone width={`${70 - (index % 3) * 12}%`} />
            <Bone width={`${48 - (index % 4) * 5}%`} height="0.8em" />
          </span>
          <span className={styles.step}>
            <Bone width="80%" />
          </span>
          <span className={styles.due}>
            <Bone width="90px" />
          </span>
        </div>
      ))}
    </div>
  );
}
