'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { InboxList, InboxRow } from '#api/views/inbox.ts';
import styles from './InboxGrid.module.css';
import { InboxGridRow } from './InboxGridRow.tsx';
import { rowKey } from './use-inbox.ts';

export interface InboxGridProps {
  readonly list: InboxList;
  readonly rows: readonly InboxRow[];
  readonly isPhone: boolean;
  readonly selectedKey: string | null;
  readonly hasChosen: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly opensOnClick: boolean;
  readonly onMore: () => void;
  readonly onSelect: (row: InboxRow) => void;
  readonly onOpen: (row: InboxRow) => void;
}

export const ROW_HEIGHT = { desktop: 58, phone: 112 } as const;
const ROWS_BEFORE_END = 8;

/** A list of any length: only what is seen is drawn, and a screen reader still hears rows, columns and their number. */
export function InboxGrid(props: InboxGridProps) {
  const { list, rows, isPhone, selectedKey, hasChosen, hasMore, isLoadingMore, onMore } = props;
  const t = useTranslations('inbox');
  const isWorklist = list === 'todo' || list === 'claimable';
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? ROW_HEIGHT.phone : ROW_HEIGHT.desktop),
    overscan: 8,
    // The first picture comes from the server, which knows no window.
    initialRect: { width: 800, height: 900 },
    getItemKey: (index) => rowKey(rows[index] ?? { instanceId: String(index), taskId: null }),
  });
  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && !isLoadingMore && lastIndex >= rows.length - ROWS_BEFORE_END) onMore();
  }, [hasMore, isLoadingMore, lastIndex, rows.length, onMore]);

  const selectedIndex = rows.findIndex((row) => rowKey(row) === selectedKey);
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtualizer]);

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={t('gridLabel', { list: t(`lists.${list}`) })}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-colcount={isWorklist ? 5 : 4}
      data-list={isWorklist ? 'work' : 'history'}
    >
      <div className={`${styles.row} ${styles.head}`} role="row" aria-rowindex={1} tabIndex={-1}>
        <span role="columnheader">{t('columns.what')}</span>
        <span role="columnheader">{t(list === 'done' ? 'columns.task' : isWorklist ? 'columns.step' : 'columns.phase')}</span>
        <span role="columnheader">
          {t(list === 'done' ? 'columns.outcome' : list === 'started' || list === 'cc' ? 'columns.state' : 'columns.due')}
        </span>
        {isWorklist ? <span role="columnheader">{t('columns.who')}</span> : null}
        <span role="columnheader">{t(isWorklist ? 'columns.age' : list === 'done' ? 'columns.doneAt' : 'columns.applied')}</span>
      </div>
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, key, start }) => {
          const row = rows[index];
          return row ? (
            <InboxGridRow
              key={key}
              {...props}
              row={row}
              index={index}
              top={start}
              isSelected={rowKey(row) === selectedKey}
              isChosen={hasChosen && rowKey(row) === selectedKey}
              isFocusable={selectedIndex >= 0 ? index === selectedIndex : index === 0}
              measure={virtualizer.measureElement}
            />
          ) : null;
        })}
      </div>
      {hasMore ? null : <p className={styles.end}>{t('end', { count: rows.length })}</p>}
    </div>
  );
}
