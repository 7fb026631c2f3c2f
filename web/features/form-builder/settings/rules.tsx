'use client';

import { Input, Select } from 'antd';
import { useTranslations } from 'next-intl';
import type { ConstraintForEdit, VariableForEdit } from '#core/form-edit/rule-settings.ts';
import styles from '../FormBuilder.module.css';
import { ExpressionInput } from './ExpressionInput.tsx';
import { ListField } from './ListField.tsx';
import type { SettingProps } from './setting-field.ts';

const NEW_VARIABLE: VariableForEdit = { name: 'value', expression: '' };

export function VariablesField({ id, value, onChange, onLeave, isDisabled, item, form }: SettingProps<readonly VariableForEdit[]>) {
  const t = useTranslations('formBuilder.rules');
  return (
    <ListField id={id} name="variables" entries={value} onChange={onChange} isDisabled={isDisabled} blank={NEW_VARIABLE}>
      {(variable, change, number) => (
        <>
          <Input
            aria-label={t('variableName', { number })}
            addonBefore="%"
            value={variable.name}
            disabled={isDisabled}
            onChange={({ target }) => change({ name: target.value })}
            onBlur={onLeave}
          />
          <ExpressionInput
            label={t('variableExpression', { number })}
            value={variable.expression}
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

export function ConstraintsField({ id, value, onChange, onLeave, isDisabled, item, form }: SettingProps<readonly ConstraintForEdit[]>) {
  const t = useTranslations('formBuilder.rules');
  const blank: ConstraintForEdit = { key: `rule-${value.length + 1}`, expression: '', human: '', translations: {}, severity: 'error' };
  return (
    <ListField id={id} name="constraints" entries={value} onChange={onChange} isDisabled={isDisabled} blank={blank}>
      {(constraint, change, number) => (
        <>
          <ExpressionInput
            label={t('mustHold', { number })}
            value={constraint.expression}
            onChange={(expression) => change({ expression })}
            onLeave={onLeave}
            isDisabled={isDisabled}
            item={item}
            form={form}
          />
          <Input
            aria-label={t('human', { number })}
            placeholder={t('humanShort')}
            value={constraint.human}
            disabled={isDisabled}
            onChange={({ target }) => change({ human: target.value })}
            onBlur={onLeave}
          />
          <Input
            lang="en"
            aria-label={t('humanEnglish', { number })}
            placeholder={t('humanEnglishShort')}
            value={constraint.translations.en ?? ''}
            disabled={isDisabled}
            onChange={({ target }) => change({ translations: { ...constraint.translations, en: target.value } })}
            onBlur={onLeave}
          />
          <Select
            aria-label={t('severity', { number })}
            className={styles.full}
            disabled={isDisabled}
            value={constraint.severity}
            onChange={(severity: 'error' | 'warning') => change({ severity })}
            options={[
              { value: 'error', label: t('error') },
              { value: 'warning', label: t('warning') },
            ]}
          />
        </>
      )}
    </ListField>
  );
}
