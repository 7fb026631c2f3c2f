'use client';

import { PauseCircleFilled } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { SuspensionView } from '#api/views.ts';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import { Note } from '#web/ui/Note.tsx';

/** Who stopped the clocks, when and why. */
export function SuspensionNote({ suspended }: { readonly suspended: SuspensionView | null }) {
  const t = useTranslations('instance');
  const common = useTranslations('common');
  const { name } = useText();
  if (!suspended) return null;
  const { at, by, reason } = suspended;
  return (
    <Note tone="warning" icon={<PauseCircleFilled />} title={t('suspended')}>
      <p>{reason}</p>
      <p>{t('suspendedHint', { name: by ? name(by) : common('anyone'), time: dateTime(at) })}</p>
    </Note>
  );
}
