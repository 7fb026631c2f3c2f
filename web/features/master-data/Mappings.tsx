'use client';

import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MappingView, TakenMappingsView } from '#api/views/master-data.ts';
import { MAPPING_STATUSES, type MappingStatus } from '#core/master-data/mapping.ts';
import type { MappingRow } from '#core/master-data/mapping-rows.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { FileButtons } from './FileButtons.tsx';
import { MappingDialog } from './MappingDialog.tsx';
import styles from './MasterData.module.css';
import { RowResults } from './RowResults.tsx';
import { useChange } from './use-change.ts';
import { MappingTable, type WorklistProps } from './Worklist.tsx';

const COLUMNS = [
  ['standardCode', 18],
  ['organisation', 28],
  ['localCode', 16],
  ['localName', 28],
  ['direction', 12],
  ['validFrom', 14],
  ['validTo', 14],
] as const satisfies readonly (readonly [keyof MappingRow, number])[];

const SHOWN_FIRST = 60;

export function Mappings({ dictionary, organisations }: WorklistProps) {
  const t = useTranslations('masterData');
  const { name } = useText();
  const { data, error, refetch } = useRead(reads.mappings(dictionary), { keepPrevious: true });
  const [text, setText] = useState('');
  const [organisationId, setOrganisationId] = useState<string | null>(null);
  const [status, setStatus] = useState<MappingStatus | null>(null);
  const [isAll, setAll] = useState(false);
  const [isWriting, setWriting] = useState(false);
  const take = useChange<TakenMappingsView>(() => undefined);
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone width="100%" />;
  const wanted = text.trim().toLowerCase();
  const found = data.mappings.filter(
    (mapping) =>
      (organisationId === null || mapping.organisationId === organisationId) &&
      (status === null || mapping.status === status) &&
      textOf(mapping).includes(wanted),
  );
  const mapped = new Set(data.mappings.map((mapping) => mapping.organisationId));
  return (
    <div className={lists.stack}>
      <Panel title={t('mappings', { count: found.length })}>
        <div className={lists.tools}>
          <Input
            allowClear
            prefix={<SearchOutlined aria-hidden />}
            aria-label={t('find')}
            placeholder={t('find')}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <Select
            allowClear
            aria-label={t('fields.organisation')}
            placeholder={t('fields.organisation')}
            value={organisationId}
            onChange={(id) => setOrganisationId(id ?? null)}
            options={organisations.filter(({ id }) => mapped.has(id)).map((each) => ({ value: each.id, label: name(each) }))}
          />
          <Select
            allowClear
            aria-label={t('state')}
            placeholder={t('state')}
            value={status}
            onChange={(each) => setStatus(each ?? null)}
            options={MAPPING_STATUSES.map((each) => ({ value: each, label: t(`statuses.${each}`) }))}
          />
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setWriting(true)}>
            {t('map')}
          </Button>
          <FileButtons
            name={`mappings-${dictionary}`}
            columns={COLUMNS.map(([column, width]) => ({ name: column, heading: t(`fields.${column}`), width }))}
            rows={found.map(rowOf)}
            onRows={(rows) => take.mutate({ method: 'POST', path: `/api/master-data/mappings/${dictionary}`, body: { rows } })}
            isSending={take.isPending}
          />
        </div>
        {found.length === 0 ? (
          <EmptyState title={t('noMappings')} hint={t('noMappingsHint')} />
        ) : (
          <MappingTable label={t('mappingsTable')} rows={isAll ? found : found.slice(0, SHOWN_FIRST)} />
        )}
        {!isAll && found.length > SHOWN_FIRST ? (
          <Button className={styles.more ?? ''} onClick={() => setAll(true)}>
            {t('showAll', { count: found.length })}
          </Button>
        ) : null}
      </Panel>
      {take.data ? (
        <RowResults results={take.data.results.map(({ line, standardCode, problem }) => ({ line, code: standardCode, problem }))} />
      ) : null}
      {isWriting ? (
        <MappingDialog dictionary={dictionary} organisations={organisations} begins={{}} onClose={() => setWriting(false)} />
      ) : null}
    </div>
  );
}

const textOf = ({ standardCode, standardName, localCode, localName, organisation }: MappingView): string =>
  [standardCode, standardName?.['zh-CN'], standardName?.en, localCode, localName, organisation.name, organisation.nameEn]
    .join(' ')
    .toLowerCase();

const rowOf = ({
  standardCode,
  organisationId,
  localCode,
  localName,
  direction,
  validFrom,
  validTo,
}: MappingView): Record<keyof MappingRow, string> => ({
  standardCode,
  organisation: organisationId,
  localCode,
  localName,
  direction,
  validFrom,
  validTo: validTo ?? '',
});
