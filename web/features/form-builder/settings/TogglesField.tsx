'use client';

import { Select } from 'antd';
import { useTranslations } from 'next-intl';
import { answerOf, choicesOf, choiceText } from '#core/form/options.ts';
import { valueKeyOf } from '#core/form/value.ts';
import type { OptionToggleForEdit } from '#core/form-edit/toggle-setting.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';
import { ExpressionInput } from './ExpressionInput.tsx';
import { ListField } from './ListField.tsx';
import type { SettingProps } from './setting-field.ts';

const NEW_TOGGLE: OptionToggleForEdit = { options: [], expression: 'true' };

/** Which options are offered only while something is so. */
export function TogglesField({ id, value, onChange, onLeave, isDisabled, item, form }: SettingProps<readonly OptionToggleForEdit[]>) {
  const t = useTranslations('formBuilder.toggles');
  const { locale } = useText();
  const choices = choicesOf(form, item) ?? [];
  const known = new Map(value.flatMap(({ options }) => options.map((option) => [valueKeyOf(option), option] as const)));
  const offered = new Map(choices.map((choice) => [valueKeyOf(answerOf(choice)), answerOf(choice)]));
  const words = [...new Map([...known, ...offered])].map(([key, option]) => ({ value: key, label: choiceText(option, locale) }));
  return (
    <ListField id={id} name="optionToggles" entries={value} onChange={onChange} isDisabled={isDisabled} blank={NEW_TOGGLE}>
      {(toggle, change, number) => (
        <>
          <Select
            aria-label={t('options', { number })}
            className={styles.full}
            mode="multiple"
            placeholder={t('optionsShort')}
            disabled={isDisabled}
            value={toggle.options.map(valueKeyOf)}
            onChange={(keys: string[]) => change({ options: keys.flatMap((key) => known.get(key) ?? offered.get(key) ?? []) })}
            options={words}
          />
          <ExpressionInput
            label={t('expression', { number })}
            value={toggle.expression}
            onChange={(expression) => change({ expression })}
            onLeave={onLeave}
            isDisabled={isDisabled}
            item={item}
            form={form}
          />
        </>
      )}
    </ListField>
  );
}
