'use client';

import { InputNumber, Select, Space } from 'antd';
import { useTranslations } from 'next-intl';
import type { Coding, Quantity } from '#core/form/questionnaire.ts';
import { unitsOf } from '#core/form/units.ts';
import { decimalText } from '#core/form/value.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';

const unitPart = (unit: Coding | undefined): Quantity =>
  unit
    ? { unit: unit.display ?? unit.code, ...(unit.system ? { system: unit.system } : {}), ...(unit.code ? { code: unit.code } : {}) }
    : {};

function QuantityControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, settings, label, isReadOnly } = props;
  const t = useTranslations('form');
  const { questionnaire } = useForm();
  const units = unitsOf(questionnaire, props.item);
  const quantity = answers[0]?.valueQuantity ?? {};
  const chosen =
    units.find(({ code, display }) => (quantity.code !== undefined ? code === quantity.code : display === quantity.unit)) ?? units[0];
  // The unit alone is no answer: it stays with the number.
  const change = (value: number | undefined, unit: Coding | undefined) =>
    onChange(value === undefined ? [] : [{ valueQuantity: { value, ...unitPart(unit) } }]);
  const number = (
    <InputNumber<number>
      {...ariaOf(props)}
      id={id}
      className={styles.full}
      value={quantity.value ?? null}
      inputMode="decimal"
      formatter={(value) => (value === undefined ? '' : typeof value === 'number' ? decimalText(value) : value)}
      placeholder={settings.entryFormat}
      status={statusOf(props)}
      readOnly={isReadOnly}
      variant={isReadOnly ? 'filled' : 'outlined'}
      controls={false}
      suffix={units.length < 2 ? (chosen?.display ?? chosen?.code ?? props.unit) : undefined}
      onChange={(value) => change(value === null ? undefined : Number(value), chosen)}
      onBlur={onLeave}
    />
  );
  if (units.length < 2) return number;
  return (
    <Space.Compact className={styles.full}>
      {number}
      <Select<string>
        aria-label={`${label}: ${t('unit')}`}
        className={styles.unit}
        popupMatchSelectWidth={false}
        disabled={isReadOnly}
        value={chosen?.code}
        options={units.map(({ code, display }) => ({ value: code ?? '', label: display ?? code }))}
        onChange={(code) =>
          change(
            quantity.value,
            units.find((unit) => unit.code === code),
          )
        }
      />
    </Space.Compact>
  );
}

export const quantityField: FieldView = { Control: QuantityControl, labelling: () => 'control', isWide: () => false, repeatsItself: false };
