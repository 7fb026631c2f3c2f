'use client';

import { Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslations } from 'next-intl';
import type { ItemChanges, SettingName } from '#core/form-edit/item-changes.ts';
import { isKeyOf } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';
import { Labelled } from './Labelled.tsx';
import type { SettingProps } from './setting-field.ts';

type NamesOf<Value> = { [Name in SettingName]: ItemChanges[Name] extends Value ? Name : never }[SettingName];

/** One line of text. */
export const textField =
  (name: NamesOf<string>, { isLong = false }: { readonly isLong?: boolean } = {}) =>
  ({ id, value, onChange, onLeave, isDisabled }: SettingProps<string>) => (
    <Labelled id={id} name={name}>
      {isLong ? (
        <Input.TextArea
          id={id}
          value={value}
          disabled={isDisabled}
          autoSize={{ minRows: 1, maxRows: 6 }}
          onChange={({ target }) => onChange(target.value)}
          onBlur={onLeave}
        />
      ) : (
        <Input id={id} value={value} disabled={isDisabled} onChange={({ target }) => onChange(target.value)} onBlur={onLeave} />
      )}
    </Labelled>
  );

export const flagField = (name: NamesOf<boolean>) =>
  function FlagField({ id, value, onChange, isDisabled }: SettingProps<boolean>) {
    const t = useTranslations('formBuilder.settings');
    return (
      <Checkbox id={id} className={styles.flag} checked={value} disabled={isDisabled} onChange={({ target }) => onChange(target.checked)}>
        {t(name)}
      </Checkbox>
    );
  };

export const numberField =
  (name: NamesOf<number | null>, { min = 0, precision = 0 }: { readonly min?: number; readonly precision?: number } = {}) =>
  ({ id, value, onChange, onLeave, isDisabled }: SettingProps<number | null>) => (
    <Labelled id={id} name={name}>
      <InputNumber
        id={id}
        className={styles.full}
        value={value}
        min={min}
        precision={precision}
        disabled={isDisabled}
        onChange={onChange}
        onBlur={onLeave}
      />
    </Labelled>
  );

/** One of a few; their words stand under `formBuilder.values.<name>`. */
export const selectField = <Name extends 'choiceOrientation' | 'collapsible' | 'enableBehavior' | 'referenceKind' | 'observation'>(
  name: Name,
  values: readonly NonNullable<ItemChanges[Name]>[],
) =>
  function SelectField({ id, value, onChange, isDisabled }: SettingProps<ItemChanges[Name]>) {
    const t = useTranslations('formBuilder.values');
    return (
      <Labelled id={id} name={name}>
        <Select
          id={id}
          className={styles.full}
          allowClear
          disabled={isDisabled}
          value={value ?? undefined}
          placeholder={t('unset')}
          onChange={(chosen) => onChange((chosen ?? null) as ItemChanges[Name])}
          options={values.map((each) => ({ value: each, label: t(`${name}.${each}` as 'unset') }))}
        />
      </Labelled>
    );
  };

/** A code of a list of the standard; one that is not listed here is shown as it is. */
export const codeField = (name: 'displayCategory', codes: readonly string[]) =>
  function CodeField({ id, value, onChange, isDisabled }: SettingProps<string>) {
    const t = useTranslations('formBuilder.values');
    const words = useTranslations(`formBuilder.values.${name}`);
    return (
      <Labelled id={id} name={name}>
        <Select
          id={id}
          className={styles.full}
          allowClear
          disabled={isDisabled}
          value={value === '' ? undefined : value}
          placeholder={t('unset')}
          onChange={(chosen?: string) => onChange(chosen ?? '')}
          options={[...new Set([...codes, ...(value === '' ? [] : [value])])].map((code) => ({
            value: code,
            label: isKeyOf(code, words) ? words(code) : code,
          }))}
        />
      </Labelled>
    );
  };
