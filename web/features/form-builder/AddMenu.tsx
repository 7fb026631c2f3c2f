'use client';

import { PlusOutlined } from '@ant-design/icons';
import { useDraggable } from '@dnd-kit/core';
import { Button, Input, Popover } from 'antd';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { FIELD_GROUPS, type LibraryEntry, SINGLE_FIELDS } from '#core/form-edit/field-library.ts';
import { useText } from '#web/lib/use-words.ts';
import { useDragging } from './drag/BuilderDrag.tsx';
import type { Dragged } from './drag/dragged.ts';
import styles from './FormBuilder.module.css';
import { ItemIcon } from './ItemIcon.tsx';
import type { ItemActs } from './use-item-acts.ts';

/** Everything that can be put into a form: single questions by type, and whole groups of the library. Pressed it comes behind what is chosen. */
export function AddMenu({ acts, isDisabled }: { readonly acts: ItemActs; readonly isDisabled: boolean }) {
  const t = useTranslations('formBuilder');
  const [isOpen, setOpen] = useState(false);
  // What is dragged comes out of it: it makes room, and stays until the end, as a finger needs what it began on.
  const isDraggedFrom = useDragging()?.kind === 'new';
  useEffect(() => {
    if (!isDraggedFrom) return;
    return () => setOpen(false);
  }, [isDraggedFrom]);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      classNames={{ root: isDraggedFrom ? styles.addMenuAway : '' }}
      content={
        <Choices
          onAdd={(entry) => {
            setOpen(false);
            acts.add([entry.item]);
          }}
        />
      }
    >
      <Button type="primary" icon={<PlusOutlined aria-hidden />} disabled={isDisabled} aria-expanded={isOpen}>
        {t('add')}
      </Button>
    </Popover>
  );
}

function Choices({ onAdd }: { readonly onAdd: (entry: LibraryEntry) => void }) {
  const t = useTranslations('formBuilder');
  const { text } = useText();
  const [sought, setSought] = useState('');
  const isFound = ({ key, name }: LibraryEntry) => `${key} ${text(name)}`.toLowerCase().includes(sought.trim().toLowerCase());
  const [fields, groups] = [SINGLE_FIELDS.filter(isFound), FIELD_GROUPS.filter(isFound)];
  const list = (title: string, entries: readonly LibraryEntry[]) =>
    entries.length === 0 ? null : (
      <>
        <h3>{title}</h3>
        <ul className={styles.addTypes}>
          {entries.map((entry) => (
            <li key={entry.key}>
              <Choice entry={entry} onAdd={() => onAdd(entry)} />
            </li>
          ))}
        </ul>
      </>
    );
  return (
    <div className={styles.addMenu}>
      <Input.Search
        autoFocus
        allowClear
        aria-label={t('findField')}
        placeholder={t('findField')}
        value={sought}
        onChange={({ target }) => setSought(target.value)}
      />
      <p className={styles.quiet}>{t('addHint')}</p>
      {fields.length + groups.length === 0 ? <p>{t('nothingFound')}</p> : null}
      {list(t('fieldTypes'), fields)}
      {list(t('library'), groups)}
    </div>
  );
}

function Choice({ entry, onAdd }: { readonly entry: LibraryEntry; readonly onAdd: () => void }) {
  const { text } = useText();
  const name = text(entry.name);
  const { type } = entry.item;
  const { setNodeRef, listeners } = useDraggable({ id: `new ${entry.key}`, data: { kind: 'new', entry, type, name } satisfies Dragged });
  return (
    <Button {...listeners} ref={setNodeRef} type="text" icon={<ItemIcon type={type} />} onClick={onAdd}>
      {name}
    </Button>
  );
}
