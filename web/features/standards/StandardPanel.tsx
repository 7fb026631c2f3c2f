'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { paths } from '#web/paths.ts';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { StandardFacts, StandardFiles } from './StandardFacts.tsx';
import styles from './Standards.module.css';

/** Beside the tasks of an adoption: what is to be read and adopted. */
export function StandardPanel({ instanceId }: { readonly instanceId: string }) {
  const t = useTranslations('standards');
  const { data, error, refetch } = useRead(reads.standardOfAdoption(instanceId));
  if (!data) return error ? <ErrorState error={error} onRetry={() => refetch()} /> : null;
  return (
    <Panel title={t('panel.title')} extra={<Link href={paths.standard(data.id)}>{t('panel.whole')}</Link>}>
      <div className={styles.stack}>
        <strong>{data.title}</strong>
        <StandardFacts standard={data} isShort />
        <StandardFiles files={data.files} />
      </div>
    </Panel>
  );
}
