'use client';

import { LeftOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { paths } from '#web/paths.ts';
import styles from './print.module.css';

/** Seen on the screen only. The browser's own dialog prints, or keeps a PDF. */
export function PrintBar({ instanceId }: { readonly instanceId: string }) {
  const t = useTranslations('instance.print');
  return (
    <header className={styles.bar}>
      <Link href={paths.instance(instanceId)} className={styles.back}>
        <LeftOutlined aria-hidden /> {t('back')}
      </Link>
      <span className={styles.hint}>{t('hint')}</span>
      <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
        {t('button')}
      </Button>
    </header>
  );
}
