'use client';

import { Segmented, Tabs } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { MasterDataView } from '#api/views/master-data.ts';
import { DICTIONARIES, DICTIONARY_KEYS, type DictionaryKey } from '#core/master-data/dictionary.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { Dictionaries } from './Dictionaries.tsx';
import { History } from './History.tsx';
import { Mappings } from './Mappings.tsx';
import styles from './MasterData.module.css';
import { Routing } from './Routing.tsx';
import { TABS, type Tab } from './tabs.ts';
import { Worklist } from './Worklist.tsx';

export interface MasterDataPageProps {
  readonly tab: Tab;
  readonly dictionary: DictionaryKey;
}

/** Dictionaries, what hospitals call their entries, and where orders go: the desk of the platform’s operator. */
export function MasterDataPage({ tab, dictionary }: MasterDataPageProps) {
  const t = useTranslations('masterData');
  const { text } = useText();
  const router = useRouter();
  const { data, error, refetch } = useRead(reads.masterData(), { keepPrevious: true, again: whileWaiting });
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  const isByDictionary = tab === 'worklist' || tab === 'mappings' || tab === 'dictionaries';
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Waiting waiting={data.waiting} />
      <Tabs
        activeKey={tab}
        onChange={(key) => router.replace(paths.masterData({ tab: key, dictionary }), { scroll: false })}
        items={TABS.map((key) => ({ key, label: t(`tabs.${key}`) }))}
      />
      {isByDictionary ? (
        <Segmented
          className={styles.dictionaries ?? ''}
          aria-label={t('dictionary')}
          value={dictionary}
          onChange={(key) => router.replace(paths.masterData({ tab, dictionary: key }), { scroll: false })}
          options={DICTIONARY_KEYS.map((key) => ({ value: key, label: `${text(DICTIONARIES[key])}${openOf(data, key, tab)}` }))}
        />
      ) : null}
      <TabContent tab={tab} dictionary={dictionary} data={data} />
    </Page>
  );
}

const WAITING_MS = 5_000;

/** Orders go on by themselves, and come, without news to this page. */
const whileWaiting = (data: MasterDataView | undefined): number | false => (data && data.waiting > 0 ? WAITING_MS : false);

/** How much there is to do in a dictionary. */
function openOf({ dictionaries }: MasterDataView, key: DictionaryKey, tab: Tab): string {
  const counts = dictionaries.find((each) => each.key === key)?.counts;
  const open = counts ? counts.unmapped + counts.manyToOne + counts.awaiting : 0;
  return tab === 'worklist' && open > 0 ? ` ${open}` : '';
}

function Waiting({ waiting }: { readonly waiting: number }) {
  const t = useTranslations('masterData');
  if (waiting === 0) return <p className={styles.lead}>{t('nothingWaits')}</p>;
  return (
    <p className={styles.waiting}>
      <strong>{t('waiting', { count: waiting })}</strong>
      <Link href={paths.inbox({ list: 'claimable', serviceKey: 'order' })}>{t('toTasks')}</Link>
    </p>
  );
}

function TabContent({ tab, dictionary, data }: MasterDataPageProps & { readonly data: MasterDataView }) {
  switch (tab) {
    case 'worklist':
      return <Worklist dictionary={dictionary} organisations={data.organisations} />;
    case 'mappings':
      return <Mappings dictionary={dictionary} organisations={data.organisations} />;
    case 'dictionaries':
      return <Dictionaries key={dictionary} dictionary={dictionary} data={data} />;
    case 'routing':
      return <Routing organisations={data.organisations} />;
    case 'history':
      return <History organisations={data.organisations} />;
  }
}
