'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { SurveillanceTopicView } from '#api/views/surveillance.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import styles from '../quality/Quality.module.css';
import { WarningsTable } from './WarningsTable.tsx';

/** What is watched, how the last period of each topic stands, and every warning. */
export function SurveillancePage() {
  const t = useTranslations('surveillance');
  const { data, error, refetch } = useRead(reads.surveillance());
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className={styles.stack}>
        <Panel title={t('topics')}>
          <Topics topics={data.topics} />
        </Panel>
        {data.ownOrganisationIds === null ? (
          <Panel title={t('warnings')}>
            <WarningsTable warnings={data.warnings} />
          </Panel>
        ) : null}
      </div>
    </Page>
  );
}

function Topics({ topics }: { readonly topics: readonly SurveillanceTopicView[] }) {
  const t = useTranslations('surveillance');
  const { text } = useText();
  const columns: readonly Column<SurveillanceTopicView>[] = [
    {
      id: 'topic',
      header: t('topic'),
      cell: ({ row: { original } }) => <Link href={paths.surveillanceTopic(original.code)}>{text(original.name)}</Link>,
    },
    { id: 'frequency', header: t('frequency'), cell: ({ row: { original } }) => t(`frequencies.${original.frequency}`) },
    { id: 'sites', header: t('sites'), cell: ({ row: { original } }) => original.sites },
    { id: 'period', header: t('period'), cell: ({ row: { original } }) => original.period ?? t('notOpened') },
    {
      id: 'reported',
      header: t('reported'),
      cell: ({
        row: {
          original: { tally },
        },
      }) => (tally ? `${tally.reported}/${tally.expected}` : '—'),
    },
    { id: 'zero', header: t('zero'), cell: ({ row: { original } }) => original.tally?.zero ?? '—' },
    {
      id: 'missing',
      header: t('missing'),
      cell: ({ row: { original } }) =>
        original.tally?.missing ? <Tag tone="danger">{original.tally.missing}</Tag> : (original.tally?.missing ?? '—'),
    },
  ];
  if (topics.length === 0) return <p className={styles.hint}>{t('none')}</p>;
  return <DataTable label={t('topicsTable')} columns={columns} rows={topics} rowId={({ code }) => code} />;
}
