'use client';

import { Button, Input } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import type { StandardEntry } from '#api/views/standards.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { isKeyOf } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { AdoptionStageTag } from './AdoptionTag.tsx';
import styles from './Standards.module.css';

const STATES = ['current', 'superseded', 'all'] as const;
type State = (typeof STATES)[number];

/** The library: what is in force, what was, and how far each got. */
export function StandardsPage() {
  const t = useTranslations('standards');
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<State>('current');
  const q = useDeferredValue(typed.trim());
  const { data, error, refetch } = useRead(reads.standards(q), { keepPrevious: true });
  const shown = data?.standards.filter(({ isCurrent }) => state === 'all' || isCurrent === (state === 'current')) ?? [];
  return (
    <Page>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          data?.canDraft ? (
            <Link href={paths.applyFor('standard')}>
              <Button type="primary">{t('draft')}</Button>
            </Link>
          ) : null
        }
      />
      {error && !data ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      {data ? (
        <Panel>
          <div className={styles.filters}>
            <Input
              className={styles.search ?? ''}
              allowClear
              value={typed}
              placeholder={t('search')}
              aria-label={t('search')}
              onChange={(event) => setTyped(event.target.value)}
            />
            <span className={styles.tags} role="group" aria-label={t('state.label')}>
              {STATES.map((each) => (
                <Button
                  key={each}
                  size="small"
                  aria-pressed={state === each}
                  type={state === each ? 'primary' : 'default'}
                  onClick={() => setState(each)}
                >
                  {t(`state.${each}`)}
                </Button>
              ))}
            </span>
          </div>
          {shown.length > 0 ? (
            <Library standards={shown} />
          ) : data.standards.length === 0 && q === '' ? (
            <EmptyState title={t('none')} hint={t('noneHint')} />
          ) : (
            <p className={styles.hint}>{t('nothing')}</p>
          )}
        </Panel>
      ) : null}
    </Page>
  );
}

function Library({ standards }: { readonly standards: readonly StandardEntry[] }) {
  const t = useTranslations('standards');
  const kinds = useTranslations('standards.kinds');
  const showsTally = standards.some(({ tally }) => tally !== null);
  const showsOwn = standards.some(({ own }) => own !== null);
  const columns: readonly Column<StandardEntry>[] = [
    {
      id: 'name',
      header: t('name'),
      cell: ({ row: { original } }) => (
        <span className={styles.name}>
          <Link href={paths.standard(original.id)}>{original.title}</Link>
          <small>{original.number ? t('panel.number', { number: original.number, version: original.version }) : original.version}</small>
        </span>
      ),
    },
    {
      id: 'kind',
      header: t('kind'),
      cell: ({ row: { original } }) => (isKeyOf(original.kind, kinds) ? kinds(original.kind) : original.kind),
    },
    { id: 'effective', header: t('effective'), cell: ({ row: { original } }) => original.effective },
    { id: 'deadline', header: t('deadline'), cell: ({ row: { original } }) => original.adoptionDeadline },
    {
      id: 'status',
      header: t('status'),
      cell: ({ row: { original } }) => (
        <Tag tone={original.isCurrent ? 'success' : 'neutral'}>{t(original.isCurrent ? 'state.current' : 'state.superseded')}</Tag>
      ),
    },
    ...(showsTally
      ? [
          {
            id: 'reach',
            header: t('reach'),
            cell: ({ row: { original } }: Cell) => (original.tally ? `${original.tally.read} / ${original.tally.reached}` : '—'),
          },
          {
            id: 'adoption',
            header: t('adoption'),
            cell: ({ row: { original } }: Cell) =>
              original.tally ? `${original.tally.yes + original.tally.partly} / ${original.tally.reached}` : '—',
          },
        ]
      : []),
    ...(showsOwn
      ? [
          {
            id: 'own',
            header: t('own'),
            cell: ({ row: { original } }: Cell) =>
              original.own ? (
                <Link href={paths.instance(original.own.instanceId)}>
                  <AdoptionStageTag stage={original.own.stage} />
                </Link>
              ) : (
                '—'
              ),
          },
        ]
      : []),
  ];
  return <DataTable label={t('table')} columns={columns} rows={standards} rowId={({ id }) => id} />;
}

interface Cell {
  readonly row: { readonly original: StandardEntry };
}
