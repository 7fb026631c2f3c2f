'use client';

import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { DefinitionVersionView } from '#api/views/definitions.ts';
import { VersionDiagram } from '#web/features/diagram/FlowDiagram.tsx';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { TwoColumns } from '#web/ui/TwoColumns.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { Comparison } from './Comparison.tsx';
import styles from './Definitions.module.css';
import { FindingList } from './FindingList.tsx';
import { FindingWay } from './FindingWay.tsx';
import { HashList } from './HashList.tsx';
import { VersionActions } from './VersionActions.tsx';
import { ActWords, VersionTags } from './VersionTags.tsx';

export interface VersionPageProps {
  readonly flowKey: string;
  readonly version: number;
  readonly compared: number | null;
}

/** One version: its diagram, what the checker says, who did what with it, and what differs from another one. */
export function VersionPage({ flowKey, version, compared }: VersionPageProps) {
  const t = useTranslations('definitions');
  const migration = useTranslations('migration');
  const whereabouts = useTranslations('whereabouts');
  const { can } = useMe();
  const { text } = useText();
  const { data, error, refetch } = useRead(reads.definitionVersion(flowKey, version));
  const [way, setWay] = useState<number | null>(null);
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  const other = compared !== null && compared !== version && data.versions.includes(compared) ? compared : null;
  return (
    <Page>
      <nav className={styles.trail}>
        <Link href={paths.definitions()}>
          <ArrowLeftOutlined aria-hidden /> {t('back')}
        </Link>
      </nav>
      <PageHeader
        title={`${text(data.name)} · ${t('version', { version })}`}
        lead={<VersionTags version={data} />}
        actions={
          <>
            {can.operate && data.running > 0 ? (
              <>
                <Link href={paths.whereabouts(flowKey, version)}>
                  <Button>{whereabouts('open')}</Button>
                </Link>
                <Link href={paths.migrate(flowKey, version)}>
                  <Button>{migration('open')}</Button>
                </Link>
              </>
            ) : null}
            <VersionActions version={data} />
          </>
        }
      />
      <CompareWith version={data} compared={other} />
      <TwoColumns
        side={
          <>
            <Panel title={t('history')}>
              <ol className={styles.list}>
                {data.acts.map((act) => (
                  <li key={`${act.at}/${act.act}`}>
                    <ActWords act={act} />
                    {act.note ? <span className={styles.note}>{act.note}</span> : null}
                  </li>
                ))}
              </ol>
            </Panel>
            <Panel title={t('hashes')}>
              <HashList hashes={data.hashes} />
            </Panel>
          </>
        }
      >
        {other === null ? (
          <>
            {way === null ? (
              <Panel title={t('diagram')}>
                <VersionDiagram xml={data.xml} marks={null} />
              </Panel>
            ) : (
              <FindingWay key={way} version={data} index={way} onClose={() => setWay(null)} />
            )}
            <Panel title={t('findings')}>
              <FindingList findings={data.findings} shown={way} onShow={setWay} />
            </Panel>
          </>
        ) : (
          <Comparison version={data} compared={other} />
        )}
      </TwoColumns>
    </Page>
  );
}

const NONE = 0;

function CompareWith({ version, compared }: { readonly version: DefinitionVersionView; readonly compared: number | null }) {
  const t = useTranslations('definitions');
  const router = useRouter();
  const id = useId();
  const others = version.versions.filter((each) => each !== version.version);
  if (others.length === 0) return null;
  return (
    <div className={styles.compare}>
      <label htmlFor={id}>{t('compare')}</label>
      <Select
        id={id}
        value={compared ?? NONE}
        onChange={(chosen: number) =>
          router.replace(paths.definition(version.key, version.version, chosen === NONE ? undefined : chosen), { scroll: false })
        }
        options={[
          { value: NONE, label: t('compareNone') },
          ...others.map((each) => ({ value: each, label: t('version', { version: each }) })),
        ]}
      />
    </div>
  );
}
