'use client';

import { useIsPhone } from '#web/lib/use-media.ts';
import { Bone } from '#web/ui/Bone.tsx';
import styles from './InboxPage.module.css';
import { InboxSkeleton } from './InboxSkeleton.tsx';

export function InboxLoading() {
  const isPhone = useIsPhone();
  return (
    <div className={styles.page}>
      <div className={styles.queue}>
        <div style={{ padding: '14px 16px', display: 'grid', gap: 14 }}>
          <Bone width="6em" height="1.4em" />
          <Bone height="32px" />
        </div>
        <div className={styles.listArea}>
          <InboxSkeleton isPhone={isPhone} />
        </div>
      </div>
    </div>
  );
}
