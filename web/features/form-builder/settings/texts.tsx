'use client';

import { Input } from 'antd';
import { useTranslations } from 'next-intl';
import type { ItemChanges, SettingName } from '#core/form-edit/item-changes.ts';
import type { TextForEdit } from '#core/form-edit/look-settings.ts';
import { Labelled } from './Labelled.tsx';
import type { SettingProps } from './setting-field.ts';

/** The text in English; the form's own language is Chinese. */
export const TranslationsField = ({ id, value, onChange, onLeave, isDisabled }: SettingProps<ItemChanges['translations']>) => (
  <Labelled id={id} name="translations">
    <Input.TextArea
      id={id}
      lang="en"
      autoSize={{ minRows: 1, maxRows: 6 }}
      value={value.en ?? ''}
      disabled={isDisabled}
      onChange={({ target }) => onChange({ ...value, en: target.value })}
      onBlur={onLeave}
    />
  </Labelled>
);

type TranslatedName = { [Name in SettingName]: ItemChanges[Name] extends TextForEdit | null ? Name : never }[SettingName];

const NO_TEXT: TextForEdit = { text: '', translations: {} };

/** A text and its English. */
export const translatedField = (name: Exclude<TranslatedName, 'translations'>) =>
  function TranslatedField({ id, value, onChange, onLeave, isDisabled }: SettingProps<TextForEdit | null>) {
    const t = useTranslations('formBuilder');
    const written = value ?? NO_TEXT;
    const shared = { autoSize: { minRows: 1, maxRows: 6 }, disabled: isDisabled, onBlur: onLeave } as const;
    return (
      <Labelled id={id} name={name} isGroup>
        <Input.TextArea
          {...shared}
          id={id}
          aria-label={t('inChinese')}
          placeholder={t('inChinese')}
          value={written.text}
          onChange={({ target }) => onChange({ ...written, text: target.value })}
        />
        {written.text === '' ? null : (
          <Input.TextArea
            {...shared}
            lang="en"
            aria-label={t('inEnglish')}
            placeholder={t('inEnglish')}
            value={written.translations.en ?? ''}
            onChange={({ target }) => onChange({ ...written, translations: { ...written.translations, en: target.value } })}
          />
        )}
      </Labelled>
    );
  };
