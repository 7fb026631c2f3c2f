'use client';

import { Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { findItem } from '#core/form-edit/tree.ts';
import styles from '../FormBuilder.module.css';
import { GIVEN_UP, NoteField, Picked, type StepFieldProps, useCodeOptions, useItemOptions } from './step-fields.tsx';

type OptionStep = Extract<MigrationStep, { readonly kind: 'map-option' }>;

/** What takes the place of an option that is gone. */
export function OptionFields({
  before,
  after,
  step,
  isNew,
  onChange,
}: StepFieldProps & { readonly step: OptionStep | null; readonly isNew: boolean }) {
  const t = useTranslations('formBuilder.changes');
  const itemsOf = useItemOptions();
  const codesOf = useCodeOptions();
  const [picked, setPicked] = useState<string | null>(step?.linkId ?? null);
  const linkId = step?.linkId ?? picked;
  const isChoice = (item: QuestionnaireItem): boolean => item.type === 'choice' || item.type === 'open-choice';
  const sources = linkId === null ? [] : codesOf(before, linkId);
  return (
    <>
      <Picked label={t('question')}>
        {(id) => (
          <Select
            id={id}
            className={styles.full}
            disabled={!isNew}
            showSearch={{ optionFilterProp: 'label' }}
            value={linkId ?? undefined}
            onChange={(chosen: string) => {
              setPicked(chosen);
              onChange(null);
            }}
            options={itemsOf(after, (item) => isChoice(item) && findItem(before, item.linkId) !== null)}
          />
        )}
      </Picked>
      <Picked label={t('optionBefore')}>
        {(id) => (
          <Select
            id={id}
            className={styles.full}
            disabled={!isNew || linkId === null}
            showSearch={{ optionFilterProp: 'label' }}
            value={step?.from}
            onChange={(from: string) => linkId !== null && onChange({ kind: 'map-option', linkId, from, to: null })}
            options={
              step && !sources.some(({ value }) => value === step.from) ? [...sources, { value: step.from, label: step.from }] : sources
            }
          />
        )}
      </Picked>
      {step ? (
        <Picked label={t('optionAfter')}>
          {(id) => (
            <Select
              id={id}
              className={styles.full}
              showSearch={{ optionFilterProp: 'label' }}
              value={step.to ?? GIVEN_UP}
              onChange={(to: string) =>
                onChange({ kind: 'map-option', linkId: step.linkId, from: step.from, to: to === GIVEN_UP ? null : to })
              }
              options={[{ value: GIVEN_UP, label: t('fates.drop') }, ...codesOf(after, step.linkId)]}
            />
          )}
        </Picked>
      ) : null}
      {step?.to === null ? (
        <NoteField
          value={step.note ?? ''}
          onChange={(note) =>
            onChange({ kind: 'map-option', linkId: step.linkId, from: step.from, to: null, ...(note === '' ? {} : { note }) })
          }
        />
      ) : null}
    </>
  );
}
