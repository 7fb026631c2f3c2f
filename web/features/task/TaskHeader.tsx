'use client';

import { ArrowLeftOutlined, EllipsisOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { TaskView } from '#api/views.ts';
import { entryKey, type Queue, readQueue } from '#web/lib/queue.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { SlaBadge } from '#web/ui/SlaBadge.tsx';
import { UrgencyMark } from '#web/ui/UrgencyMark.tsx';
import styles from './TaskPage.module.css';
import { useDisabledWords } from './use-disabled-words.ts';

const AssignDialog = dynamic(async () => (await import('./AssignDialog.tsx')).AssignDialog, { ssr: false });

export function TaskHeader({ task }: { readonly task: TaskView }) {
  const t = useTranslations('task');
  const { text, name } = useText();
  const { instance } = task;
  const isOpen = task.state === 'ready' || task.state === 'claimed';
  const queue = useQueue();
  const at = queue?.entries.findIndex((entry) => entryKey(entry) === entryKey({ instanceId: instance.id, taskId: task.taskId })) ?? -1;
  return (
    <header className={styles.header}>
      <nav className={styles.trail}>
        <Link href={queue?.back ?? paths.inbox()}>
          <ArrowLeftOutlined aria-hidden /> {t('backToList')}
        </Link>
        {queue && at >= 0 ? <span>{t('position', { at: at + 1, of: queue.entries.length })}</span> : null}
        <Link href={paths.instance(instance.id)}>{instance.number}</Link>
        <span>{name(instance.from)}</span>
      </nav>
      <div className={styles.titleRow}>
        <h1>{text(task.name)}</h1>
        <span>{text(instance.title)}</span>
        <UrgencyMark urgency={instance.urgency} />
        {isOpen ? <SlaBadge due={task.due} overdue={task.overdue} /> : null}
        {task.assignee && isOpen ? <PersonChip person={task.assignee} /> : null}
        <span className={styles.grow} />
        {isOpen ? <MoreActions task={task} /> : null}
      </div>
    </header>
  );
}

/** The list the person came from; known only in the browser. */
function useQueue(): Queue | null {
  const [queue, setQueue] = useState<Queue | null>(null);
  useEffect(() => setQueue(readQueue()), []);
  return queue;
}

function MoreActions({ task }: { readonly task: TaskView }) {
  const t = useTranslations('task');
  const words = useErrorWords();
  const disabledWords = useDisabledWords();
  const { message } = App.useApp();
  const [isAssigning, setAssigning] = useState(false);
  const command = useCommand({ onRefused: (error) => void message.error(words(error)) });
  const offered = task.actions.filter(({ kind }) => kind === 'release' || kind === 'urge' || kind === 'assign');
  if (offered.length === 0) return null;

  const { id } = task.instance;
  const run = (kind: string) => {
    if (kind === 'assign') setAssigning(true);
    if (kind === 'release') command.send(commands.release(id, task.taskId), () => message.success(t('released')));
    if (kind === 'urge') command.send(commands.urge(id, task.taskId), () => message.success(t('urged')));
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          onClick: ({ key }) => run(key),
          items: offered.map((action) => ({
            key: action.kind,
            disabled: action.disabled !== null,
            label:
              action.kind === 'outcome' || action.kind === 'return' ? null : (
                <>
                  {t(action.kind)}
                  {action.disabled ? <small> · {disabledWords(action.disabled, task)}</small> : null}
                </>
              ),
          })),
        }}
      >
        <Button icon={<EllipsisOutlined aria-hidden />} loading={command.isPending} aria-label={t('moreActions')} />
      </Dropdown>
      {isAssigning ? <AssignDialog task={task} onClose={() => setAssigning(false)} /> : null}
    </>
  );
}
