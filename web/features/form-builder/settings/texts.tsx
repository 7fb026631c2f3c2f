'use client';

import { Input } from 'antd';
import { useTranslations } from 'next-intl';
import type { HelpForEdit } from '#core/form-edit/help-setting.ts';
import type { ItemChanges } from '#core/form-edit/item-changes.ts';
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

const NO_HELP: HelpForEdit = { text: '', translations: {} };

export function HelpField({ id, value, onChange, onLeave, isDisabled }: SettingProps<HelpForEdit | null>) {
  const t = useTranslations('formBuilder');
  const help = value ?? NO_HELP;
  const shared = { autoSize: { minRows: 1, maxRows: 6 }, disabled: isDisabled, onBlur: onLeave } as const;
  return (
    <Labelled id={id} name="help" isGroup>
      <Input.TextArea
        {...shared}
        id={id}
        aria-label={t('inChinese')}
        placeholder={t('inChinese')}
        value={help.text}
        onChange={({ target }) => onChange({ ...help, text: target.value })}
      />
      {help.text === '' ? null : (
        <Input.TextArea
          {...shared}
          lang="en"
          aria-label={t('inEnglish')}
          placeholder={t('inEnglish')}
          value={help.translations.en ?? ''}
          onChange={({ target }) => onChange({ ...help, translations: { ...help.translations, en: target.value } })}
        />
      )}
    </Labelled>
  );
}
