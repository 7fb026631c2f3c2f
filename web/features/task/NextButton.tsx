'use client';

import { Button } from 'antd';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { entryKey, nextAfter, type QueueEntry, readQueue } from '#web/lib/queue.ts';
import { paths } from '#web/paths.ts';

interface Next {
  readonly entry: QueueEntry | null;
  readonly left: number;
  readonly back: string;
}

/** 处理下一条: on through the list one came from, with the number of what is left; back to it at the end. */
export function NextButton({ instanceId, taskId, isPrimary = true }: QueueEntry & { readonly isPrimary?: boolean }) {
  const t = useTranslations('task');
  const router = useRouter();
  const [next, setNext] = useState<Next | null>(null);
  useEffect(() => {
    const queue = readQueue();
    if (queue === null) {
      setNext({ entry: null, left: 0, back: paths.inbox() });
      return;
    }
    const here = entryKey({ instanceId, taskId });
    const left = queue.entries.filter((entry) => entryKey(entry) !== here && !queue.done.includes(entryKey(entry))).length;
    setNext({ entry: nextAfter(queue, { instanceId, taskId }), left, back: queue.back });
  }, [instanceId, taskId]);

  const { entry = null, left = 0, back = paths.inbox() } = next ?? {};
  const type = isPrimary ? 'primary' : 'default';
  return entry ? (
    <Button type={type} autoFocus={isPrimary} onClick={() => router.push(paths.task(entry.instanceId, entry.taskId))}>
      {t('nextCounter', { left })}
    </Button>
  ) : (
    <Button type={type} onClick={() => router.push(back)}>
      {t('backToList')}
    </Button>
  );
}
