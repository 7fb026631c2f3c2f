'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { MigrationOutcome } from '#api/views/definitions.ts';
import { isKeyOf } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import styles from './Migration.module.css';

/** Of every running instance: can it go on there, and if not, why. Those that cannot come first. */
export function Trial({ outcomes }: { readonly outcomes: readonly MigrationOutcome[] }) {
  const t = useTranslations('migration');
  const why = useRefusalWords();
  const sorted = [...outcomes].sort((left, right) => Number(right.refusal !== null) - Number(left.refusal !== null));
  const refused = outcomes.filter(({ refusal }) => refusal !== null).length;
  const columns: readonly Column<MigrationOutcome>[] = [
    {
      id: 'instance',
      header: t('instance'),
      cell: ({ row: { original } }) => <Link href={paths.operated(original.instanceId)}>{original.number}</Link>,
    },
    {
      id: 'why',
      header: t('why'),
      cell: ({
        row: {
          original: { refusal },
        },
      }) =>
        refusal ? (
          <span>
            {why(refusal.code)} <code>{String(refusal.data?.elementId ?? '')}</code>
          </span>
        ) : (
          t('ok')
        ),
    },
    { id: 'waits', header: t('waits'), cell: ({ row: { original } }) => <Waits outcome={original} /> },
  ];
  return (
    <>
      <div className={styles.line}>
        <Tag tone="success">{t('can', { count: outcomes.length - refused })}</Tag>
        {refused > 0 ? <Tag tone="danger">{t('cannot', { count: refused })}</Tag> : null}
      </div>
      <DataTable label={t('outcomes')} columns={columns} rows={sorted} rowId={({ instanceId }) => instanceId} />
    </>
  );
}

export function useRefusalWords(): (code: string) => string {
  const refusal = useTranslations('refusal');
  const failure = useTranslations('error');
  return (code) => (isKeyOf(code, refusal) ? refusal(code) : isKeyOf(code, failure) ? failure(code) : code);
}

function Waits({ outcome: { waits } }: { readonly outcome: MigrationOutcome }) {
  const t = useTranslations('migration');
  const common = useTranslations('common');
  const { kept, armedAnew, ended, begun } = waits;
  const parts = [
    kept.length > 0 ? t('kept', { count: kept.length }) : '',
    ...Object.entries({ armedAnew, ended, begun }).map(([kind, ids]) =>
      ids.length > 0 ? t(kind as 'armedAnew' | 'ended' | 'begun', { names: ids.join(common('separator')) }) : '',
    ),
  ].filter((part) => part !== '');
  return <span className={styles.waits}>{parts.join(' · ') || '–'}</span>;
}
