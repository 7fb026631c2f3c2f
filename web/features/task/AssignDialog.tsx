'use client';

import { App, Input, Modal, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { TaskView } from '#api/views.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useReferences } from '#web/lib/use-references.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import styles from './dialog.module.css';

/** 转办: another person takes over. */
export function AssignDialog({ task, onClose }: { readonly task: TaskView; readonly onClose: () => void }) {
  const t = useTranslations('task');
  const common = useTranslations('common');
  const words = useErrorWords();
  const { message } = App.useApp();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [personId, setPersonId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const { data: people = [], isFetching } = useReferences('person', typed);
  const command = useCommand({
    onDone: () => {
      message.success(t('assigned'));
      onClose();
    },
    onRefused: (error) => void message.error(words(error)),
  });
  const assign = () => {
    if (personId === null) return;
    command.send(commands.assign(task.instance.id, task.taskId, { personId, ...(reason.trim() ? { reason: reason.trim() } : {}) }));
  };
  return (
    <Modal
      open
      title={t('assign')}
      onCancel={onClose}
      onOk={assign}
      okText={t('assign')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: personId === null, loading: command.isPending }}
    >
      <div className={styles.fields}>
        <div>
          <label htmlFor={`${id}-person`}>{t('assignTo')}</label>
          <Select
            id={`${id}-person`}
            showSearch={{ filterOption: false, onSearch: setTyped }}
            placeholder={t('assignSearch')}
            loading={isFetching}
            value={personId}
            onChange={setPersonId}
            options={people.map(({ id: value, display }) => ({ value, label: display }))}
          />
        </div>
        <div>
          <label htmlFor={`${id}-reason`}>{t('assignReason')}</label>
          <Input.TextArea
            id={`${id}-reason`}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            maxLength={500}
            autoSize={{ minRows: 2 }}
          />
        </div>
      </div>
    </Modal>
  );
}
