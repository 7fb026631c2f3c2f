'use client';

import { App, Button, DatePicker, Popconfirm } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { DictionaryVersionHead, MasterDataView, TakenEntriesView } from '#api/views/master-data.ts';
import { type DictionaryKey, type Entry, SPECIMENS } from '#core/master-data/dictionary.ts';
import type { EntryRow } from '#core/master-data/entries.ts';
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
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { EntryDialog } from './EntryDialog.tsx';
import { FileButtons } from './FileButtons.tsx';
import { RowResults } from './RowResults.tsx';
import { useChange } from './use-change.ts';

const TONES: Readonly<Record<DictionaryVersionHead['standing'], Tone>> = {
  draft: 'warning',
  approved: 'info',
  current: 'success',
  retired: 'neutral',
};

export interface DictionariesProps {
  readonly dictionary: DictionaryKey;
  readonly data: MasterDataView;
}

export function Dictionaries({ dictionary, data }: DictionariesProps) {
  const t = useTranslations('masterData');
  const found = data.dictionaries.find(({ key }) => key === dictionary);
  const versions = found?.versions ?? [];
  const draft = versions.find(({ standing }) => standing === 'draft');
  const current = versions.find(({ standing }) => standing === 'current');
  const [asked, setAsked] = useState<number | null>(null);
  const shown = versions.find(({ version }) => version === asked) ?? draft ?? current ?? versions[0];
  return (
    <div className={lists.stack}>
      <Panel title={t('versions')} extra={draft ? null : <Begin dictionary={dictionary} />}>
        {versions.length === 0 ? (
          <EmptyState title={t('noVersions')} hint={t('noVersionsHint')} />
        ) : (
          <Versions versions={versions} shown={shown?.version ?? null} onShow={setAsked} />
        )}
      </Panel>
      {draft ? <DraftActs dictionary={dictionary} draft={draft} /> : null}
      {shown ? <Entries dictionary={dictionary} head={shown} /> : null}
    </div>
  );
}

function Versions({
  versions,
  shown,
  onShow,
}: {
  readonly versions: readonly DictionaryVersionHead[];
  readonly shown: number | null;
  readonly onShow: (version: number) => void;
}) {
  const t = useTranslations('masterData');
  const columns: readonly Column<DictionaryVersionHead>[] = [
    {
      id: 'version',
      header: t('version'),
      cell: ({ row: { original } }) => (
        <Button type="link" size="small" aria-current={original.version === shown} onClick={() => onShow(original.version)}>
          {t('versionNumber', { version: original.version })}
        </Button>
      ),
    },
    {
      id: 'standing',
      header: t('state'),
      cell: ({ row: { original } }) => <Tag tone={TONES[original.standing]}>{t(`standings.${original.standing}`)}</Tag>,
    },
    {
      id: 'valid',
      header: t('valid'),
      cell: ({ row: { original } }) =>
        original.validFrom === null
          ? '—'
          : original.replacedOn === null
            ? t('since', { from: original.validFrom })
            : t('until', { from: original.validFrom, to: original.replacedOn }),
    },
    { id: 'entries', header: t('entriesCount'), cell: ({ row: { original } }) => original.entries },
    {
      id: 'people',
      header: t('people'),
      cell: ({ row: { original } }) => (
        <span>
          {original.editedBy.map((person) => (
            <PersonChip key={person.id} person={person} />
          ))}
          {original.approvedBy ? (
            <>
              {' → '}
              <PersonChip person={original.approvedBy} />
            </>
          ) : null}
        </span>
      ),
    },
  ];
  return <DataTable label={t('versionsTable')} columns={columns} rows={versions} rowId={({ version }) => String(version)} />;
}

const draftPath = (dictionary: DictionaryKey): string => `/api/master-data/dictionaries/${dictionary}/draft`;

function Begin({ dictionary }: { readonly dictionary: DictionaryKey }) {
  const t = useTranslations('masterData');
  const begin = useChange(() => undefined);
  return (
    <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({ method: 'POST', path: draftPath(dictionary) })}>
      {t('begin')}
    </Button>
  );
}

