'use client';

import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { HolderChip } from '#web/ui/PersonChip.tsx';
import { PhaseBar } from '#web/ui/PhaseBar.tsx';
import styles from './SentPage.module.css';

export function SentPage({ serviceKey, instanceId }: { readonly serviceKey: string; readonly instanceId: string }) {
  const t = useTranslations('apply');
  const { text } = useText();
  const { data, error, refetch } = useRead(reads.instance(instanceId));
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return null;
  const { header } = data;
  return (
    <Page isNarrow>
      <div className={styles.head} role="status">
        <CheckCircleFilled aria-hidden />
        <h1>{t('sentTitle')}</h1>
        <p>{t('sentHint', { number: header.number })}</p>
      </div>
      {/* A flow whose facts make no title is titled by its service. */}
      <Panel title={[...new Set([text(header.serviceName), text(header.title)])].join(' · ')}>
        <PhaseBar loop={header.loop} hasEnded={header.endedAt !== null} />
        <ul className={styles.waiting}>
          {header.waitingFor.map(({ elementId, name, holders }) => (
            <li key={elementId}>
              <strong>{text(name)}</strong>
              {holders.map((holder) => (
                <HolderChip key={holder.principal} holder={holder} />
              ))}
            </li>
          ))}
        </ul>
      </Panel>
      <div className={styles.buttons}>
        <Link href={paths.instance(instanceId)}>
          <Button type="primary">{t('viewInstance')}</Button>
        </Link>
        <Link href={paths.applyFor(serviceKey)}>
          <Button>{t('another')}</Button>
        </Link>
        <Link href={paths.inbox({ list: 'started' })}>
          <Button>{t('toStarted')}</Button>
        </Link>
      </div>
    </Page>
  );
}
