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
    onRefused: (error) => void message.error(words(error)),
  });

  const submit = () => {
    // Only people whose name still stands in the text are told.
    const mentions = [...mentioned].filter(([name]) => text.includes(`@${name}`)).map(([, id]) => id);
    command.send(commands.comment(instanceId, { text: text.trim(), ...(mentions.length > 0 ? { mentions } : {}) }));
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
        options={people.map(({ id, display }) => ({ key: id, value: nameAmong(people, display), label: display }))}
        onSearch={setTypedName}
        onSelect={({ value = '' }) => {
          const chosen = people.find(({ display }) => nameAmong(people, display) === value);
          if (chosen) setMentioned((known) => new Map(known).set(value, chosen.id));
        }}
        onChange={setText}
      />
      <Button type="primary" disabled={text.trim() === ''} loading={command.isPending} onClick={submit}>
        {t('commentSend')}
      </Button>
    </div>
  );
}

/** The name without what stands behind it; whole where two people share it. */
function nameAmong(people: readonly { readonly display: string }[], display: string): string {
  const short = shortName(display);
  return people.filter((each) => shortName(each.display) === short).length > 1 ? display.replaceAll(' ', '') : short;
}

const shortName = (display: string): string => display.split(' · ')[0] ?? display;
