'use client';

import { App, Button, Mentions } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useReferences } from '#web/lib/use-references.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import styles from './CommentThread.module.css';

const TEXT_MAX = 2000;

/** Writes a comment; people who are mentioned with @ are told. */
export function Composer({ instanceId }: { readonly instanceId: string }) {
  const t = useTranslations('instance');
  const words = useErrorWords();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [typedName, setTypedName] = useState<string | null>(null);
  const [mentioned, setMentioned] = useState<ReadonlyMap<string, string>>(new Map());
  const { data: people = [], isFetching } = useReferences('person', typedName ?? '', typedName !== null);
  const command = useCommand({
    onDone: () => {
      setText('');
      setMentioned(new Map());
      message.success(t('commentSent'));
    },
    onRefused: (error) => message.error(words(error)),
  });

  const submit = () => {
    // Only people whose name still stands in the text are told.
    const mentions = [...mentioned].filter(([name]) => text.includes(`@${name}`)).map(([, id]) => id);
    command.mutate(commands.comment(instanceId, { text: text.trim(), ...(mentions.length > 0 ? { mentions } : {}) }));
  };

  return (
    <div className={styles.composer}>
      <Mentions
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={text}
        maxLength={TEXT_MAX}
        placeholder={t('commentPlaceholder')}
        aria-label={t('commentLabel')}
        loading={isFetching}
        filterOption={false}
        options={people.map(({ id, display }) => ({ key: id, value: shortName(display), label: display }))}
        onSearch={setTypedName}
        onSelect={({ key, value }) => setMentioned((known) => new Map(known).set(value ?? '', String(key)))}
        onChange={setText}
      />
      <Button type="primary" disabled={text.trim() === ''} loading={command.isPending} onClick={submit}>
        {t('commentSend')}
      </Button>
    </div>
  );
}

/** The name without the organisation behind it: what stands in the text. */
const shortName = (display: string): string => display.split(/[\s·（(]/)[0] ?? display;
