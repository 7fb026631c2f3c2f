'use client';

import { App, Button } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { IndicatorSetView, SetVersionHead } from '#api/views/indicator-sets.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { paths } from '#web/paths.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { Difference } from './Difference.tsx';
import { DraftActs } from './DraftActs.tsx';
import { Indicators } from './Indicators.tsx';
import { Limits } from './Limits.tsx';
import { OwnDefinitions } from './OwnDefinitions.tsx';
import { Rules } from './Rules.tsx';
import { setPath, useChange } from './use-change.ts';
import { useDraft } from './use-draft.ts';

const TONES: Readonly<Record<SetVersionHead['standing'], Tone>> = {
  draft: 'warning',
  published: 'info',
  current: 'success',
  retired: 'neutral',
};

export interface VersionsProps {
  readonly data: IndicatorSetView;
  /** Null: the draft, else the current one. */
  readonly asked: number | null;
}

export function Versions({ data, asked }: VersionsProps) {
  const t = useTranslations('qualitySet.versions');
  const { versions } = data;
  const draft = versions.find(({ standing }) => standing === 'draft');
  const current = versions.find(({ standing }) => standing === 'current');
  const shown = versions.find(({ version }) => version === asked) ?? draft ?? current ?? versions[0];
  return (
    <div className={lists.stack}>
      <Panel title={t('title')} extra={data.canChange && !draft ? <Begin set={data.set.code} /> : null}>
        <VersionTable data={data} shown={shown?.version ?? null} />
      </Panel>
      {shown ? <Version key={shown.version} data={data} head={shown} /> : null}
      <OwnDefinitions own={data.own} />
    </div>
  );
}

function VersionTable({ data: { set, versions }, shown }: { readonly data: IndicatorSetView; readonly shown: number | null }) {
  const t = useTranslations('qualitySet.versions');
  const valid = ({ standing, validFrom, replacedOn }: SetVersionHead): string => {
    if (standing === 'draft') return '—';
    if (validFrom === null) return replacedOn === null ? t('always') : t('alwaysUntil', { to: replacedOn });
    return replacedOn === null ? t('since', { from: validFrom }) : t('fromTo', { from: validFrom, to: replacedOn });
  };
  const columns: readonly Column<SetVersionHead>[] = [
    {
      id: 'version',
      header: t('version'),
      cell: ({ row: { original } }) => (
        <Link
          href={paths.qualitySet(set.code, { tab: 'versions', version: String(original.version) })}
          replace
          scroll={false}
          aria-current={original.version === shown}
        >
          {t('number', { version: original.version })}
        </Link>
      ),
    },
    {
      id: 'standing',
      header: t('state'),
      cell: ({ row: { original } }) => <Tag tone={TONES[original.standing]}>{t(`standings.${original.standing}`)}</Tag>,
    },
    { id: 'valid', header: t('valid'), cell: ({ row: { original } }) => valid(original) },
    { id: 'count', header: t('count'), cell: ({ row: { original } }) => original.indicators },
    {
      id: 'people',
      header: t('people'),
      cell: ({ row: { original } }) =>
        original.editedBy.length === 0 ? (
          t('product')
        ) : (
          <span>
            {original.editedBy.map((person) => (
              <PersonChip key={person.id} person={person} />
            ))}
            {original.publishedBy ? (
              <>
                {' → '}
                <PersonChip person={original.publishedBy} />
              </>
            ) : null}
          </span>
        ),
    },
  ];
  return <DataTable label={t('table')} columns={columns} rows={versions} rowId={({ version }) => String(version)} />;
}

function Begin({ set }: { readonly set: string }) {
  const t = useTranslations('qualitySet.versions');
  const { message } = App.useApp();
  const router = useRouter();
  const begin = useChange<{ readonly version: number }>(({ version }) => {
    message.success(t('begun'));
    router.replace(paths.qualitySet(set, { tab: 'versions', version: String(version) }), { scroll: false });
  });
  return (
    <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({ method: 'POST', path: `${setPath(set)}/draft` })}>
      {t('begin')}
    </Button>
  );
}

function Version({ data, head }: { readonly data: IndicatorSetView; readonly head: SetVersionHead }) {
  const [compared, setCompared] = useState<number | null>(null);
  const {
    data: version,
    error,
    refetch,
  } = useRead(reads.indicatorSetVersion(data.set.code, head.version, compared), {
    keepPrevious: true,
  });
  const draft = useDraft(data, version);
  if (error && !version) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!version) return <Bone width="100%" />;
  const others = data.versions.filter((each) => each.standing !== 'draft' && each.version !== head.version).map((each) => each.version);
  return (
    <>
      {draft && version.revision !== null ? <DraftActs data={data} head={version} revision={version.revision} /> : null}
      <Indicators version={version} draft={draft} />
      <Rules version={version} draft={draft} />
      <Limits version={version} draft={draft} />
      {version.difference ? <Difference difference={version.difference} others={others} onCompare={setCompared} /> : null}
    </>
  );
}
