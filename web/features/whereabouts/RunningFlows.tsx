'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { RunningVersion } from '#api/views/whereabouts.ts';
import type { LocalizedText } from '#core/text.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import styles from './Whereabouts.module.css';

interface Row extends RunningVersion {
  readonly key: string;
  readonly name: LocalizedText;
}

/** How many instances run with which version of which flow: the way to where they stand. */
export function RunningFlows() {
  const t = useTranslations('whereabouts');
  const { data } = useRead(reads.runningFlows());
  const columns = useColumns();
  if (!data) return null;
  const rows = data.flows.flatMap(({ key, name, versions }) => versions.map((version): Row => ({ ...version, key, name })));
  return (
    <Panel title={t('flows')} className={styles.flows}>
      {rows.length === 0 ? <p className={styles.hint}>{t('noFlows')}</p> : null}
      {rows.length > 0 ? (
        <DataTable label={t('flowsTable')} columns={columns} rows={rows} rowId={({ key, version }) => `${key}/${version}`} />
      ) : null}
    </Panel>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations('whereabouts');
  const { text } = useText();
  return [
    { id: 'flow', header: t('columns.flow'), cell: ({ row: { original } }) => text(original.name) },
    {
      id: 'version',
      header: t('columns.version'),
      cell: ({ row: { original } }) =>
        original.version === null ? (
          t('noVersion')
        ) : (
          <span className={styles.marks}>
            <Link href={paths.whereabouts(original.key, original.version)}>{t('version', { version: original.version })}</Link>
            {original.isCurrent ? <Tag tone="primary">{t('current')}</Tag> : null}
          </span>
        ),
    },
    { id: 'running', header: t('columns.running'), cell: ({ row: { original } }) => original.running },
    {
      id: 'incidents',
      header: t('columns.incidents'),
      cell: ({ row: { original } }) => <Figure count={original.incidents} tone="danger" />,
    },
    {
      id: 'suspended',
      header: t('columns.suspended'),
      cell: ({ row: { original } }) => <Figure count={original.suspended} tone="warning" />,
    },
  ];
}

/** A figure that should be nothing is seen when it is something. */
const Figure = ({ count, tone }: { readonly count: number; readonly tone: Tone }) => (count > 0 ? <Tag tone={tone}>{count}</Tag> : <>0</>);
