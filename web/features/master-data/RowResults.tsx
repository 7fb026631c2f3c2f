import { useTranslations } from 'next-intl';
import { isKeyOf } from '#web/lib/use-words.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import styles from './MasterData.module.css';

export interface RowResult {
  readonly line: number;
  readonly code: string;
  readonly problem: string | null;
}

/** What became of each line of a file. */
export function RowResults({ results }: { readonly results: readonly RowResult[] }) {
  const t = useTranslations('masterData.file');
  const problems = useTranslations('masterData.file.problems');
  const columns: readonly Column<RowResult>[] = [
    { id: 'line', header: t('line'), cell: ({ row: { original } }) => original.line },
    { id: 'code', header: t('code'), cell: ({ row: { original } }) => <span className={lists.code}>{original.code || '—'}</span> },
    {
      id: 'result',
      header: t('result'),
      cell: ({ row: { original } }) =>
        original.problem === null ? (
          <Tag tone="success">{t('taken')}</Tag>
        ) : (
          <Tag tone="danger">{isKeyOf(original.problem, problems) ? problems(original.problem) : original.problem}</Tag>
        ),
    },
  ];
  const refused = results.filter(({ problem }) => problem !== null);
  return (
    <Panel title={t('resultsTitle', { taken: results.length - refused.length, refused: refused.length })}>
      {refused.length > 0 ? (
        <DataTable label={t('resultsTable')} columns={columns} rows={refused} rowId={({ line }) => String(line)} />
      ) : (
        <p className={styles.lead}>{t('allTaken')}</p>
      )}
    </Panel>
  );
}
