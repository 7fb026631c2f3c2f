'use client';

import { useTranslations } from 'next-intl';
import type { IndicatorSetView } from '#api/views/indicator-sets.ts';
import { useText } from '#web/lib/use-words.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { PersonChip } from '#web/ui/PersonChip.tsx';

type Own = IndicatorSetView['own'][number];

/** What hospitals set for themselves: read here, and never mixed with what the nation defines. */
export function OwnDefinitions({ own }: { readonly own: IndicatorSetView['own'] }) {
  const t = useTranslations('qualitySet.own');
  const indicators = useTranslations('qualitySet.indicators');
  const all = useTranslations('qualitySet');
  const { name, text } = useText();
  const columns: readonly Column<Own>[] = [
    { id: 'hospital', header: t('hospital'), cell: ({ row: { original } }) => name(original.organisation) },
    {
      id: 'indicator',
      header: indicators('name'),
      cell: ({
        row: {
          original: { definition },
        },
      }) => (
        <span>
          {text(definition.name)}
          <span className={lists.second}>
            {t.rich('version', {
              version: definition.version,
              from: definition.validFrom,
              whole: (words) => <span className={lists.days}>{words}</span>,
            })}
          </span>
        </span>
      ),
    },
    { id: 'numerator', header: indicators('numerator'), cell: ({ row: { original } }) => text(original.definition.numerator) },
    { id: 'denominator', header: indicators('denominator'), cell: ({ row: { original } }) => text(original.definition.denominator) },
    { id: 'reason', header: all('reason'), cell: ({ row: { original } }) => original.reason },
    {
      id: 'approvedBy',
      header: t('approvedBy'),
      cell: ({ row: { original } }) => (original.approvedBy ? <PersonChip person={original.approvedBy} /> : '—'),
    },
  ];
  return (
    <Panel title={t('title', { count: own.length })}>
      <p className={lists.hint}>{own.length === 0 ? t('none') : t('hint')}</p>
      {own.length === 0 ? null : (
        <DataTable
          label={t('table')}
          columns={columns}
          rows={own}
          rowId={({ organisation, definition }) => `${organisation.id}/${definition.code}`}
        />
      )}
    </Panel>
  );
}
