'use client';

import { AutoComplete, Select } from 'antd';
import type { Coding } from '#core/form/questionnaire.ts';
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

/** Kinds of file that records are made of. */
const MIME_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'application/dicom', 'video/mp4', 'text/plain'];

export const MimeTypesField = ({ id, value, onChange, isDisabled }: SettingProps<readonly string[]>) => (
  <Labelled id={id} name="mimeTypes">
    <Select
      id={id}
      className={styles.full}
      mode="tags"
      disabled={isDisabled}
      value={[...value]}
      onChange={(types: string[]) => onChange(types)}
      options={MIME_TYPES.map((type) => ({ value: type, label: type }))}
    />
  </Labelled>
);
