'use client';

import { useTranslations } from 'next-intl';
import { ReasonDialog, type ReasonDialogProps } from '#web/ui/ReasonDialog.tsx';

export interface HoldReasonProps extends Pick<ReasonDialogProps, 'isSending' | 'onClose' | 'onSend'> {
  readonly act: 'hold' | 'lift';
}

export function HoldReason({ act, ...dialog }: HoldReasonProps) {
  const t = useTranslations('retention');
  return (
    <ReasonDialog
      title={t(`${act}Title`)}
      hint={t(`${act}Hint`)}
      label={t('reason')}
      required={t('reasonRequired')}
      okText={t(act)}
      {...dialog}
    />
  );
}
