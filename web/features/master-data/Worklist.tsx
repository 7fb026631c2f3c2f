'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MappingView, WorklistView } from '#api/views/master-data.ts';
import type { OrganisationView } from '#api/views.ts';
import type { DictionaryKey } from '#core/master-data/dictionary.ts';
import type { MappingRow } from '#core/master-data/mapping-rows.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { MappingActs, Obstacle } from './MappingActs.tsx';
import { MappingDialog } from './MappingDialog.tsx';
import styles from './MasterData.module.css';

type Unmapped = WorklistView['unmapped'][number];

export interface WorklistProps {
  readonly dictionary: DictionaryKey;
  readonly organisations: readonly OrganisationView[];
}

export function Worklist({ dictionary, organisations }: WorklistProps) {
  const t = useTranslations('masterData');
  const { text, name } = useText();
  const { data, error, refetch } = useRead(reads.mappingWorklist(dictionary), { keepPrevious: true });
  const [begins, setBegins] = useState<Partial<MappingRow> | null>(null);
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone width="100%" />;
  const { unmapped, manyToOne, awaiting } = data;
  const columns: readonly Column<Unmapped>[] = [
    { id: 'organisation', header: t('fields.organisation'), cell: ({ row: { original } }) => name(original.organisation) },
    {
      id: 'item',
      header: t('item'),
      cell: ({ row: { original } }) => (
        <span>
          {text(original.name)} <span className={lists.code}>{original.standardCode}</span>
        </span>
      ),
    },
    { id: 'gap', header: t('state'), cell: ({ row: { original } }) => <Tag tone="warning">{t(`gaps.${original.gap}`)}</Tag> },
    {
      id: 'acts',
      header: t('actsColumn'),
      cell: ({ row: { original } }) => (
        <Button
          size="small"
          onClick={() =>
            setBegins({ standardCode: original.standardCode, organisation: original.organisationId, localName: original.name['zh-CN'] })
          }
        >
          {t('map')}
        </Button>
      ),
    },
  ];
  return (
    <div className={lists.stack}>
      {unmapped.length + manyToOne.length + awaiting.length === 0 ? (
        <EmptyState title={t('nothingToDo')} hint={t('nothingToDoHint')} />
      ) : null}
      {awaiting.length > 0 ? (
        <Panel title={t('awaiting', { count: awaiting.length })}>
          <p className={lists.hint}>{t('awaitingHint')}</p>
          <MappingTable label={t('awaitingTable')} rows={awaiting.map(({ mapping }) => mapping)} />
        </Panel>
      ) : null}
      {unmapped.length > 0 ? (
        <Panel title={t('unmapped', { count: unmapped.length })}>
          <p className={lists.hint}>{t('unmappedHint')}</p>
          <DataTable
            label={t('unmappedTable')}
            columns={columns}
            rows={unmapped}
            rowId={({ organisationId, standardCode }) => `${organisationId}/${standardCode}`}
          />
        </Panel>
      ) : null}
      {manyToOne.length > 0 ? (
        <Panel title={t('manyToOne', { count: manyToOne.length })}>
          <p className={lists.hint}>{t('manyToOneHint')}</p>
          {manyToOne.map(({ organisation, meetsIn, code, mappings }) => (
            <section key={`${organisation.id}/${meetsIn}/${code}`} className={styles.group}>
              <h3>{t(`meetsIn.${meetsIn}`, { organisation: name(organisation), code })}</h3>
              <MappingTable label={t('manyToOneTable', { code })} rows={mappings} />
            </section>
          ))}
        </Panel>
      ) : null}
      {begins ? (
        <MappingDialog dictionary={dictionary} organisations={organisations} begins={begins} onClose={() => setBegins(null)} />
      ) : null}
    </div>
  );
}

const STATUS_TONES = { draft: 'warning', approved: 'success', suspended: 'neutral' } as const;

export function MappingTable({ label, rows }: { readonly label: string; readonly rows: readonly MappingView[] }) {
  const t = useTranslations('masterData');
  const { text, name } = useText();
  const columns: readonly Column<MappingView>[] = [
    {
      id: 'item',
      header: t('item'),
      cell: ({ row: { original } }) => (
        <span>
          {text(original.standardName) || t('notInDictionary')} <span className={lists.code}>{original.standardCode}</span>
        </span>
      ),
    },
    { id: 'organisation', header: t('fields.organisation'), cell: ({ row: { original } }) => name(original.organisation) },
    {
      id: 'local',
      header: t('local'),
      cell: ({ row: { original } }) =>
        original.direction === 'none' ? (
          t('directions.none')
        ) : (
          <span>
            {original.localName} <span className={lists.code}>{original.localCode}</span>
          </span>
        ),
    },
    {
      id: 'direction',
      header: t('fields.direction'),
      cell: ({ row: { original } }) => (original.direction === 'none' ? '—' : t(`directions.${original.direction}`)),
    },
    {
      id: 'valid',
      header: t('valid'),
      cell: ({ row: { original } }) => (
        <span className={lists.days}>
          {original.validTo === null
            ? t('since', { from: original.validFrom })
            : t('fromTo', { from: original.validFrom, to: original.validTo })}
        </span>
      ),
    },
    {
      id: 'status',
      header: t('state'),
      cell: ({ row: { original } }) => <Tag tone={STATUS_TONES[original.status]}>{t(`statuses.${original.status}`)}</Tag>,
    },
    {
      id: 'people',
      header: t('people'),
      cell: ({ row: { original } }) => (
        <span>
          {original.mappedByPerson ? <PersonChip person={original.mappedByPerson} /> : null}
          {original.checkedByPerson ? (
            <>
              {' → '}
              <PersonChip person={original.checkedByPerson} />
            </>
          ) : null}
        </span>
      ),
    },
    {
      id: 'acts',
      header: t('actsColumn'),
      cell: ({ row: { original } }) => (
        <span>
          <MappingActs mapping={original} />
          <Obstacle mapping={original} />
        </span>
      ),
    },
  ];
  return <DataTable label={label} columns={columns} rows={rows} rowId={({ id }) => id} />;
}
