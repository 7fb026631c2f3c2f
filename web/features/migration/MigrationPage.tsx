'use client';

import { ArrowLeftOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { PageSkeleton } from '#web/ui/PageSkeleton.tsx';
import { Batches } from './Batches.tsx';
import styles from './Migration.module.css';
import { MigrationForm } from './MigrationForm.tsx';

export interface MigrationPageProps {
  readonly flowKey: string;
  readonly version: number;
  readonly to: number | null;
}

/** Lets the running instances of one version go on in another: choose it, map what differs, try on all, then do it. */
export function MigrationPage({ flowKey, version, to }: MigrationPageProps) {
  const t = useTranslations('migration');
  const words = useTranslations('definitions');
  const { text } = useText();
  const router = useRouter();
  const id = useId();
  const { data, error, refetch } = useRead(reads.definitions());
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  const flow = data?.flows.find(({ key }) => key === flowKey);
  const here = flow?.versions.find((each) => each.version === version);
  if (!flow || !here) return <PageSkeleton />;
  const targets = flow.versions.filter((each) => each.state === 'published' && each.version !== version);
  const target = targets.find((each) => each.version === to) ?? targets.find((each) => each.isCurrent) ?? targets[0];
  return (
    <Page>
      <nav>
        <Link href={paths.definition(flowKey, version)}>
          <ArrowLeftOutlined aria-hidden /> {t('back', { version })}
        </Link>
      </nav>
      <PageHeader title={t('title')} lead={t('lead', { flow: text(flow.name), version, count: here.running })} />
      <div className={styles.stack}>
        {target ? (
          <>
            <div className={styles.line}>
              <label htmlFor={id}>{t('to')}</label>
              <Select
                id={id}
                value={target.version}
                onChange={(chosen: number) => router.replace(paths.migrate(flowKey, version, chosen), { scroll: false })}
                options={targets.map((each) => ({ value: each.version, label: words('version', { version: each.version }) }))}
              />
            </div>
            <MigrationForm key={target.version} flowKey={flowKey} version={version} to={target.version} />
          </>
        ) : (
          <p>{t('noTarget')}</p>
        )}
        <Batches flowKey={flowKey} />
      </div>
    </Page>
  );
}
