'use client';

import { useTranslations } from 'next-intl';
import type { TaskView } from '#api/views.ts';
import type { Disabled } from '#core/process/task-descriptor.ts';
import { useText } from '#web/lib/use-words.ts';

/** Why a button cannot be pressed; with the name of whoever has the task, where that is the reason. */
export function useDisabledWords(): (disabled: Disabled, task: Pick<TaskView, 'assignee'>) => string {
  const t = useTranslations('task');
  const refusal = useTranslations('refusal');
  const { name } = useText();
  return (disabled, { assignee }) =>
    disabled.code === 'claimed-by-other' && assignee ? t('lockedByOther', { name: name(assignee) }) : refusal(disabled.code);
}
