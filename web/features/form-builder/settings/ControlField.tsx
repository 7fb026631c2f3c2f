'use client';

import { Select } from 'antd';
import { useTranslations } from 'next-intl';
import { controlsOf } from '#core/form-edit/setting-types.ts';
import { isKeyOf } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';
import { Labelled } from './Labelled.tsx';
import type { SettingProps } from './setting-field.ts';

/** How it is drawn. A control that we do not know is shown by its code. */
export function ControlField({ id, value, onChange, isDisabled, item }: SettingProps<string>) {
  const t = useTranslations('formBuilder.controls');
  const unset = useTranslations('formBuilder.values');
  const codes = [...new Set([...controlsOf(item.type), ...(value === '' ? [] : [value])])];
  return (
    <Labelled id={id} name="itemControl">
      <Select
        id={id}
        className={styles.full}
        allowClear
        disabled={isDisabled}
        value={value === '' ? undefined : value}
        placeholder={unset('unset')}
        onChange={(chosen?: string) => onChange(chosen ?? '')}
        options={codes.map((code) => ({ value: code, label: isKeyOf(code, t) ? t(code) : code }))}
      />
    </Labelled>
  );
}
