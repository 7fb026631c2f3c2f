'use client';

import { MobileOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { shortDateTime } from '#web/lib/time.ts';
import { usePresent } from '#web/lib/use-now.ts';
import { Note } from '#web/ui/Note.tsx';

/** The form shows what this device had kept, not what the server had. */
export function RestoredNote({ at }: { readonly at: string }) {
  const t = useTranslations('offline');
  const now = usePresent();
  return (
    <div role="status">
      <Note tone="info" icon={<MobileOutlined />} title={t('restored')}>
        {t('restoredHint', { time: shortDateTime(at, now) })}
      </Note>
    </div>
  );
}
