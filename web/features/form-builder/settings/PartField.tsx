'use client';

import { AutoComplete } from 'antd';
import { useTranslations } from 'next-intl';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';
import { Labelled } from './Labelled.tsx';
import type { SettingProps } from './setting-field.ts';

/** Another form of the same flow, picked by its title; an address may be typed for one that is to come. */
export function PartField({ id, value, onChange, onLeave, isDisabled, form, flow }: SettingProps<string>) {
  const t = useTranslations('formBuilder');
  const { text } = useText();
  const { data } = useRead(reads.forms());
  const forms = data?.flows.find(({ key }) => key === flow)?.forms ?? [];
  return (
    <Labelled id={id} name="subQuestionnaire" hint={t('partHint')}>
      <AutoComplete
        id={id}
        className={styles.full}
        allowClear
        disabled={isDisabled}
        value={value}
        onChange={(address = '') => onChange(address)}
        onBlur={onLeave}
        options={forms.flatMap(({ url, title }) => (url === null || url === form.url ? [] : [{ value: url, label: text(title) }]))}
      />
    </Labelled>
  );
}
