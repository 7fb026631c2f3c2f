'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Tooltip } from 'antd';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { OperatedInstance } from '#api/views/operations.ts';
import { type ApiError, send } from '#web/lib/api.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';

const EraseDialog = dynamic(async () => (await import('./EraseDialog.tsx')).EraseDialog, { ssr: false });

/** Erases a sealed instance before its time; while that cannot be, it says why. */
export function EraseButton({ instance: { id, number, status, retention } }: { readonly instance: OperatedInstance }) {
  const t = useTranslations('retention');
  const words = useErrorWords();
  const client = useQueryClient();
  const router = useRouter();
  const { message } = App.useApp();
  const [isAsking, setAsking] = useState(false);
  const erasure = useMutation<unknown, ApiError, string>({
    // Twice comes to the same as once.
    mutationFn: (reason) => send('POST', `/api/operations/instances/${encodeURIComponent(id)}/erase`, { reason }),
    onSuccess: () => {
      message.success(t('eraseDone'));
      // Nothing is left to stay with.
      router.replace(paths.operations());
      void client.invalidateQueries({ queryKey: ['operations'] });
    },
    onError: (error) => void message.error(words(error)),
  });
  const against = UNSEALED.has(status)
    ? t('eraseNotSealed')
    : retention.hold
      ? t('onHoldHint')
      : retention.isCalled
        ? t('withCaller')
        : null;
  return (
    <>
      <Tooltip title={against}>
        <Button danger disabled={against !== null} onClick={() => setAsking(true)}>
          {t('erase')}
        </Button>
      </Tooltip>
      {isAsking ? (
        <EraseDialog
          number={number}
          isSending={erasure.isPending}
          onClose={() => setAsking(false)}
          onSend={(reason) => erasure.mutate(reason)}
        />
      ) : null}
    </>
  );
}

const UNSEALED: ReadonlySet<string> = new Set<OperatedInstance['status']>(['active', 'stopped', 'ended']);
