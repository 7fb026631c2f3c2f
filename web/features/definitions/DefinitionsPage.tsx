'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { DefinitionVersionRow } from '#api/views/definitions.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import styles from './Definitions.module.css';
import { ActWords, VersionTags } from './VersionTags.tsx';

/** Every flow with its versions: which one starts new instances, which are drafts, how many instances run with each. */
export function DefinitionsPage() {
  const t = useTranslations('definitions');
  const { text } = useText();
  const { data, error, refetch } = useRead(reads.definitions());
  const columns = useColumns();
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      {data.flows.length === 0 ? <EmptyState title={t('empty')} hint={t('emptyHint')} /> : null}
      <div className={styles.flows}>
        {data.flows.map(({ key, name, versions }) => (
          <section key={key} className={styles.flow} aria-labelledby={`flow-${key}`}>
            <h2 id={`flow-${key}`}>
              {text(name)} <small>{key}</small>
            </h2>
            <DataTable
              label={t('tableLabel', { flow: text(name) })}
              columns={columns}
              rows={versions}
              rowId={({ version }) => String(version)}
            />
          </section>
        ))}
      </div>
    </Page>
  );
}

function useColumns(): readonly Column<DefinitionVersionRow>[] {
  const t = useTranslations('definitions');
  return [
    {
      id: 'version',
      header: t('columns.version'),
      cell: ({ row: { original } }) => (
        <Link href={paths.definition(original.key, original.version)}>{t('version', { version: original.version })}</Link>
      ),
    },
    { id: 'state', header: t('columns.state'), cell: ({ row: { original } }) => <VersionTags version={original} /> },
    { id: 'check', header: t('columns.check'), cell: ({ row: { original } }) => <CheckTag version={original} /> },
    { id: 'running', header: t('columns.running'), cell: ({ row: { original } }) => original.running },
    { id: 'last', header: t('columns.last'), cell: ({ row: { original } }) => <ActWords act={original.last} /> },
    {
      id: 'note',
      header: t('columns.note'),
      cell: ({ row: { original } }) => <span className={styles.note}>{original.last.note ?? '–'}</span>,
    },
  ];
}

function CheckTag({ version: { errors, warnings } }: { readonly version: DefinitionVersionRow }) {
  const t = useTranslations('definitions');
  if (errors > 0) return <Tag tone="danger">{t('errors', { count: errors })}</Tag>;
  return warnings > 0 ? <Tag tone="warning">{t('warnings', { count: warnings })}</Tag> : <Tag tone="success">{t('clean')}</Tag>;
}
