'use client';

import { Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CALCULATIONS, type CalculationKind, calculable, calculationIn, calculationText } from '#core/form-edit/calculations.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';
import { ExpressionInput } from './ExpressionInput.tsx';
import { Labelled } from './Labelled.tsx';
import type { SettingProps } from './setting-field.ts';

type Way = 'none' | CalculationKind | 'expression';

/** How a value is calculated: picked from what is common, or written as an expression. */
export function CalculationField({ id, value, onChange, onLeave, isDisabled, item, form }: SettingProps<string>) {
  const t = useTranslations('formBuilder.calculation');
  const { text } = useText();
  const picked = calculationIn(form, value);
  /** Before a question is picked nothing stands in the form. */
  const [wanted, setWanted] = useState<Way | null>(null);
  const way: Way = picked?.kind ?? (value === '' ? (wanted ?? 'none') : 'expression');
  const choose = (next: Way) => {
    setWanted(next);
    if (next === 'none') onChange('');
    else if (next !== 'expression' && picked) onChange(calculationText(form, { kind: next, linkIds: takenBy(next, picked.linkIds) }));
    else if (next !== 'expression') onChange('');
  };
  const takenBy = (kind: CalculationKind, linkIds: readonly string[]): readonly string[] => {
    const offered = new Set(calculable(form, item.linkId, kind).map(({ linkId }) => linkId));
    return linkIds.filter((linkId) => offered.has(linkId));
  };
  return (
    <Labelled id={id} name="calculatedExpression">
      <Select<Way>
        id={id}
        className={styles.full}
        disabled={isDisabled}
        value={wanted === 'expression' ? 'expression' : way}
        onChange={choose}
        options={(['none', ...CALCULATIONS, 'expression'] as const).map((each) => ({ value: each, label: t(`ways.${each}`) }))}
      />
      {way === 'none' ? null : way === 'expression' || wanted === 'expression' ? (
        <ExpressionInput
          label={t('expression')}
          value={value}
          onChange={onChange}
          onLeave={onLeave}
          isDisabled={isDisabled}
          item={item}
          form={form}
        />
      ) : (
        <Select<string[]>
          mode="multiple"
          className={styles.full}
          aria-label={t('questions')}
          placeholder={t('questions')}
          disabled={isDisabled}
          value={[...(picked?.linkIds ?? [])]}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(linkIds) => onChange(calculationText(form, { kind: way, linkIds }))}
          onBlur={onLeave}
          options={calculable(form, item.linkId, way).map((each) => ({ value: each.linkId, label: text(each.text) || each.linkId }))}
        />
      )}
    </Labelled>
  );
}
