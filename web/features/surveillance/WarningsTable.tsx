'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { SentinelWarningView } from '#api/views/surveillance.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { StateTag } from '#web/ui/StateTag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from '../quality/Quality.module.css';
import { LevelTag } from './tags.tsx';

export function WarningsTable({ warnings }: { readonly warnings: readonly SentinelWarningView[] }) {
  const t = useTranslations('surveillance');
  const { text, name } = useText();
  const columns: readonly Column<SentinelWarningView>[] = [
    {
      id: 'number',
      header: t('number'),
      cell: ({ row: { original } }) => <Link href={paths.instance(original.instanceId)}>{original.number}</Link>,
    },
    {
      id: 'origin',
      header: t('origin'),
      cell: ({ row: { original } }) =>
        original.report
          ? `${name(original.report.organisation)} · ${original.report.period}`
          : `${t('singleCase')} · ${text(original.title)}`,
    },
    {
      id: 'level',
      header: t('level'),
      cell: ({ row: { original } }) => (original.report ? <LevelTag level={original.report.level} /> : '—'),
    },
    { id: 'status', header: t('status'), cell: ({ row: { original } }) => <StateTag status={original.status} /> },
    { id: 'openedAt', header: t('openedAt'), cell: ({ row: { original } }) => <TimeText at={original.openedAt} as="full" /> },
  ];
  if (warnings.length === 0) return <p className={styles.hint}>{t('noWarnings')}</p>;
  return <DataTable label={t('warningsTable')} columns={columns} rows={warnings} rowId={({ instanceId }) => instanceId} />;
}
