'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { labelOf } from '#core/form/localize.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { optionsForEdit } from '#core/form-edit/option-setting.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { useText } from '#web/lib/use-words.ts';

export interface StepWords {
  readonly step: (step: MigrationStep) => string;
  /** Of an item in either form. */
  readonly name: (linkId: string | null) => string;
}

/** Steps in the words of the form and not by link ids and codes. */
export function useStepWords(before: Questionnaire, after: Questionnaire): StepWords {
  const t = useTranslations('formBuilder.changes');
  const { locale } = useText();
  return useMemo(() => {
    const name = (linkId: string | null): string => {
      const found = linkId === null ? null : (findItem(after, linkId) ?? findItem(before, linkId));
      return found ? labelOf(found.item, locale) || found.item.linkId : (linkId ?? t('form'));
    };
    const optionIn = (form: Questionnaire, linkId: string, code: string): string => {
      const found = findItem(form, linkId);
      const option = found && optionsForEdit(form, found.item).find((each) => (each.code || each.display) === code);
      return option ? (locale === 'en' ? option.translations.en : undefined) || option.display || code : code;
    };
    const step = (each: MigrationStep): string => {
      switch (each.kind) {
        case 'rename-item':
          return t('rename', { from: name(each.from), to: name(each.to) });
        case 'drop-item':
          return t('drop', { item: name(each.linkId) });
        case 'convert':
          return each.keep
            ? t('convertKeep', { item: name(each.linkId), keep: t(`keeps.${each.keep}`) })
            : t('convert', { item: name(each.linkId) });
        case 'map-option': {
          const data = { item: name(each.linkId), from: optionIn(before, each.linkId, each.from) };
          return each.to === null ? t('dropOption', data) : t('mapOption', { ...data, to: optionIn(after, each.linkId, each.to) });
        }
        case 'move-item':
          return t('move', { item: name(each.linkId), to: name(each.to), rows: t(`rows.${each.rows}`) });
      }
    };
    return { step, name };
  }, [before, after, locale, t]);
}
