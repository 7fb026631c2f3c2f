'use client';

import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { labelOf } from '#core/form/localize.ts';
import { ITEM_TYPES, type ItemType, type QuestionnaireItem } from '#core/form/questionnaire.ts';
import { FIELD_LIBRARY } from '#core/form-edit/field-library.ts';
import { anOption, optionSetting } from '#core/form-edit/option-setting.ts';
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
  const { locale } = useText();
  const [sought, setSought] = useState('');
  const isFound = (...texts: readonly string[]) => texts.some((text) => text.toLowerCase().includes(sought.trim().toLowerCase()));
  const types = ITEM_TYPES.filter((type) => isFound(t(`types.${type}`), type));
  const groups = FIELD_LIBRARY.filter(({ key, item }) => isFound(key, labelOf(item, locale)));
  const newItem = (type: ItemType): QuestionnaireItem => {
    const item: QuestionnaireItem = {
      linkId: type === 'group' ? 'section' : 'question',
      type,
      text: t('newItem', { type: t(`types.${type}`) }),
    };
    if (type !== 'choice' && type !== 'open-choice') return item;
    return optionSetting.write(item, [anOption('1', t('newOption', { number: 1 })), anOption('2', t('newOption', { number: 2 }))]);
  };
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
      {types.length + groups.length === 0 ? <p>{t('nothingFound')}</p> : null}
      {types.length > 0 ? <h3>{t('fieldTypes')}</h3> : null}
      <ul className={styles.addTypes}>
        {types.map((type) => (
          <li key={type}>
            <Button type="text" icon={<ItemIcon type={type} />} onClick={() => onAdd([newItem(type)])}>
              {t(`types.${type}`)}
            </Button>
          </li>
        ))}
      </ul>
      {groups.length > 0 ? <h3>{t('library')}</h3> : null}
      <ul className={styles.addTypes}>
        {groups.map(({ key, item }) => (
          <li key={key}>
            <Button type="text" icon={<ItemIcon type="group" />} onClick={() => onAdd([item])}>
              {labelOf(item, locale)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
