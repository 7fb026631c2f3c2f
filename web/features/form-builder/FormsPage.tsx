'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { FormRow } from '#api/views/forms.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { EditionTag } from './EditionTag.tsx';
import styles from './FormBuilder.module.css';
import { NewForm } from './NewForm.tsx';

/** Every form of every flow: who asks it, and whether somebody is changing it. */
export function FormsPage() {
  const t = useTranslations('formBuilder.list');
  const { text } = useText();
  const { can } = useMe();
  const { data, error, refetch } = useRead(reads.forms());
  const columns = useColumns();
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={can.editForms && data.flows.length > 0 ? <NewForm flows={data.flows} /> : null}
      />
      {data.flows.length === 0 ? <EmptyState title={t('empty')} hint={t('emptyHint')} /> : null}
      <div className={styles.flows}>
        {data.flows.map(({ key, name, forms }) => (
          <section key={key} aria-labelledby={`flow-${key}`}>
            <h2 id={`flow-${key}`}>{text(name)}</h2>
            <DataTable label={t('tableLabel', { flow: text(name) })} columns={columns} rows={forms} rowId={({ formKey }) => formKey} />
          </section>
        ))}
      </div>
    </Page>
  );
}

function useColumns(): readonly Column<FormRow>[] {
  const t = useTranslations('formBuilder.list.columns');
  const words = useTranslations('formBuilder.list');
  const { text } = useText();
  return [
    {
      id: 'title',
      header: t('title'),
      cell: ({ row: { original } }) => (
        <span className={styles.stacked}>
          <Link href={paths.form(original.serviceKey, original.formKey)}>{text(original.title)}</Link>
          <small className={styles.quiet}>{original.formKey}</small>
        </span>
      ),
    },
    {
      id: 'usedIn',
      header: t('usedIn'),
      cell: ({ row: { original } }) =>
        original.usedIn.length > 0 ? original.usedIn.map(({ name }) => text(name)).join(words('separator')) : words('unused'),
    },
    { id: 'items', header: t('items'), cell: ({ row: { original } }) => original.items },
    { id: 'version', header: t('version'), cell: ({ row: { original } }) => original.formVersion ?? '–' },
    {
      id: 'edition',
      header: t('edition'),
      cell: ({ row: { original } }) =>
        original.edition ? (
          <span className={styles.marks}>
            <EditionTag state={original.edition.state} />
            <TimeText at={original.edition.updatedAt} />
          </span>
        ) : (
          '–'
        ),
    },
  ];
}
