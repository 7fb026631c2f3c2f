'use client';

import { ArrowLeftOutlined } from '@ant-design/icons';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { OperatedElement, OperatedInstance } from '#api/views/operations.ts';
import { SuspensionNote } from '#web/features/instance/SuspensionNote.tsx';
import { InstanceRetention } from '#web/features/retention/InstanceRetention.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { StateTag } from '#web/ui/StateTag.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { Incidents } from './Incidents.tsx';
import { Modification } from './Modification.tsx';
import { OperatedActions } from './OperatedActions.tsx';
import styles from './Operations.module.css';

/** Where one instance stands, and what an operator may do to it. */
export function OperatedPage({ instanceId }: { readonly instanceId: string }) {
  const t = useTranslations('operate');
  const { text, name } = useText();
  const { data, error, refetch } = useRead(reads.operated(instanceId));
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <nav>
        <Link href={paths.operations()}>
          <ArrowLeftOutlined aria-hidden /> {t('back')}
        </Link>
      </nav>
      <PageHeader
        title={`${text(data.serviceName)} ${data.number}`}
        lead={
          <span className={styles.actions}>
            <StateTag status={data.status} />
            <Version instance={data} />
            <span>{name(data.from)}</span>
          </span>
        }
        actions={<OperatedActions instance={data} />}
      />
      <div className={styles.stack}>
        <SuspensionNote suspended={data.suspended} />
        {data.incidents.length > 0 ? <Incidents instance={data} /> : null}
        <Modification instance={data}>
          <OpenElements elements={data.elements} />
        </Modification>
        <InstanceRetention instance={data} />
      </div>
    </Page>
  );
}

function Version({ instance: { serviceKey, version } }: { readonly instance: OperatedInstance }) {
  const t = useTranslations('operate');
  if (version === null) return <span>{t('noVersion')}</span>;
  return <Link href={paths.definition(serviceKey, version)}>{t('version', { version })}</Link>;
}

function OpenElements({ elements }: { readonly elements: readonly OperatedElement[] }) {
  const t = useTranslations('operate');
  const { text } = useText();
  const shown = elements.filter(({ elementType }) => elementType !== 'process');
  if (shown.length === 0) return <p className={styles.hint}>{t('noElements')}</p>;
  const columns: readonly Column<OperatedElement>[] = [
    {
      id: 'element',
      header: t('columns.element'),
      cell: ({ row: { original } }) => (
        <span>
          {text(original.name)} <code>{original.elementId}</code>
          {original.loopIndex === null ? null : ` ${t('loopIndex', { index: original.loopIndex })}`}
        </span>
      ),
    },
    { id: 'kind', header: t('columns.kind'), cell: ({ row: { original } }) => <code>{original.elementType}</code> },
    { id: 'waits', header: t('columns.waits'), cell: ({ row: { original } }) => (original.hasTask ? t('task') : t('none')) },
  ];
  return <DataTable label={t('elementsTable')} columns={columns} rows={shown} rowId={({ key }) => String(key)} />;
}
