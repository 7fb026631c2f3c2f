'use client';

import { useTranslations } from 'next-intl';
import type { PersonView } from '#api/views.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { lightTokens } from '#web/ui/light-tokens.ts';
import { PrintBar } from './PrintBar.tsx';
import { PrintFiles } from './PrintFiles.tsx';
import { PrintHead } from './PrintHead.tsx';
import { PrintSubmission } from './PrintSubmission.tsx';
import styles from './print.module.css';

export interface PrintPageProps {
  readonly instanceId: string;
  readonly printedBy: PersonView;
  readonly printedAt: string;
}

/** An instance as it goes into a paper record: who, what, when, and every submission, also those that were replaced. */
export function PrintPage({ instanceId, printedBy, printedAt }: PrintPageProps) {
  const t = useTranslations('instance.print');
  const { data: instance, error, refetch } = useRead(reads.instance(instanceId));
  if (error && !instance) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!instance) return null;
  const { header, submissions, files } = instance;
  return (
    <div className={styles.desk}>
      <PrintBar instanceId={instanceId} />
      {/* Paper is white by night as well. */}
      <main className={styles.paper} style={lightTokens}>
        {/* The foot of each page names the document, should the pages be separated. */}
        <style>{`@page { @bottom-left { content: "${header.number.replace(/[^\w-]/g, '')}"; } }`}</style>
        <PrintHead header={header} printedBy={printedBy} printedAt={printedAt} />
        {submissions.length === 0 ? <p>{t('nothing')}</p> : null}
        {submissions.map((submission) => (
          <PrintSubmission key={submission.id} submission={submission} />
        ))}
        <PrintFiles files={files} />
      </main>
    </div>
  );
}
