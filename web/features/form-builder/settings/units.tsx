'use client';

import { AutoComplete, InputNumber, Select } from 'antd';
import { useTranslations } from 'next-intl';
import type { Coding, Quantity } from '#core/form/questionnaire.ts';
import styles from '../FormBuilder.module.css';
import { Labelled } from './Labelled.tsx';
import type { SettingProps } from './setting-field.ts';

const UCUM = 'http://unitsofmeasure.org';

/** Units that clinics write most, by their UCUM code; any other code may be typed (https://ucum.org). */
const COMMON = [
  'kg',
  'g',
  'mg',
  'ug',
  'L',
  'mL',
  'cm',
  'mm',
  'm',
  'mm[Hg]',
  'Cel',
  '/min',
  '%',
  'mmol/L',
  'mg/dL',
  'g/L',
  'U/L',
  'kg/m2',
  'h',
  'min',
  'd',
  'wk',
  'mo',
  'a',
];

const unitOf = (code: string): Coding => ({ system: UCUM, code, display: code });

export const UnitField = ({ id, value, onChange, onLeave, isDisabled }: SettingProps<Coding | null>) => (
  <Labelled id={id} name="unit">
    <AutoComplete
      id={id}
      className={styles.full}
      allowClear
      disabled={isDisabled}
      value={value?.code ?? value?.display ?? ''}
      onChange={(code?: string) => onChange(code ? { ...unitOf(code), ...(value?.code === code ? value : {}) } : null)}
      onBlur={onLeave}
      showSearch={{
        filterOption: (typed, option) =>
          String(option?.value ?? '')
            .toLowerCase()
            .includes(typed.toLowerCase()),
      }}
      options={COMMON.map((code) => ({ value: code }))}
    />
  </Labelled>
);

export const UnitOptionsField = ({ id, value, onChange, isDisabled }: SettingProps<readonly Coding[]>) => (
  <Labelled id={id} name="unitOptions">
    <Select
      id={id}
      className={styles.full}
      mode="tags"
      disabled={isDisabled}
      value={value.map(({ code, display }) => code ?? display ?? '')}
      onChange={(codes: string[]) => onChange(codes.map((code) => value.find((unit) => unit.code === code) ?? unitOf(code)))}
      options={COMMON.map((code) => ({ value: code, label: code }))}
    />
  </Labelled>
);

/** A limit with its unit. */
export const quantityField = (name: 'minQuantity' | 'maxQuantity') =>
  function QuantityField({ id, value, onChange, onLeave, isDisabled }: SettingProps<Quantity | null>) {
    const t = useTranslations('formBuilder.settings');
    const unit = value?.code ?? value?.unit ?? '';
    const inUnit = (code: string): Partial<Quantity> => (code === '' ? {} : { unit: code, system: UCUM, code });
    return (
      <Labelled id={id} name={name}>
        <div className={styles.quantity}>
          <InputNumber
            id={id}
            className={styles.full}
            value={value?.value ?? null}
            disabled={isDisabled}
            onChange={(number) => onChange(number === null ? null : { ...value, value: number })}
            onBlur={onLeave}
          />
          <AutoComplete
            aria-label={`${t(name)} · ${t('unit')}`}
            placeholder={t('unit')}
            disabled={isDisabled || value === null}
            value={unit}
            onChange={(code = '') => onChange(value === null ? null : { value: value.value ?? 0, ...inUnit(code) })}
            onBlur={onLeave}
            options={COMMON.map((code) => ({ value: code }))}
          />
        </div>
      </Labelled>
    );
  };

type TagName = 'mimeTypes' | 'choiceColumns' | 'terminologyServers' | 'extractedResources' | 'allocatedIds' | 'launched';

/** Texts without an order of their own, picked from what is common or typed. */
export const tagsField =
  (name: TagName, common: readonly string[] = []) =>
  ({ id, value, onChange, isDisabled }: Pick<SettingProps<readonly string[]>, 'id' | 'value' | 'onChange' | 'isDisabled'>) => (
    <Labelled id={id} name={name}>
      <Select
        id={id}
        className={styles.full}
        mode="tags"
        disabled={isDisabled}
        value={[...value]}
        onChange={(texts: string[]) => onChange(texts)}
        options={common.map((text) => ({ value: text, label: text }))}
      />
    </Labelled>
  );

/** Kinds of file that records are made of. */
export const MIME_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'application/dicom', 'video/mp4', 'text/plain'];

/** Resources of which answers are kept most often. */
export const PROFILES = [
  'Patient',
  'Observation',
  'Condition',
  'AllergyIntolerance',
  'Procedure',
  'MedicationStatement',
  'ServiceRequest',
].map((type) => `http://hl7.org/fhir/StructureDefinition/${type}`);