function DraftActs({ dictionary, draft }: { readonly dictionary: DictionaryKey; readonly draft: DictionaryVersionHead }) {
  const t = useTranslations('masterData');
  const { message } = App.useApp();
  const [validFrom, setValidFrom] = useState<string | null>(null);
  const approve = useChange<{ readonly version: number }>(({ version }) => message.success(t('approved', { version })));
  const discard = useChange(() => message.success(t('discarded')));
  return (
    <Panel title={t('draftTitle', { version: draft.version })}>
      <p className={lists.hint}>{draft.isOwnWork ? t('draftOwn') : t('draftHint')}</p>
      <div className={lists.tools}>
        <DatePicker
          aria-label={t('validFromLabel')}
          placeholder={t('validFromToday')}
          onChange={(day) => setValidFrom(day ? day.format('YYYY-MM-DD') : null)}
        />
        <Button
          type="primary"
          disabled={draft.isOwnWork}
          loading={approve.isPending}
          onClick={() => approve.mutate({ method: 'POST', path: `${draftPath(dictionary)}/approve`, body: validFrom ? { validFrom } : {} })}
        >
          {t('approveVersion')}
        </Button>
        <Popconfirm
          title={t('discardTitle')}
          description={t('discardHint')}
          okText={t('discard')}
          onConfirm={() => discard.mutate({ method: 'DELETE', path: draftPath(dictionary) })}
        >
          <Button danger loading={discard.isPending}>
            {t('discard')}
          </Button>
        </Popconfirm>
      </div>
    </Panel>
  );
}

const COLUMNS = [
  ['code', 18],
  ['name', 30],
  ['nameEn', 36],
  ['specimen', 12],
] as const satisfies readonly (readonly [keyof EntryRow, number])[];

function Entries({ dictionary, head }: { readonly dictionary: DictionaryKey; readonly head: DictionaryVersionHead }) {
  const t = useTranslations('masterData');
  const { text } = useText();
  const { data, error, refetch } = useRead(reads.dictionaryEntries(dictionary, head.version), { keepPrevious: true });
  const [edited, setEdited] = useState<EntryRow | null>(null);
  const isDraft = head.standing === 'draft';
  const put = useChange<TakenEntriesView>(() => undefined);
  const path = `${draftPath(dictionary)}/entries`;
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone width="100%" />;
  const columns: readonly Column<Entry>[] = [
    { id: 'code', header: t('fields.code'), cell: ({ row: { original } }) => <span className={lists.code}>{original.code}</span> },
    { id: 'name', header: t('fields.name'), cell: ({ row: { original } }) => original.name['zh-CN'] },
    { id: 'nameEn', header: t('fields.nameEn'), cell: ({ row: { original } }) => original.name.en ?? '' },
    ...(dictionary === 'test'
      ? [
          {
            id: 'specimen',
            header: t('fields.specimen'),
            cell: ({ row: { original } }) => (original.specimen ? text(SPECIMENS[original.specimen]) : '—'),
          } satisfies Column<Entry>,
        ]
      : []),
    ...(isDraft
      ? [
          {
            id: 'acts',
            header: t('actsColumn'),
            cell: ({ row: { original } }) => (
              <span className={lists.acts}>
                <Button size="small" onClick={() => setEdited(rowOf(original))}>
                  {t('edit')}
                </Button>
                <Button
                  size="small"
                  danger
                  onClick={() => put.mutate({ method: 'POST', path, body: { rows: [], removed: [original.code] } })}
                >
                  {t('remove')}
                </Button>
              </span>
            ),
          } satisfies Column<Entry>,
        ]
      : []),
  ];
  const take = (rows: readonly EntryRow[]): void => put.mutate({ method: 'POST', path, body: { rows } });
  return (
    <>
      <Panel title={t('entries', { version: head.version, count: data.list.length })}>
        <div className={lists.tools}>
          {isDraft ? (
            <Button type="primary" onClick={() => setEdited({ code: '', name: '', nameEn: '', specimen: '' })}>
              {t('addEntry')}
            </Button>
          ) : null}
          <FileButtons
            name={`${dictionary}-v${head.version}`}
            columns={COLUMNS.map(([name, width]) => ({ name, heading: t(`fields.${name}`), width }))}
            rows={data.list.map(rowOf)}
            {...(isDraft ? { onRows: take } : {})}
            isSending={put.isPending}
          />
        </div>
        {data.list.length === 0 ? (
          <EmptyState title={t('noEntries')} hint={t('noEntriesHint')} />
        ) : (
          <DataTable label={t('entriesTable')} columns={columns} rows={data.list} rowId={({ code }) => code} />
        )}
      </Panel>
      {put.data && put.data.results.length > 1 ? <RowResults results={put.data.results} /> : null}
      {edited ? <EntryDialog dictionary={dictionary} begins={edited} onClose={() => setEdited(null)} /> : null}
    </>
  );
}

const rowOf = ({ code, name, specimen }: Entry): Record<keyof EntryRow, string> => ({
  code,
  name: name['zh-CN'],
  nameEn: name.en ?? '',
  specimen: specimen ?? '',
});
