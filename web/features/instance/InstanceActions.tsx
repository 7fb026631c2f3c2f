'use client';

import { App, Button, Dropdown, Tooltip } from 'antd';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { InstanceAction, InstanceView } from '#api/views.ts';
import type { Reason } from '#web/features/task/ReasonDialog.tsx';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useIsPhone } from '#web/lib/use-media.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import styles from './InstancePage.module.css';

const CopyDialog = dynamic(async () => (await import('./CopyDialog.tsx')).CopyDialog, { ssr: false });

const ReasonDialog = dynamic(async () => (await import('#web/features/task/ReasonDialog.tsx')).ReasonDialog, { ssr: false });

type SendAction = Extract<InstanceAction, { kind: 'send' }>;

interface Item {
  readonly key: string;
  readonly label: string;
  readonly danger: boolean;
  /** Why it cannot be done now. */
  readonly why: string | null;
  readonly run: () => void;
}

/** What the viewer may do with the instance beside tasks: withdraw, raise an issue, urge, copy. Comments have their own tab. */
export function InstanceActions({ instance }: { readonly instance: InstanceView }) {
  const t = useTranslations('instance');
  const { text } = useText();
  const words = useErrorWords();
  const refusal = useTranslations('refusal');
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

  const items = instance.actions.flatMap((action): readonly Item[] => {
    if (action.kind === 'send') {
      const why = action.disabled && refusal(action.disabled.code);
      return [
        { key: `send-${action.code}`, label: text(action.name), danger: action.tone === 'danger', why, run: () => setAsking(action) },
      ];
    }
    if (action.kind === 'cc') return [{ key: 'cc', label: t('cc'), danger: false, why: null, run: () => setCopying(true) }];
    if (action.kind === 'urge') return [{ key: 'urge', label: t('urge'), danger: false, why: null, run: () => void urge() }];
    return [];
  });

  return (
    <>
      {isPhone && items.length > 1 ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: items.map(({ key, label, danger, why }) => ({
              key,
              danger,
              disabled: why !== null,
              label: <MenuLabel label={label} why={why} />,
            })),
            onClick: ({ key }) => items.find((item) => item.key === key)?.run(),
          }}
        >
          <Button>{t('actions')}</Button>
        </Dropdown>
      ) : (
        items.map(({ key, label, danger, why, run }) => (
          <Tooltip key={key} title={why}>
            {/* A disabled button tells no pointer events; the span does, and the tooltip explains. */}
            <span>
              <Button danger={danger} disabled={why !== null} loading={command.isPending && key === 'urge'} onClick={run}>
                {label}
              </Button>
            </span>
          </Tooltip>
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

/** A phone has no pointer that could wait over it: the reason stands under the name. */
function MenuLabel({ label, why }: Pick<Item, 'label' | 'why'>) {
  return (
    <>
      {label}
      {why ? <small className={styles.why}>{why}</small> : null}
    </>
  );
}
