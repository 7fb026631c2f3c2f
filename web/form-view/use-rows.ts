'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { settingsOf } from '#core/form/extensions.ts';
import { labelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { ANSWERS_MAX } from '#core/form/validate.ts';
import { focusField } from './focus.ts';
import { elementIds, useForm } from './form-context.ts';
import { blankRow, type FieldKey, keyOf, type RowId, rowsAt } from './model.ts';

export interface Rows {
  readonly key: FieldKey;
  readonly label: string;
  readonly rows: readonly RowId[];
  readonly max: number;
  readonly canAdd: boolean;
  /** The form allows no rows to come or go. */
  readonly isFixed: boolean;
  add(): void;
  remove(index: number): void;
}

/** The rows of a repeating group, and how they come and go: said aloud, with the focus where work goes on. */
export function useRows(item: QuestionnaireItem, row: RowId): Rows {
  const { id, control, setValue, getValues, nextRowId, announce, locale, isReadOnly } = useForm();
  const t = useTranslations('form');
  const key = keyOf(row, item.linkId);
  const label = labelOf(item, locale);
  const watched = useWatch({ control, name: key, exact: true });
  const rows = rowsAt({ [key]: watched ?? [] }, key);
  const max = Math.min(settingsOf(item).maxOccurs ?? ANSWERS_MAX, ANSWERS_MAX);
  const canAdd = rows.length < max && !isReadOnly && !item.readOnly;
  return {
    key,
    label,
    rows,
    max,
    canAdd,
    isFixed: item.readOnly === true,
    add: () => {
      if (!canAdd) return;
      const added = nextRowId();
      for (const [name, value] of Object.entries(blankRow(item, added))) setValue(name, value);
      setValue(key, [...rowsAt(getValues(), key), added], { shouldDirty: true });
      announce(t('rowAdded', { label, number: rows.length + 1 }));
      const first = (item.item ?? []).find(({ type }) => type !== 'display');
      // The row is drawn first; then its first control can take the focus.
      if (first) requestAnimationFrame(() => focusField(elementIds(id, keyOf(added, first.linkId)).control));
    },
    remove: (index) => {
      setValue(
        key,
        rowsAt(getValues(), key).filter((_, other) => other !== index),
        { shouldDirty: true },
      );
      announce(t('rowRemoved', { label, number: index + 1 }));
      requestAnimationFrame(() => document.getElementById(addButtonId(id, key))?.focus());
    },
  };
}

export const addButtonId = (formId: string, key: FieldKey): string => `${formId}-${key}-add`;
