'use client';

import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { FIELD_GROUPS, type LibraryEntry, SINGLE_FIELDS } from '#core/form-edit/field-library.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './FormBuilder.module.css';
import { ItemIcon } from './ItemIcon.tsx';
import type { ItemActs } from './use-item-acts.ts';

/** Everything that can be put into a form: single questions by type, and whole groups of the library. */
export function AddMenu({ acts, isDisabled }: { readonly acts: ItemActs; readonly isDisabled: boolean }) {
  const t = useTranslations('formBuilder');
  const [isOpen, setOpen] = useState(false);
  const add = (items: readonly QuestionnaireItem[]) => {
    setOpen(false);
    acts.add(items);
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen} trigger="click" placement="bottomLeft" destroyOnHidden content={<Choices onAdd={add} />}>
      <Button type="primary" icon={<PlusOutlined aria-hidden />} disabled={isDisabled} aria-expanded={isOpen}>
        {t('add')}
      </Button>
    </Popover>
  );
}

function Choices({ onAdd }: { readonly onAdd: (items: readonly QuestionnaireItem[]) => void }) {
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
          {entries.map(({ key, name, item }) => (
            <li key={key}>
              <Button type="text" icon={<ItemIcon type={item.type} />} onClick={() => onAdd([item])}>
                {text(name)}
              </Button>
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
      {fields.length + groups.length === 0 ? <p>{t('nothingFound')}</p> : null}
      {list(t('fieldTypes'), fields)}
      {list(t('library'), groups)}
    </div>
  );
}
