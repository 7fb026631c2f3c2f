'use client';

import { Input, Select } from 'antd';
import { useTranslations } from 'next-intl';
import type { Coding } from '#core/form/questionnaire.ts';
import type { ExtractedValueForEdit } from '#core/form-edit/extraction-settings.ts';
import styles from '../FormBuilder.module.css';
import { ExpressionInput } from './ExpressionInput.tsx';
import { Labelled } from './Labelled.tsx';
import { ListField } from './ListField.tsx';
import type { SettingProps } from './setting-field.ts';

const NEW_CODE: Coding = { system: 'http://loinc.org', code: '' };

/** What the question is called in code systems. */
export function CodesField({ id, value, onChange, onLeave, isDisabled }: SettingProps<readonly Coding[]>) {
  const t = useTranslations('formBuilder.records');
  return (
    <ListField id={id} name="codes" entries={value} onChange={onChange} isDisabled={isDisabled} blank={NEW_CODE}>
      {(coding, change, number) =>
        (['system', 'code', 'display'] as const).map((part) => (
          <Input
            key={part}
            aria-label={t(part, { number })}
            placeholder={t(`${part}Short`)}
            value={coding[part] ?? ''}
            disabled={isDisabled}
            onChange={({ target }) => change({ [part]: target.value })}
            onBlur={onLeave}
          />
        ))
      }
    </ListField>
  );
}

const CATEGORY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/observation-category';
const CATEGORIES = ['vital-signs', 'exam', 'survey', 'laboratory', 'imaging', 'procedure', 'therapy', 'activity', 'social-history'];

export const ObservationCategoriesField = ({ id, value, onChange, isDisabled }: SettingProps<readonly Coding[]>) => (
  <Labelled id={id} name="observationCategories">
    <Select
      id={id}
      className={styles.full}
      mode="tags"
      disabled={isDisabled}
      value={value.map(({ code = '' }) => code)}
      onChange={(codes: string[]) =>
        onChange(codes.map((code) => value.find((category) => category.code === code) ?? { system: CATEGORY_SYSTEM, code }))
      }
      options={CATEGORIES.map((code) => ({ value: code, label: code }))}
    />
  </Labelled>
);

const NEW_VALUE: ExtractedValueForEdit = { definition: '', kind: 'fixed', value: '' };

/** Values of elements that nobody is asked for. */
export function ExtractedValuesField(props: SettingProps<readonly ExtractedValueForEdit[]>) {
  const { id, value, onChange, onLeave, isDisabled, item, form } = props;
  const t = useTranslations('formBuilder.records');
  return (
    <ListField id={id} name="extractedValues" entries={value} onChange={onChange} isDisabled={isDisabled} blank={NEW_VALUE}>
      {(entry, change, number) => (
        <>
          <Input
            aria-label={t('element', { number })}
            placeholder={t('elementShort')}
            value={entry.definition}
            disabled={isDisabled}
            onChange={({ target }) => change({ definition: target.value })}
            onBlur={onLeave}
          />
          <Select
            aria-label={t('kind', { number })}
            className={styles.full}
            disabled={isDisabled}
            value={entry.kind}
            onChange={(kind: ExtractedValueForEdit['kind']) => change({ kind })}
            options={(['fixed', 'expression'] as const).map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
          />
          {entry.kind === 'fixed' ? (
            <Input
              aria-label={t('value', { number })}
              value={entry.value}
              disabled={isDisabled}
              onChange={({ target }) => change({ value: target.value })}
              onBlur={onLeave}
            />
          ) : (
            <ExpressionInput
              label={t('value', { number })}
              value={entry.value}
              onChange={(source) => change({ value: source })}
              onLeave={onLeave}
              isDisabled={isDisabled}
              item={item}
              form={form}
            />
          )}
        </>
      )}
    </ListField>
  );
}
