'use client';

import { Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { referenceText } from '#core/form/options.ts';
import type { AnswerValue, Reference } from '#core/form/questionnaire.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';
import { SignatureControl } from './SignatureControl.tsx';

const PAUSE_MS = 200;

type Found =
  | { readonly state: 'idle' | 'searching' | 'failed'; readonly rows: readonly [] }
  | { readonly state: 'found'; readonly rows: readonly Reference[] };

interface Labelled {
  readonly value: string;
  readonly label: string;
}

function ReferenceControl(props: FieldProps) {
  return props.settings.isSignature ? <SignatureControl {...props} /> : <SearchControl {...props} />;
}

function SearchControl(props: FieldProps) {
  const { item, settings, answers, onChange, onLeave, id, isReadOnly } = props;
  const t = useTranslations('form');
  const kind = settings.referenceKind;
  const { locale } = useForm();
  const { found, search } = useSearch(props);
  const asOption = (reference: Reference): Labelled => ({ value: reference.reference ?? '', label: referenceText(reference, locale) });
  const given = answers.flatMap(({ valueReference }) => valueReference ?? []);
  const asAnswers = (chosen: readonly Labelled[]): readonly AnswerValue[] =>
    chosen.flatMap(({ value }) => {
      const valueReference = [...given, ...found.rows].find(({ reference }) => reference === value);
      return valueReference ? [{ valueReference }] : [];
    });
  const words = { idle: null, searching: t('searching'), failed: t('searchFailed'), found: t('nothingFound') };
  const shared = {
    ...ariaOf(props),
    id,
    className: styles.full,
    labelInValue: true,
    options: found.rows.map(asOption),
    showSearch: { filterOption: false, onSearch: search },
    status: statusOf(props),
    disabled: isReadOnly,
    allowClear: !item.required,
    placeholder: t(`search.${kind ?? 'any'}`),
    notFoundContent: words[found.state],
    popupMatchSelectWidth: false,
    loading: found.state === 'searching',
    onOpenChange: (isOpen: boolean) => {
      if (isOpen) search('');
    },
    onBlur: onLeave,
  } as const;
  return item.repeats ? (
    <Select<Labelled[]> {...shared} mode="multiple" value={given.map(asOption)} onChange={(next) => onChange(asAnswers(next))} />
  ) : (
    <Select<Labelled | null>
      {...shared}
      value={given[0] ? asOption(given[0]) : null}
      onChange={(next) => onChange(next ? asAnswers([next]) : [])}
    />
  );
}

/** Asks once typing pauses; an older answer that comes late is dropped. */
function useSearch({ settings }: FieldProps) {
  const { references } = useForm();
  const [found, setFound] = useState<Found>({ state: 'idle', rows: [] });
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(0);
  useEffect(() => () => clearTimeout(pause.current), []);
  const kind = settings.referenceKind;
  const search = (q: string) => {
    clearTimeout(pause.current);
    if (!references || !kind) return;
    setFound((before) => (before.state === 'found' ? before : { state: 'searching', rows: [] }));
    pause.current = setTimeout(
      async () => {
        const turn = ++latest.current;
        try {
          const rows = await references.search(kind, q.trim());
          if (turn === latest.current) setFound({ state: 'found', rows });
        } catch {
          if (turn === latest.current) setFound({ state: 'failed', rows: [] });
        }
      },
      q === '' ? 0 : PAUSE_MS,
    );
  };
  return { found, search };
}

export const referenceField: FieldView = {
  Control: ReferenceControl,
  labelling: ({ settings }) => (settings.isSignature ? 'group' : 'control'),
  isWide: ({ item }) => item.repeats === true,
  repeatsItself: true,
};
