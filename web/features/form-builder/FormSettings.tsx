'use client';

import { Collapse, Input } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import type { Finding } from '#core/bpmn/finding.ts';
import { type FormChanges, type FormSettingName, readForm } from '#core/form-edit/form-settings.ts';
import { isBlank } from '#core/form-edit/item-changes.ts';
import { LAUNCH_TYPES } from '#core/form-edit/part-settings.ts';
import { FindingLines } from './FindingLines.tsx';
import styles from './FormBuilder.module.css';
import { SETTING_FIELDS } from './settings/index.ts';
import type { SettingProps } from './settings/setting-field.ts';
import { tagsField } from './settings/units.tsx';
import type { EditionWork } from './use-edition.ts';

const TEXTS = ['title', 'description'] as const;
/** Computer-friendly names: what other systems know the form by. */
const NAMES = ['url', 'version', 'name'] as const;

const LaunchedField = tagsField('launched', Object.keys(LAUNCH_TYPES));

/** What stands together of the form as a whole; an administrator needs none of it. */
const FORM_SECTIONS = [
  { key: 'choices', settings: ['scoresShown'] },
  { key: 'limits', settings: ['constraints', 'variables'] },
  { key: 'records', settings: ['observation', 'observationCategories', 'extractedResources', 'extractedValues', 'allocatedIds'] },
  { key: 'technical', settings: ['terminologyServers'] },
] as const satisfies readonly { readonly key: string; readonly settings: readonly FormSettingName[] }[];

/** The settings of the form as a whole. */
export function FormSettings({ work, findings }: { readonly work: EditionWork; readonly findings: readonly Finding[] }) {
  const t = useTranslations('formBuilder');
  const id = useId();
  const { form, isLocked, apply, left } = work;
  const values = readForm(form);
  const set = (changes: Partial<FormChanges>) => apply({ kind: 'set-form', ...changes }, `form/${Object.keys(changes)[0]}`);
  const shared = {
    onLeave: left,
    isDisabled: isLocked,
    item: { linkId: '', type: 'group' },
    form,
    flow: work.edition.serviceKey,
    apply,
  } as const;
  const texts = { disabled: isLocked, onBlur: left };
  const fieldOf = (name: FormSettingName) => {
    // A name's field takes that name's value, which the table says and the union does not.
    const Field = SETTING_FIELDS[name] as (props: SettingProps<unknown>) => ReactNode;
    return (
      <Field
        {...shared}
        key={name}
        id={`${id}-${name}`}
        value={values[name]}
        onChange={(value) => apply({ kind: 'set', linkId: null, changes: { [name]: value } }, `form/${name}`)}
      />
    );
  };
  const technical = (
    <>
      <LaunchedField
        id={`${id}-launched`}
        isDisabled={isLocked}
        value={values.launched}
        onChange={(launched) => apply({ kind: 'set-form', launched }, 'form/launched')}
      />
      {NAMES.map((name) => (
        <div key={name} className={styles.setting}>
          <label htmlFor={`${id}-${name}`}>{t(`formSettings.${name}`)}</label>
          <Input {...texts} id={`${id}-${name}`} value={values[name]} onChange={({ target }) => set({ [name]: target.value })} />
        </div>
      ))}
    </>
  );
  return (
    <div className={styles.inspector}>
      <FindingLines findings={findings} />
      <div className={styles.settings}>
        {TEXTS.map((name) => (
          <div key={name} className={styles.setting}>
            <label htmlFor={`${id}-${name}`}>{t(`formSettings.${name}`)}</label>
            <Input.TextArea
              {...texts}
              id={`${id}-${name}`}
              autoSize={{ minRows: 1, maxRows: 5 }}
              value={values[name]}
              onChange={({ target }) => set({ [name]: target.value })}
            />
            <Input.TextArea
              {...texts}
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
        <Collapse
          size="small"
          defaultActiveKey={FORM_SECTIONS.filter(({ settings }) => settings.some((name) => !isBlank(values[name]))).map(({ key }) => key)}
          items={FORM_SECTIONS.map(({ key, settings }) => ({
            key,
            label: t(`sections.${key}`),
            children: (
              <div className={styles.settings}>
                {settings.map(fieldOf)}
                {key === 'technical' ? technical : null}
              </div>
            ),
          }))}
        />
      </div>
    </div>
  );
}
