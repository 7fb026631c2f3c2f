'use client';

import { Radio } from 'antd';
import { useTranslations } from 'next-intl';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import type { StepFieldProps } from './step-fields.tsx';

type RowsStep = Extract<MigrationStep, { readonly kind: 'move-item' }>;

export function RowsFields({ step, onChange }: StepFieldProps & { readonly step: RowsStep }) {
  const t = useTranslations('formBuilder.changes');
  return (
    <Radio.Group
      aria-label={t('rowsLabel')}
      value={step.rows}
      onChange={({ target }) => onChange({ ...step, rows: target.value })}
      options={(['first', 'all'] as const).map((value) => ({ value, label: t(`rows.${value}`) }))}
    />
  );
}
