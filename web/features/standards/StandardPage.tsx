'use client';

import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { paths } from '#web/paths.ts';
import { Note } from '#web/ui/Note.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { AdoptionBoard } from './AdoptionBoard.tsx';
import { AdoptionStageTag } from './AdoptionTag.tsx';
import { StandardFacts, StandardFiles } from './StandardFacts.tsx';
import styles from './Standards.module.css';

/** One version of a standard: what it says, its text, and how far it got. */
export function StandardPage({ id }: { readonly id: string }) {
  const t = useTranslations('standards');
  const { data, error, refetch } = useRead(reads.standard(id));
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  const { title, number, version, isCurrent, own, supersededBy, board } = data;
  return (
    <Page>
      <PageHeader
        title={title}
        lead={
          <span className={styles.tags}>
            {number ? t('panel.number', { number, version }) : version}
            <Tag tone={isCurrent ? 'success' : 'neutral'}>{t(isCurrent ? 'state.current' : 'state.superseded')}</Tag>
          </span>
        }
        actions={
          <Link href={paths.standards()}>
            <Button>{t('detail.back')}</Button>
          </Link>
        }
      />
      <div className={styles.stack}>
        {supersededBy ? (
          <Note tone="warning" icon={<SwapOutlined />} title={t('state.superseded')}>
            <Link href={paths.standard(supersededBy.id)}>
              {t('detail.supersededNote', { title: supersededBy.title, version: supersededBy.version })}
            </Link>
          </Note>
        ) : null}
        {own ? (
          <Panel title={t('detail.ofYours')} extra={<Link href={paths.instance(own.instanceId)}>{t('detail.open')}</Link>}>
            <AdoptionStageTag stage={own.stage} /> {own.isOverdue ? <Tag tone="danger">{t('board.overdue')}</Tag> : null}
          </Panel>
        ) : null}
        <Panel title={t('detail.about')}>
          <StandardFacts standard={data} />
        </Panel>
        <Panel title={t('detail.files')}>
          <StandardFiles files={data.files} />
        </Panel>
        {board ? <AdoptionBoard id={id} board={board} /> : null}
      </div>
    </Page>
  );
}
