'use client';

import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { WhereaboutsDiagram } from '#web/features/diagram/FlowDiagram.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { ElementList } from './ElementList.tsx';
import { InstancesAt } from './InstancesAt.tsx';
import styles from './Whereabouts.module.css';

/** Nobody tells this page that something moved. */
const AGAIN_MS = 15_000;

export interface WhereaboutsPageProps {
  readonly flowKey: string;
  readonly version: number;
  /** Whose instances are listed. */
  readonly elementId: string | null;
}

/** One version of a flow: how many instances stand at each element, on the diagram and in a list, and who they are. */
export function WhereaboutsPage({ flowKey, version, elementId }: WhereaboutsPageProps) {
  const t = useTranslations('whereabouts');
  const { text } = useText();
  const router = useRouter();
  const { data, error, refetch } = useRead(reads.whereabouts(flowKey, version), { again: () => AGAIN_MS });
  const elements = data?.elements;
  const pick = useCallback(
    (picked: string) => {
      if (elements?.some((each) => each.elementId === picked))
        router.replace(paths.whereabouts(flowKey, version, picked), { scroll: false });
    },
    [elements, flowKey, version, router],
  );
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <nav>
        <Link href={paths.operations()}>
          <ArrowLeftOutlined aria-hidden /> {t('back')}
        </Link>
      </nav>
      <PageHeader
        title={`${text(data.name)} · ${t('version', { version })} · ${t('title')}`}
        lead={t('counts', { running: data.running, incidents: data.incidents, suspended: data.suspended })}
        actions={
          <Link href={paths.definition(flowKey, version)}>
            <Button>{t('definition')}</Button>
          </Link>
        }
      />
      <div className={styles.stack}>
        <Panel title={t('diagram')}>
          <WhereaboutsDiagram xml={data.xml} counts={data.elements} selected={elementId} onPick={pick} />
        </Panel>
        {data.elements.length === 0 ? (
          <EmptyState title={t('empty')} hint={t('emptyHint')} />
        ) : (
          <div className={styles.columns}>
            <Panel title={t('elements')}>
              <ElementList flowKey={flowKey} version={version} elements={data.elements} selected={elementId} />
            </Panel>
            {elementId === null ? (
              <Panel title={t('chosen')}>
                <p className={styles.hint}>{t('hint')}</p>
              </Panel>
            ) : (
              <InstancesAt
                key={elementId}
                flowKey={flowKey}
                version={version}
                elementId={elementId}
                name={text(data.elements.find((each) => each.elementId === elementId)?.name) || elementId}
              />
            )}
          </div>
        )}
      </div>
    </Page>
  );
}
