'use client';

import { Input } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { allItems } from '#core/form/items.ts';
import { labelOf } from '#core/form/localize.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { optionsForEdit } from '#core/form-edit/option-setting.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';

/** What the fields of a step get; null is told while something is still to be picked. */
export interface StepFieldProps {
  readonly before: Questionnaire;
  readonly after: Questionnaire;
  readonly onChange: (step: MigrationStep | null) => void;
}

/** The code of an option that answers are given up with. */
export const GIVEN_UP = '';

const NOTE_MAX = 500;

/** What whoever gave an answer is told of it. */
export function NoteField({ value, onChange }: { readonly value: string; readonly onChange: (note: string) => void }) {
  const t = useTranslations('formBuilder.changes');
  return (
    <Picked label={t('noteLabel')}>
      {(id) => (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 4 }}
          maxLength={NOTE_MAX}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Picked>
  );
}

/** A control under its name. */
export function Picked({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles.setting}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

export function useItemOptions(): (form: Questionnaire, isOffered: (item: QuestionnaireItem) => boolean) => Option[] {
  const { locale } = useText();
  return (form, isOffered) =>
    allItems(form.item ?? [])
      .filter(isOffered)
      .map((item) => ({ value: item.linkId, label: `${labelOf(item, locale) || item.linkId} · ${item.linkId}` }));
}

export function useCodeOptions(): (form: Questionnaire, linkId: string) => Option[] {
  const { locale } = useText();
  return (form, linkId) => {
    const found = findItem(form, linkId);
    return (found ? optionsForEdit(form, found.item) : []).map(({ code, display, translations }) => ({
      value: code || display,
      label: (locale === 'en' ? translations.en : undefined) || display || code,
    }));
  };
}
