'use client';

import { Radio, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { findItem } from '#core/form-edit/tree.ts';
import styles from '../FormBuilder.module.css';
import { NoteField, Picked, type StepFieldProps, useItemOptions } from './step-fields.tsx';

type Answers = Extract<MigrationStep, { readonly kind: 'rename-item' | 'drop-item' }>;

/** Where the answers to a question go: to another one, or nowhere. */
export function AnswersFields({
  before,
  after,
  step,
  isNew,
  onChange,
}: StepFieldProps & { readonly step: Answers | null; readonly isNew: boolean }) {
  const t = useTranslations('formBuilder.changes');
  const itemsOf = useItemOptions();
  const source = step?.kind === 'rename-item' ? step.from : (step?.linkId ?? null);
  const [fate, setFate] = useState<'move' | 'drop'>(step?.kind === 'drop-item' ? 'drop' : 'move');
  const decide = (linkId: string, next: 'move' | 'drop', to?: string, note?: string): MigrationStep | null => {
    if (next === 'drop') return { kind: 'drop-item', linkId, ...(note ? { note } : {}) };
    return to === undefined ? null : { kind: 'rename-item', from: linkId, to };
  };
  const [picked, setPicked] = useState(source);
  const asked = source ?? picked;
  const goneFirst = itemsOf(before, (item) => item.type !== 'display').sort(
    (a, b) => Number(findItem(after, a.value) !== null) - Number(findItem(after, b.value) !== null),
  );
  const newFirst = itemsOf(after, (item) => item.type !== 'display').sort(
    (a, b) => Number(findItem(before, a.value) !== null) - Number(findItem(before, b.value) !== null),
  );
  return (
    <>
      <Picked label={t('answersOf')}>
        {(id) => (
          <Select
            id={id}
            className={styles.full}
            disabled={!isNew}
            showSearch={{ optionFilterProp: 'label' }}
            value={asked ?? undefined}
            onChange={(linkId: string) => {
              setPicked(linkId);
              onChange(decide(linkId, fate, step?.kind === 'rename-item' ? step.to : undefined));
            }}
            options={goneFirst}
          />
        )}
      </Picked>
      <Radio.Group
        aria-label={t('fate')}
        value={fate}
        disabled={asked === null}
        onChange={({ target }) => {
          setFate(target.value);
          if (asked !== null) onChange(decide(asked, target.value));
        }}
        options={[
          { value: 'move', label: t('fates.move') },
          { value: 'drop', label: t('fates.drop') },
        ]}
      />
      {fate === 'move' ? (
        <Picked label={t('target')}>
          {(id) => (
            <Select
              id={id}
              className={styles.full}
              disabled={asked === null}
              showSearch={{ optionFilterProp: 'label' }}
              value={step?.kind === 'rename-item' ? step.to : undefined}
              onChange={(to: string) => asked !== null && onChange(decide(asked, 'move', to))}
              options={newFirst}
            />
          )}
        </Picked>
      ) : (
        <NoteField
          value={step?.kind === 'drop-item' ? (step.note ?? '') : ''}
          onChange={(note) => asked !== null && onChange(decide(asked, 'drop', undefined, note))}
        />
      )}
    </>
  );
}
