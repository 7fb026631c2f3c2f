'use client';

import { Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { SetVersionView } from '#api/views/indicator-sets.ts';
import type { Json } from '#core/json.ts';
import type { FieldChange, PartChange, SetDifference } from '#core/quality/set-difference.ts';
import { isKeyOf, useText } from '#web/lib/use-words.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import styles from './QualitySet.module.css';

interface Line extends FieldChange {
  readonly id: string;
  readonly what: string;
  readonly change: PartChange['change'];
}

const TONES: Readonly<Record<PartChange['change'], Tone>> = { added: 'success', retired: 'danger', changed: 'info' };

export interface DifferenceProps {
  readonly difference: NonNullable<SetVersionView['difference']>;
  /** Versions that it may be compared with. */
  readonly others: readonly number[];
  readonly onCompare: (version: number) => void;
}

/** Field by field; an indicator that was added or retired in one line, by its name. */
export function Difference({ difference, others, onCompare }: DifferenceProps) {
  const t = useTranslations('qualitySet.difference');
  const versions = useTranslations('qualitySet.versions');
  const id = useId();
  const lines = useLines(difference);
  const valueText = useValueText();
  const columns: readonly Column<Line>[] = [
    {
      id: 'what',
      header: t('what'),
      cell: ({ row: { original } }) => (
        <span className={lists.acts}>
          {original.what} <Tag tone={TONES[original.change]}>{t(`changes.${original.change}`)}</Tag>
        </span>
      ),
    },
    { id: 'field', header: t('field'), cell: ({ row: { original } }) => <FieldName field={original.field} /> },
    {
      id: 'before',
      header: t('before'),
      cell: ({ row: { original } }) => <span className={styles.was}>{valueText(original.before)}</span>,
    },
    { id: 'after', header: t('after'), cell: ({ row: { original } }) => valueText(original.after) },
  ];
  return (
    <Panel
      title={t('title', { version: difference.from })}
      extra={
        others.length > 1 ? (
          <Select
            id={id}
            aria-label={t('compareWith')}
            value={difference.from}
            onChange={onCompare}
            options={others.map((value) => ({ value, label: versions('number', { version: value }) }))}
          />
        ) : null
      }
    >
      {lines.length === 0 ? (
        <p className={lists.hint}>{t('none')}</p>
      ) : (
        <DataTable label={t('table')} columns={columns} rows={lines} rowId={({ id }) => id} />
      )}
    </Panel>
  );
}

function FieldName({ field }: { readonly field: string }) {
  const fields = useTranslations('qualitySet.difference.fields');
  return isKeyOf(field, fields) ? fields(field) : field;
}

function useLines({ set, indicators, rules }: SetDifference): readonly Line[] {
  const t = useTranslations('qualitySet.difference');
  const valueText = useValueText();
  const nameOf = ({ code, fields }: PartChange): string => {
    const name = fields.find(({ field }) => field === 'name');
    return name ? valueText(name.after ?? name.before) : code;
  };
  const linesOf = (part: PartChange, what: string, kind: string): readonly Line[] =>
    part.fields
      .filter(({ field }) => part.change === 'changed' || SHOWN_WHOLE.includes(field))
      .map((field) => ({ ...field, id: `${kind}/${part.code}/${field.field}`, what, change: part.change }));
  return [
    ...set.map((field): Line => ({ ...field, id: `set/${field.field}`, what: t('set'), change: 'changed' })),
    ...indicators.flatMap((part) => linesOf(part, nameOf(part), 'indicator')),
    ...rules.flatMap((part) => linesOf(part, t('rule', { code: part.code }), 'rule')),
  ];
}

/** Of what was added or retired these tell enough. */
const SHOWN_WHOLE: readonly string[] = ['name', 'numerator', 'denominator', 'instruction'];

/** Texts in the reader's language, figures as they are, the rest as its words one after another. */
function useValueText(): (value: Json) => string {
  const t = useTranslations('qualitySet.difference');
  const { locale } = useText();
  const words = (value: Json): string => {
    if (value === null || value === '') return t('nothing');
    if (typeof value !== 'object') return String(value);
    if (Array.isArray(value)) return value.map(words).join(', ');
    const own = Reflect.get(value, locale) ?? Reflect.get(value, 'zh-CN');
    if (typeof own === 'string') return own;
    return Object.values(value).map(words).join(' · ') || t('nothing');
  };
  return words;
}
