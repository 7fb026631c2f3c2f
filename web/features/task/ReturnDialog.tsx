'use client';

import { useMutation } from '@tanstack/react-query';
import { Modal, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { ReturnPlanView, TaskView } from '#api/views.ts';
import type { ReturnTarget } from '#core/process/task-descriptor.ts';
import { type ApiError, send } from '#web/lib/api.ts';
import { commands } from '#web/lib/use-command.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { ReasonField } from '#web/ui/ReasonField.tsx';
import styles from './dialog.module.css';
import { ReturnPlan } from './ReturnPlan.tsx';

export interface ReturnDialogProps {
  readonly task: TaskView;
  readonly targets: readonly ReturnTarget[];
  readonly isSending: boolean;
  readonly onClose: () => void;
  readonly onReturn: (toElementId: string, reason: string) => void;
}

/** Choose the step, see what is undone, say why. Another step needs another look. */
export function ReturnDialog({ task, targets, isSending, onClose, onReturn }: ReturnDialogProps) {
  const t = useTranslations('task.return');
  const tasks = useTranslations('task');
  const common = useTranslations('common');
  const { text } = useText();
  const words = useErrorWords();
  const id = useId();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const planning = useMutation<ReturnPlanView, ApiError, string>({
    mutationFn: (toElementId) =>
      send('POST', commands.planReturn(task.instance.id, task.taskId), { commandId: crypto.randomUUID(), toElementId }),
  });
  const plan = planning.data ?? null;
  const isReasonMissing = reason.trim() === '';

  return (
    <Modal
      open
      title={t('title')}
      onCancel={onClose}
      onOk={() => {
        setChecked(true);
        if (plan && !isReasonMissing) onReturn(plan.toElementId, reason.trim());
      }}
      okText={t('confirm')}
      cancelText={common('cancel')}
      okButtonProps={{ danger: true, loading: isSending, disabled: plan === null }}
      focusTriggerAfterClose
    >
      <div className={styles.fields}>
        <div>
          <label htmlFor={`${id}-to`}>{t('to')}</label>
          <Select
            id={`${id}-to`}
            loading={planning.isPending}
            onChange={(toElementId: string) => planning.mutate(toElementId)}
            options={targets.map(({ elementId, name }) => ({ value: elementId, label: text(name) }))}
          />
          <p className={styles.error} role="alert">
            {planning.error ? words(planning.error) : ''}
          </p>
        </div>
        {plan ? <ReturnPlan plan={plan} targets={targets} /> : null}
        <ReasonField
          label={t('reason')}
          value={reason}
          onChange={setReason}
          error={isChecked && isReasonMissing ? tasks('reasonMissing') : ''}
        />
      </div>
    </Modal>
  );
}
