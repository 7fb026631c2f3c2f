'use client';

import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import styles from './Quality.module.css';

/** The page itself is what is printed; the shell leaves itself out. */
export const PrintButton = () => {
  const t = useTranslations('quality');
  return (
    <Button className={styles.noPrint ?? ''} icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
      {t('print')}
    </Button>
  );
};
