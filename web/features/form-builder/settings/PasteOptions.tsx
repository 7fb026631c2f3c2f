'use client';

import { Button, Input, Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useMemo, useState } from 'react';
import type { OptionForEdit } from '#core/form-edit/option-setting.ts';
import { readOptions, writeOptions } from '#core/form-edit/paste-options.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';

export interface PasteOptionsProps {
  readonly options: readonly OptionForEdit[];
  readonly onPaste: (options: readonly OptionForEdit[]) => void;
  readonly onClose: () => void;
}

/** Many options at once, from a spreadsheet; what is not understood is told by line. */
export function PasteOptions({ options, onPaste, onClose }: PasteOptionsProps) {
  const t = useTranslations('formBuilder.paste');
  const common = useTranslations('common');
  const { locale } = useText();
  const id = useId();
  const [text, setText] = useState(() => (options.length > 0 ? writeOptions(options, locale) : ''));
  const read = useMemo(() => readOptions(text, options), [text, options]);
  const give = (next: readonly OptionForEdit[]) => {
    onPaste(next);
    onClose();
  };
  const isNothing = read.options.length === 0;
  return (
    <Modal
      open
      title={t('title')}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {common('cancel')}
        </Button>,
        <Button key="append" disabled={isNothing} onClick={() => give([...options, ...read.options])}>
          {t('append')}
        </Button>,
        <Button key="replace" type="primary" disabled={isNothing} onClick={() => give(read.options)}>
          {t('replace')}
        </Button>,
      ]}
    >
      <p id={`${id}-hint`} className={styles.quiet}>
        {t('hint')}
      </p>
      <Input.TextArea
        aria-label={t('label')}
        aria-describedby={`${id}-hint`}
        autoFocus
        autoSize={{ minRows: 6, maxRows: 14 }}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div role="status">
        <p>{t('found', { count: read.options.length })}</p>
        <ul className={styles.findings}>
          {read.problems.map(({ line, code, data }) => (
            <li key={`${line}/${code}`} className={styles.doubtfulLine}>
              {t('line', { line })}
              {t(`problems.${code}`, data)}
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  );
}
