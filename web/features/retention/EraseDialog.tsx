'use client';

import { Input } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { ReasonDialog, type ReasonDialogProps } from '#web/ui/ReasonDialog.tsx';

export interface EraseDialogProps extends Pick<ReasonDialogProps, 'isSending' | 'onClose' | 'onSend'> {
  /** Of the instance: whoever erases it types it, as nothing brings it back. */
  readonly number: string;
}

export function EraseDialog({ number, ...dialog }: EraseDialogProps) {
  const t = useTranslations('retention');
  const id = useId();
  const [typed, setTyped] = useState('');
  return (
    <ReasonDialog
      title={t('eraseTitle')}
      hint={t('eraseHint')}
      label={t('reason')}
      required={t('reasonRequired')}
      okText={t('erase')}
      isDanger
      canSend={typed.trim() === number}
      {...dialog}
    >
      <label htmlFor={id}>{t('eraseConfirm', { number })}</label>
      <Input id={id} value={typed} onChange={({ target }) => setTyped(target.value)} autoComplete="off" />
    </ReasonDialog>
  );
}
