'use client';

import { CloudOutlined, DisconnectOutlined, WarningOutlined } from '@ant-design/icons';
import { Popover } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import shell from '#web/features/shell/Shell.module.css';
import { useIsPhone } from '#web/lib/use-media.ts';
import styles from './Kept.module.css';
import { KeptList } from './KeptList.tsx';
import { useDeliveryState, useKeptHeads } from './KeptProvider.tsx';
import { isWaiting } from './kept.ts';

/** Offline, or something waits, or something could not go: seen from every page. */
export function KeptButton() {
  const t = useTranslations('offline');
  const heads = useKeptHeads();
  const { isOffline } = useDeliveryState();
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(false);
  const stuck = heads.filter((head) => !isWaiting(head)).length;
  const words = [
    isOffline ? t('offline') : '',
    heads.length - stuck > 0 ? t('waiting', { count: heads.length - stuck }) : '',
    stuck > 0 ? t('stuck', { count: stuck }) : '',
  ]
    .filter((word) => word !== '')
    .join(' · ');
  return (
    <>
      <span className="bh-visually-hidden" role="status">
        {words}
      </span>
      {words === '' ? null : (
        <Popover
          open={isOpen}
          onOpenChange={setOpen}
          trigger="click"
          placement={isPhone ? 'bottom' : 'bottomRight'}
          arrow={false}
          content={<KeptList onOpen={() => setOpen(false)} />}
        >
          <button
            type="button"
            className={`${shell.iconButton} ${styles.button} ${stuck > 0 ? styles.bad : ''}`}
            aria-label={words}
            aria-haspopup="dialog"
            aria-expanded={isOpen}
          >
            {stuck > 0 ? <WarningOutlined aria-hidden /> : isOffline ? <DisconnectOutlined aria-hidden /> : <CloudOutlined aria-hidden />}
            <span className={styles.buttonWords}>{words}</span>
            {heads.length > 0 ? <span className={styles.count}>{heads.length}</span> : null}
          </button>
        </Popover>
      )}
    </>
  );
}
