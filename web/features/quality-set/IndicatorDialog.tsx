'use client';

import { Input, InputNumber, Modal, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { IndicatorMeaning } from '#core/quality/indicator.ts';
import { rounded } from './figures.ts';
import { Problems } from './Problems.tsx';
import styles from './QualitySet.module.css';
import type { Draft } from './use-draft.ts';

export interface IndicatorDialogProps {
  readonly draft: Draft;
  /** Null: a new one. */
  readonly begins: IndicatorMeaning | null;
  readonly onClose: () => void;
}

const TEXTS = ['name', 'numerator', 'denominator', 'filter', 'exclusion'] as const;
type TextField = (typeof TEXTS)[number];

const EMPTY: IndicatorMeaning = {
  code: '',
  name: { 'zh-CN': '', en: '' },
  numerator: { 'zh-CN': '', en: '' },
  denominator: { 'zh-CN': '', en: '' },
  parameters: {},
  kind: 'proportion',
  multiplier: 100,
  improvement: 'higher',
};

/** One indicator of the draft. What is wrong is told here, and what was written stays. */
export function IndicatorDialog({ draft, begins, onClose }: IndicatorDialogProps) {
  const t = useTranslations('qualitySet.indicators');
  const all = useTranslations('qualitySet');
  const id = useId();
  const [meaning, setMeaning] = useState<IndicatorMeaning>(begins ?? EMPTY);
  const change = (more: Partial<IndicatorMeaning>): void => setMeaning({ ...meaning, ...more });
  const { indicators } = draft.contents;
  const written = trimmed(meaning);
  const save = (): void =>
    draft.save(
      {
        ...draft.contents,
        indicators: begins ? indicators.map((each) => (each.code === begins.code ? written : each)) : [...indicators, written],
      },
      onClose,
    );
  const { target, ...untargeted } = meaning;
  return (
    <Modal
      open
      width={720}
      title={t(begins ? 'editTitle' : 'addTitle')}
      okText={all('save')}
      cancelText={all('cancel')}
      confirmLoading={draft.isSaving}
      onCancel={onClose}
      onOk={save}
    >
      <div className={styles.fields}>
        <label htmlFor={`${id}-code`}>
          {t('code')}
          <Input
            id={`${id}-code`}
            value={meaning.code}
            disabled={begins !== null}
            maxLength={60}
            aria-describedby={`${id}-code-hint`}
            onChange={({ target: { value } }) => change({ code: value.trim() })}
          />
          <span id={`${id}-code-hint`} className={styles.second}>
            {t('codeHint')}
          </span>
        </label>
        {TEXTS.map((field) => (
          <TextPair key={field} field={field} value={meaning[field]} onChange={(value) => change({ [field]: value })} />
        ))}
        <div className={styles.pair}>
          <label htmlFor={`${id}-kind`}>
            {t('kind')}
            <Select
              id={`${id}-kind`}
              value={meaning.kind}
              onChange={(kind) => change({ kind })}
              options={(['proportion', 'ratio'] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))}
            />
          </label>
          <label htmlFor={`${id}-improvement`}>
            {t('improvement')}
            <Select
              id={`${id}-improvement`}
              value={meaning.improvement}
              onChange={(improvement) => change({ improvement })}
              options={(['higher', 'lower', 'neither'] as const).map((value) => ({ value, label: t(`improvements.${value}`) }))}
            />
          </label>
          <label htmlFor={`${id}-multiplier`}>
            {t('multiplier')}
            <InputNumber
              id={`${id}-multiplier`}
              style={{ width: '100%' }}
              value={meaning.multiplier}
              onChange={(multiplier) => change({ multiplier: multiplier ?? 0 })}
            />
          </label>
          <label htmlFor={`${id}-target`}>
            {t('targetShown')}
            <InputNumber
              id={`${id}-target`}
              style={{ width: '100%' }}
              value={target === undefined ? null : rounded(target * meaning.multiplier)}
              onChange={(value) =>
                setMeaning(
                  value === null || meaning.multiplier === 0 ? untargeted : { ...untargeted, target: rounded(value / meaning.multiplier) },
                )
              }
            />
          </label>
        </div>
        <Problems problems={draft.problems} />
      </div>
    </Modal>
  );
}

interface TextPairProps {
  readonly field: TextField;
  readonly value: IndicatorMeaning[TextField];
  readonly onChange: (value: { readonly 'zh-CN': string; readonly en: string }) => void;
}

function TextPair({ field, value = { 'zh-CN': '', en: '' }, onChange }: TextPairProps) {
  const t = useTranslations('qualitySet.indicators');
  const fields = useTranslations('qualitySet.difference.fields');
  const id = useId();
  return (
    <fieldset>
      <legend>{fields(field)}</legend>
      <label htmlFor={`${id}-zh`}>
        {t('zh')}
        <Input
          id={`${id}-zh`}
          value={value['zh-CN']}
          maxLength={300}
          onChange={({ target }) => onChange({ ...value, 'zh-CN': target.value })}
        />
      </label>
      <label htmlFor={`${id}-en`}>
        {t('en')}
        <Input id={`${id}-en`} value={value.en} maxLength={300} onChange={({ target }) => onChange({ ...value, en: target.value })} />
      </label>
    </fieldset>
  );
}

/** Filter and exclusion are left out where neither language says anything. */
function trimmed({ filter, exclusion, ...meaning }: IndicatorMeaning): IndicatorMeaning {
  const clean = (text: IndicatorMeaning['name']) => ({ 'zh-CN': text['zh-CN'].trim(), en: text.en.trim() });
  const isSaid = (text: IndicatorMeaning['filter']): text is IndicatorMeaning['name'] =>
    text !== undefined && `${text['zh-CN']}${text.en}`.trim() !== '';
  return {
    ...meaning,
    name: clean(meaning.name),
    numerator: clean(meaning.numerator),
    denominator: clean(meaning.denominator),
    ...(isSaid(filter) && { filter: clean(filter) }),
    ...(isSaid(exclusion) && { exclusion: clean(exclusion) }),
  };
}
