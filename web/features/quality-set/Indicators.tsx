'use client';

import { Button, Popconfirm } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SetVersionView } from '#api/views/indicator-sets.ts';
import type { IndicatorMeaning } from '#core/quality/indicator.ts';
import { useText } from '#web/lib/use-words.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { rounded, rulesReading, unitOf } from './figures.ts';
import { IndicatorDialog } from './IndicatorDialog.tsx';
import type { Draft } from './use-draft.ts';

export interface IndicatorsProps {
  readonly version: SetVersionView;
  readonly draft: Draft | null;
}

/** What is counted, of what, without whom, which way is better. */
export function Indicators({ version, draft }: IndicatorsProps) {
  const t = useTranslations('qualitySet.indicators');
  const columns = useIndicatorColumns();
  /** The code of the one that is changed; empty: a new one. */
  const [edited, setEdited] = useState<string | null>(null);
  const { indicators } = version.contents;
  const defined = (code: string): string => {
    const found = version.definitions.find((each) => each.code === code);
    return found ? t('definitionOf', { version: found.version, from: found.validFrom }) : '—';
  };
  const all: readonly Column<IndicatorMeaning>[] = [
    ...columns,
    ...(draft
      ? [
          {
            id: 'acts',
            header: t('acts'),
            cell: ({ row: { original } }) => <Acts indicator={original} draft={draft} onEdit={() => setEdited(original.code)} />,
          } satisfies Column<IndicatorMeaning>,
        ]
      : [
          {
            id: 'definition',
            header: t('definition'),
            cell: ({ row: { original } }) => defined(original.code),
          } satisfies Column<IndicatorMeaning>,
        ]),
  ];
  return (
    <Panel
      title={t('title', { count: indicators.length })}
      extra={draft ? <Button onClick={() => setEdited('')}>{t('add')}</Button> : null}
    >
      <DataTable label={t('table', { version: version.version })} columns={all} rows={indicators} rowId={({ code }) => code} />
      {draft && edited !== null ? (
        <IndicatorDialog
          draft={draft}
          begins={indicators.find(({ code }) => code === edited) ?? null}
          onClose={() => {
            draft.forget();
            setEdited(null);
          }}
        />
      ) : null}
    </Panel>
  );
}

export function useIndicatorColumns(): readonly Column<IndicatorMeaning>[] {
  const t = useTranslations('qualitySet.indicators');
  const { text } = useText();
  const unit = (indicator: IndicatorMeaning): string => t(`units.${unitOf(indicator)}`, { multiplier: indicator.multiplier });
  return [
    {
      id: 'name',
      header: t('name'),
      cell: ({ row: { original } }) => (
        <span>
          {text(original.name)}
          <span className={`${lists.second} ${lists.code}`}>{original.code}</span>
        </span>
      ),
    },
    { id: 'numerator', header: t('numerator'), cell: ({ row: { original } }) => text(original.numerator) },
    { id: 'denominator', header: t('denominator'), cell: ({ row: { original } }) => text(original.denominator) },
    { id: 'filter', header: t('filter'), cell: ({ row: { original } }) => text(original.filter) || '—' },
    { id: 'exclusion', header: t('exclusion'), cell: ({ row: { original } }) => text(original.exclusion) || '—' },
    {
      id: 'unit',
      header: t('unit'),
      cell: ({ row: { original } }) => (
        <span>
          {unit(original)}
          <span className={lists.second}>{t(`improvements.${original.improvement}`)}</span>
        </span>
      ),
    },
    {
      id: 'target',
      header: t('target'),
      cell: ({ row: { original } }) =>
        original.target === undefined ? '—' : `${rounded(original.target * original.multiplier)} ${unit(original)}`,
    },
  ];
}

interface ActsProps {
  readonly indicator: IndicatorMeaning;
  readonly draft: Draft;
  readonly onEdit: () => void;
}

function Acts({ indicator: { code, name }, draft, onEdit }: ActsProps) {
  const t = useTranslations('qualitySet.indicators');
  const { text } = useText();
  const { indicators, rules } = draft.contents;
  const gone = rulesReading(rules, code);
  return (
    <span className={lists.acts}>
      <Button size="small" onClick={onEdit}>
        {t('edit')}
      </Button>
      <Popconfirm
        title={t('retireTitle', { name: text(name) })}
        description={t('retireHint', { count: gone.length })}
        okText={t('retire')}
        onConfirm={() =>
          draft.save({
            ...draft.contents,
            indicators: indicators.filter((each) => each.code !== code),
            rules: rules.filter((rule) => !gone.includes(rule)),
          })
        }
      >
        <Button size="small" danger disabled={draft.isSaving || indicators.length === 1}>
          {t('retire')}
        </Button>
      </Popconfirm>
    </span>
  );
}
