'use client';

import { ArrowUpOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { InboxRow } from '#api/views/inbox.ts';
import { keepQueue } from '#web/lib/queue.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useKeys } from '#web/lib/use-keys.ts';
import { useIsPhone, useMedia } from '#web/lib/use-media.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { FilterBar } from './FilterBar.tsx';
import { InboxEmpty } from './InboxEmpty.tsx';
import { InboxGrid } from './InboxGrid.tsx';
import styles from './InboxPage.module.css';
import { InboxPreview } from './InboxPreview.tsx';
import { InboxSkeleton } from './InboxSkeleton.tsx';
import { ListTabs } from './ListTabs.tsx';
import { useFilters } from './use-filters.ts';
import { rowKey, useInbox, useNews } from './use-inbox.ts';

const KeyHelp = dynamic(async () => (await import('./KeyHelp.tsx')).KeyHelp, { ssr: false });

const WIDE = '(min-width: 1180px)';

export function InboxPage() {
  const t = useTranslations('inbox');
  const router = useRouter();
  const words = useErrorWords();
  const { message } = App.useApp();
  const [filters, setFilters] = useFilters();
  const inbox = useInbox(filters);
  const { rows, refetch } = inbox;
  const news = useNews(filters, rows);
  const isPhone = useIsPhone();
  const isWide = useMedia(WIDE, !isPhone);
  const hasPreview = isWide && (rows.length > 0 || inbox.isPending);

  const [selectedKey, setSelectedKey] = useState<string | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const searchRef = useRef<HTMLInputElement | null>(null);
  const isLeaving = useRef(false);
  const selectedIndex = Math.max(
    0,
    rows.findIndex((row) => rowKey(row) === selectedKey),
  );
  const selected = rows[selectedIndex] ?? null;
  const previewed = useDeferredValue(selected);

  // An empty list has nothing that could jump: what comes in is shown at once.
  useEffect(() => {
    if (news > 0 && rows.length === 0) void refetch();
  }, [news, rows.length, refetch]);

  const open = (row: InboxRow) => {
    isLeaving.current = true;
    if (row.taskId === null || filters.list === 'done') {
      router.push(paths.instance(row.instanceId));
      return;
    }
    keepQueue(
      paths.inbox(filters),
      rows.flatMap(({ instanceId, taskId }) => (taskId === null ? [] : [{ instanceId, taskId }])),
    );
    router.push(paths.task(row.instanceId, row.taskId));
  };

  // A filter that was still being typed must not call back whoever has opened a row meanwhile.
  const filter: typeof setFilters = (change) => (isLeaving.current ? undefined : setFilters(change));

  const claiming = useCommand({ onRefused: (error) => void message.error(words(error)) });
  const claim = (row: InboxRow, thenOpen = false) => {
    if (row.taskId === null || row.quickAction !== 'claim') return;
    claiming.send(commands.claim(row.instanceId, row.taskId), () => (thenOpen ? open(row) : undefined));
  };

  const select = (index: number) => {
    const row = rows[Math.min(Math.max(0, index), rows.length - 1)];
    if (row) setSelectedKey(rowKey(row));
  };

  useKeys({
    // Beside a preview the first row is already chosen; elsewhere the first key chooses it.
    j: () => select(selectedKey === null && !hasPreview ? 0 : selectedIndex + 1),
    k: () => select(selectedIndex - 1),
    o: () => selected && open(selected),
    Enter: () => selected && open(selected),
    c: () => selected && claim(selected),
    '/': () => searchRef.current?.focus(),
    '?': () => setHelpOpen(true),
  });

  return (
    <div className={styles.page} data-preview={hasPreview}>
      <section className={styles.queue} aria-label={t(`lists.${filters.list}`)}>
        <h1 className={styles.title}>{t(`lists.${filters.list}`)}</h1>
        {isPhone ? <ListTabs list={filters.list} /> : null}
        <FilterBar filters={filters} onChange={filter} searchRef={searchRef} onHelp={() => setHelpOpen(true)} />
        <div className={styles.listArea}>
          {news > 0 && rows.length > 0 ? (
            <div className={styles.news}>
              <Button type="primary" shape="round" icon={<ArrowUpOutlined aria-hidden />} onClick={() => refetch()}>
                {t('news', { count: news })}
              </Button>
            </div>
          ) : null}
          <span className="bh-visually-hidden" aria-live="polite">
            {news > 0 ? t('news', { count: news }) : ''}
          </span>
          {inbox.isPending ? (
            <InboxSkeleton isPhone={isPhone} />
          ) : inbox.error && rows.length === 0 ? (
            <ErrorState error={inbox.error} onRetry={() => refetch()} />
          ) : rows.length === 0 ? (
            <InboxEmpty
              filters={filters}
              onClear={() => setFilters({ q: undefined, serviceKey: undefined, phase: undefined, urgency: undefined, overdue: undefined })}
            />
          ) : (
            <InboxGrid
              key={JSON.stringify(filters)}
              list={filters.list}
              rows={rows}
              isPhone={isPhone}
              selectedKey={hasPreview || selectedKey !== null ? rowKey(selected ?? { instanceId: '', taskId: null }) : null}
              hasChosen={selectedKey !== null}
              hasMore={inbox.hasNextPage}
              isLoadingMore={inbox.isFetchingNextPage}
              onMore={() => inbox.fetchNextPage()}
              onSelect={(row) => setSelectedKey(rowKey(row))}
              onOpen={open}
              opensOnClick={!hasPreview}
            />
          )}
        </div>
      </section>
      {hasPreview ? (
        <aside className={styles.preview} aria-label={t('preview')}>
          {previewed ? (
            <InboxPreview
              key={rowKey(previewed)}
              row={previewed}
              list={filters.list}
              isClaiming={claiming.isPending}
              onOpen={() => open(previewed)}
              onClaim={(thenOpen) => claim(previewed, thenOpen)}
            />
          ) : inbox.isPending ? null : (
            <p className={styles.previewEmpty}>{t('previewEmpty')}</p>
          )}
        </aside>
      ) : null}
      {isHelpOpen ? <KeyHelp onClose={() => setHelpOpen(false)} /> : null}
    </div>
  );
}
