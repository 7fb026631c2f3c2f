'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { RegistryDiseaseView } from '#api/views/registry.ts';
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
import { percent } from '../quality/numbers.ts';
import styles from '../quality/Quality.module.css';

/** The diseases with what was submitted of what is eligible. */
export function RegistryPage() {
  const t = useTranslations('registry');
  const { data, error, refetch } = useRead(reads.registry());
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Panel title={t('diseases')}>
        <Diseases diseases={data.diseases} />
      </Panel>
    </Page>
  );
}

function Diseases({ diseases }: { readonly diseases: readonly RegistryDiseaseView[] }) {
  const t = useTranslations('registry');
  const { text } = useText();
  const columns: readonly Column<RegistryDiseaseView>[] = [
    {
      id: 'disease',
      header: t('disease'),
      cell: ({ row: { original } }) => <Link href={paths.registryDisease(original.code)}>{text(original.name)}</Link>,
    },
    { id: 'eligible', header: t('eligible'), cell: ({ row: { original } }) => original.reconciliation.eligible },
    { id: 'submitted', header: t('submitted'), cell: ({ row: { original } }) => original.reconciliation.submitted },
    {
      id: 'missing',
      header: t('missing'),
      cell: ({ row: { original } }) => <MissingTag missing={original.reconciliation.missing} />,
    },
    { id: 'rate', header: t('rate'), cell: ({ row: { original } }) => percent(original.reconciliation.rate) },
    { id: 'keySteps', header: t('keySteps'), cell: ({ row: { original } }) => percent(original.keySteps.value) },
  ];
  if (diseases.length === 0) return <p className={styles.hint}>{t('none')}</p>;
  return <DataTable label={t('diseasesTable')} columns={columns} rows={diseases} rowId={({ code }) => code} />;
}

export const MissingTag = ({ missing }: { readonly missing: number }) => (missing > 0 ? <Tag tone="danger">{missing}</Tag> : missing);
