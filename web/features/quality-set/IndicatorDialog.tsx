'use client';

import { InputNumber, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { IndicatorMeaning } from '#core/quality/indicator.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { rounded } from './figures.ts';
import { CodeField, PartDialog, TextPair, withPart } from './PartDialog.tsx';
import type { Draft } from './use-draft.ts';

export interface IndicatorDialogProps {
  readonly draft: Draft;
  /** Null: a new one. */
  readonly begins: IndicatorMeaning | null;
  readonly onClose: () => void;
}

const TEXTS = ['name', 'numerator', 'denominator', 'filter', 'exclusion'] as const;

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

/** One indicator of the draft. */
export function IndicatorDialog({ draft, begins, onClose }: IndicatorDialogProps) {
  const t = useTranslations('qualitySet.indicators');
  const fields = useTranslations('qualitySet.difference.fields');
  const id = useId();
  const [meaning, setMeaning] = useState<IndicatorMeaning>(begins ?? EMPTY);
  const change = (more: Partial<IndicatorMeaning>): void => setMeaning({ ...meaning, ...more });
  const { target, ...untargeted } = meaning;
  return (
    <PartDialog
      title={t(begins ? 'editTitle' : 'addTitle')}
      draft={draft}
      contents={() => ({ ...draft.contents, indicators: withPart(draft.contents.indicators, begins, trimmed(meaning)) })}
      onClose={onClose}
    >
      <CodeField label={t('code')} hint={t('codeHint')} code={meaning.code} isNew={begins === null} onChange={(code) => change({ code })} />
      {TEXTS.map((field) => (
        <TextPair key={field} legend={fields(field)} value={meaning[field]} onChange={(value) => change({ [field]: value })} />
      ))}
      <div className={lists.pair}>
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
    </PartDialog>
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
