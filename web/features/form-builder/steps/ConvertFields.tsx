'use client';

import { Radio, Select } from 'antd';
import { useTranslations } from 'next-intl';
import type { ConvertStep } from '#core/form-edit/migration-step.ts';
import styles from '../FormBuilder.module.css';
import { GIVEN_UP, Picked, type StepFieldProps, useCodeOptions } from './step-fields.tsx';

/** How answers of the old type become answers of the new one. */
export function ConvertFields({ before, after, step, onChange }: StepFieldProps & { readonly step: ConvertStep }) {
  const t = useTranslations('formBuilder.changes');
  const types = useTranslations('formBuilder.types');
  const codesOf = useCodeOptions();
  const { codes } = step;
  const listed = codesOf(step.to === 'boolean' ? before : after, step.linkId);
  return (
    <>
      <p>{t('convertTypes', { from: types(step.from), to: types(step.to) })}</p>
      {codes
        ? (['true', 'false'] as const).map((truth) => (
            <Picked key={truth} label={t(`truths.${truth}`)}>
              {(id) => (
                <Select
                  id={id}
                  className={styles.full}
                  value={codes[truth] ?? GIVEN_UP}
                  onChange={(code: string) => onChange({ ...step, codes: { ...codes, [truth]: code === GIVEN_UP ? null : code } })}
                  options={[{ value: GIVEN_UP, label: t('fates.drop') }, ...listed]}
                />
              )}
            </Picked>
          ))
        : null}
      {step.keep ? (
        <Radio.Group
          aria-label={t('keep')}
          value={step.keep}
          onChange={({ target }) => onChange({ ...step, keep: target.value })}
          options={(['first', 'last'] as const).map((value) => ({ value, label: t(`keeps.${value}`) }))}
        />
      ) : null}
    </>
  );
}
