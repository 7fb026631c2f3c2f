'use client';

import { Tabs } from 'antd';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type DutySearch, reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { History } from './History.tsx';
import { Obligations } from './Obligations.tsx';
import { TABS, type Tab } from './tabs.ts';
import { Versions } from './Versions.tsx';

export interface SetPageProps {
  readonly set: string;
  readonly tab: Tab;
  readonly version: number | null;
  readonly search: Required<DutySearch>;
}

/** Who has to report a set, what it asks for, and who changed either: the desk of the management team. */
export function SetPage({ set, tab, version, search }: SetPageProps) {
  const t = useTranslations('qualitySet');
  const { text } = useText();
  const router = useRouter();
  const { data, error, refetch } = useRead(reads.indicatorSet(set), { keepPrevious: true });
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <PageHeader title={t('title', { set: text(data.set.name) })} lead={t('lead')} />
      <Tabs
        activeKey={tab}
        onChange={(key) => router.replace(paths.qualitySet(set, { tab: key }), { scroll: false })}
        items={TABS.map((key) => ({ key, label: t(`tabs.${key}`) }))}
      />
      {tab === 'obligations' ? <Obligations set={set} search={search} /> : null}
      {tab === 'versions' ? <Versions data={data} asked={version} /> : null}
      {tab === 'history' ? <History set={set} /> : null}
    </Page>
  );
}
