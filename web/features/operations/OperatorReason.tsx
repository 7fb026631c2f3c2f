'use client';

import { useTranslations } from 'next-intl';
import { ReasonDialog, type ReasonDialogProps } from '#web/ui/ReasonDialog.tsx';

export interface OperatorReasonProps extends Pick<ReasonDialogProps, 'isSending' | 'onClose' | 'onSend'> {
  readonly kind: 'resolve' | 'cancel' | 'rebuild';
}

export function OperatorReason({ kind, ...dialog }: OperatorReasonProps) {
  const t = useTranslations('operations');
  const common = useTranslations('common');
  const isRebuild = kind === 'rebuild';
  return (
    <ReasonDialog
      title={t(isRebuild ? 'rebuild.title' : `${kind}Title`)}
      hint={t(isRebuild ? 'rebuild.hint' : `${kind}Hint`)}
      label={t('reason')}
      required={t('reasonRequired')}
      okText={t(isRebuild ? 'rebuild.ask' : kind)}
      cancelText={common('cancel')}
      isDanger={kind === 'cancel'}
      {...dialog}
    />
  );
}
