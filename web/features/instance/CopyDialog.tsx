'use client';

import { App, Input, Modal, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import styles from '#web/features/task/dialog.module.css';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useReferences } from '#web/lib/use-references.ts';
import { useErrorWords } from '#web/lib/use-words.ts';

const TEXT_MAX = 500;

/** 抄送: lets others follow the instance. */
export function CopyDialog({ instanceId, onClose }: { readonly instanceId: string; readonly onClose: () => void }) {
  const t = useTranslations('instance');
  const common = useTranslations('common');
  const words = useErrorWords();
  const { message } = App.useApp();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<readonly { readonly value: string; readonly label: string }[]>([]);
  const [text, setText] = useState('');
  const { data: people = [], isFetching } = useReferences('person', typed);
  const command = useCommand({
    onDone: () => {
      message.success(t('ccDone'));
      onClose();
    },
    onRefused: (error) => void message.error(words(error)),
  });
  return (
    <Modal
      open
      title={t('ccTitle')}
      onCancel={onClose}
      onOk={() =>
        command.send(
          commands.copy(instanceId, { personIds: chosen.map(({ value }) => value), ...(text.trim() ? { text: text.trim() } : {}) }),
        )
      }
      okText={t('cc')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: chosen.length === 0, loading: command.isPending }}
    >
      <div className={styles.fields}>
        <div>
          <label htmlFor={`${id}-people`}>{t('ccPeople')}</label>
          <Select
            id={`${id}-people`}
            mode="multiple"
            labelInValue
            showSearch={{ filterOption: false, onSearch: setTyped }}
            placeholder={t('peopleSearch')}
            loading={isFetching}
            value={[...chosen]}
            onChange={(values) => setChosen(values)}
            options={people.map(({ id: value, display }) => ({ value, label: display }))}
          />
        </div>
        <div>
          <label htmlFor={`${id}-text`}>{t('ccText')}</label>
          <Input.TextArea
            id={`${id}-text`}
            value={text}
            onChange={({ target }) => setText(target.value)}
            maxLength={TEXT_MAX}
            autoSize={{ minRows: 2 }}
          />
        </div>
      </div>
    </Modal>
  );
}
