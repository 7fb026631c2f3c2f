'use client';

import { QRCode } from 'antd';
import { useSyncExternalStore } from 'react';
import styles from './print.module.css';

const never = () => () => {};

interface InstanceCodeProps {
  readonly path: string;
  readonly label: string;
}

/** A code to be photographed from paper. Only the browser knows the address under which it reached us. */
export function InstanceCode({ path, label }: InstanceCodeProps) {
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  );
  return (
    <div className={styles.code}>
      {/* The words below say what it is; whoever cannot see it is on the page already. */}
      <div className={styles.codeSquare} aria-hidden>
        {origin ? (
          <QRCode type="svg" value={`${origin}${path}`} size={96} bordered={false} color="#000" bgColor="#fff" marginSize={0} />
        ) : null}
      </div>
      <p className={styles.codeWords}>{label}</p>
    </div>
  );
}
