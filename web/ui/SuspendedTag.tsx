'use client';

import { PauseCircleOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { dateTime } from '#web/lib/time.ts';
import { Tag } from './Tag.tsx';

/** All clocks of the instance stand still since then. */
export function SuspendedTag({ at }: { readonly at: string }) {
  const t = useTranslations('instance');
  return (
    <Tag tone="warning" icon={<PauseCircleOutlined aria-hidden />} title={dateTime(at)}>
      {t('suspended')}
    </Tag>
  );
}
