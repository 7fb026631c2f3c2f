'use client';

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { SettingName } from '#core/form-edit/item-changes.ts';
import styles from '../FormBuilder.module.css';
import { Labelled } from './Labelled.tsx';

export interface ListFieldProps<Entry> {
  readonly id: string;
  readonly name: SettingName;
  readonly entries: readonly Entry[];
  readonly onChange: (entries: readonly Entry[]) => void;
  readonly isDisabled: boolean;
  /** Null where entries are added in another way. */
  readonly blank: Entry | null;
  readonly children: (entry: Entry, change: (changes: Partial<Entry>) => void, number: number) => ReactNode;
}

/** Several of a kind, each in a box of its own, to be added to and taken from. */
export function ListField<Entry>({ id, name, entries, onChange, isDisabled, blank, children }: ListFieldProps<Entry>) {
  const t = useTranslations('formBuilder');
  return (
    <Labelled id={id} name={name} isGroup>
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no name but their place.
        <div key={index} className={styles.entry}>
          <div className={styles.settings}>
            {children(entry, (changes) => onChange(entries.with(index, { ...entry, ...changes })), index + 1)}
          </div>
          <Button
            size="small"
            type="text"
            danger
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('removeEntry', { name: t(`settings.${name}`), number: index + 1 })}
            disabled={isDisabled}
            onClick={() => onChange(entries.toSpliced(index, 1))}
          />
        </div>
      ))}
      {blank === null ? null : (
        <Button size="small" icon={<PlusOutlined aria-hidden />} disabled={isDisabled} onClick={() => onChange([...entries, blank])}>
          {t('addEntry', { name: t(`settings.${name}`) })}
        </Button>
      )}
    </Labelled>
  );
}
