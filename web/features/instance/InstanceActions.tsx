'use client';

import { App, Button, Dropdown } from 'antd';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { InstanceAction, InstanceView } from '#api/views.ts';
import type { Reason } from '#web/features/task/ReasonDialog.tsx';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useIsPhone } from '#web/lib/use-media.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';

const CopyDialog = dynamic(async () => (await import('./CopyDialog.tsx')).CopyDialog, { ssr: false });

const ReasonDialog = dynamic(async () => (await import('#web/features/task/ReasonDialog.tsx')).ReasonDialog, { ssr: false });

type SendAction = Extract<InstanceAction, { kind: 'send' }>;

/** What the viewer may do with the instance beside tasks: withdraw, raise an issue, urge, copy. Comments have their own tab. */
export function InstanceActions({ instance }: { readonly instance: InstanceView }) {
  const t = useTranslations('instance');
  const { text } = useText();
  const words = useErrorWords();
  const isPhone = useIsPhone();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<SendAction | null>(null);
  const [isCopying, setCopying] = useState(false);
  const { id, waitingFor } = instance.header;
  const command = useCommand({ onRefused: (error) => void message.error(words(error)) });

  const send = (action: SendAction, reason: Reason) =>
    command.send(commands.action(id, action.code, { ...reason }), () => {
      setAsking(null);
      message.success(t('actionDone', { action: text(action.name) }));
    });
  const urge = async () => {
    for (const { taskId } of waitingFor) {
      if (taskId !== null && !(await command.send(commands.urge(id, taskId)))) return;
    }
    message.success(t('urged'));
  };

  const items = instance.actions.flatMap((action) => {
    if (action.kind === 'send') {
      return [{ key: `send-${action.code}`, label: text(action.name), danger: action.tone === 'danger', run: () => setAsking(action) }];
    }
    if (action.kind === 'cc') return [{ key: 'cc', label: t('cc'), danger: false, run: () => setCopying(true) }];
    if (action.kind === 'urge') return [{ key: 'urge', label: t('urge'), danger: false, run: () => void urge() }];
    return [];
  });

  return (
    <>
      {isPhone && items.length > 1 ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: items.map(({ key, label, danger }) => ({ key, label, danger })),
            onClick: ({ key }) => items.find((item) => item.key === key)?.run(),
          }}
        >
          <Button>{t('actions')}</Button>
        </Dropdown>
      ) : (
        items.map(({ key, label, danger, run }) => (
          <Button key={key} danger={danger} loading={command.isPending && key === 'urge'} onClick={run}>
            {label}
          </Button>
        ))
      )}
      {asking ? (
        <ReasonDialog
          key={asking.code}
          name={asking.name}
          rule={asking.reason}
          asks={asking.asks}
          isDanger={asking.tone === 'danger'}
          isSending={command.isPending}
          hint={t('actionConfirmHint')}
          onClose={() => setAsking(null)}
          onSend={(reason) => send(asking, reason)}
        />
      ) : null}
      {isCopying ? <CopyDialog instanceId={id} onClose={() => setCopying(false)} /> : null}
    </>
  );
}
