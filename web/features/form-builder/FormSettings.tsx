'use client';

import { Input } from 'antd';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Finding } from '#core/bpmn/finding.ts';
import { type FormChanges, readForm } from '#core/form-edit/form-settings.ts';
import { FindingLines } from './FindingLines.tsx';
import styles from './FormBuilder.module.css';
import { ConstraintsField, VariablesField } from './settings/rules.tsx';
import type { EditionWork } from './use-edition.ts';

const TEXTS = ['title', 'description'] as const;
/** Computer-friendly names: what other systems know the form by. */
const NAMES = ['url', 'version', 'name'] as const;

/** The settings of the form as a whole. */
export function FormSettings({ work, findings }: { readonly work: EditionWork; readonly findings: readonly Finding[] }) {
  const t = useTranslations('formBuilder');
  const id = useId();
  const { form, isLocked, apply, left } = work;
  const values = readForm(form);
  const set = (changes: Partial<FormChanges>) => apply({ kind: 'set-form', ...changes }, `form/${Object.keys(changes)[0]}`);
  const rules = {
    onLeave: left,
    isDisabled: isLocked,
    item: { linkId: '', type: 'group' },
    form,
    apply,
  } as const;
  const shared = { disabled: isLocked, onBlur: left };
  return (
    <div className={styles.inspector}>
      <FindingLines findings={findings} />
      <div className={styles.settings}>
        {TEXTS.map((name) => (
          <div key={name} className={styles.setting}>
            <label htmlFor={`${id}-${name}`}>{t(`formSettings.${name}`)}</label>
            <Input.TextArea
              {...shared}
              id={`${id}-${name}`}
              autoSize={{ minRows: 1, maxRows: 5 }}
              value={values[name]}
              onChange={({ target }) => set({ [name]: target.value })}
            />
            <Input.TextArea
              {...shared}
              lang="en"
              autoSize={{ minRows: 1, maxRows: 5 }}
              aria-label={`${t(`formSettings.${name}`)} · ${t('inEnglish')}`}
              placeholder={t('inEnglish')}
              value={values.translations[name]?.en ?? ''}
              onChange={({ target }) =>
                set({ translations: { ...values.translations, [name]: { ...values.translations[name], en: target.value } } })
              }
            />
          </div>
        ))}
        {NAMES.map((name) => (
          <div key={name} className={styles.setting}>
            <label htmlFor={`${id}-${name}`}>{t(`formSettings.${name}`)}</label>
            <Input {...shared} id={`${id}-${name}`} value={values[name]} onChange={({ target }) => set({ [name]: target.value })} />
          </div>
        ))}
        <VariablesField
          {...rules}
          id={`${id}-variables`}
          value={values.variables}
          onChange={(variables) => apply({ kind: 'set', linkId: null, changes: { variables } }, 'form/variables')}
        />
        <ConstraintsField
          {...rules}
          id={`${id}-constraints`}
          value={values.constraints}
          onChange={(constraints) => apply({ kind: 'set', linkId: null, changes: { constraints } }, 'form/constraints')}
        />
      </div>
    </div>
  );
}
