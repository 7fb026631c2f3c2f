'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { InboxPage, InboxRow } from '#api/views/inbox.ts';
import { type ApiError, call } from '#web/lib/api.ts';
import { useInboxSignal } from '#web/lib/live.tsx';
import { reads } from '#web/lib/reads.ts';
import type { InboxFilters } from '#web/paths.ts';

export const rowKey = ({ instanceId, taskId }: Pick<InboxRow, 'instanceId' | 'taskId'>): string => `${instanceId}/${taskId ?? ''}`;

/** One list, page by page. */
export function useInbox(filters: InboxFilters) {
  const query = useInfiniteQuery({
    queryKey: reads.inboxPage(filters, null).key,
    queryFn: ({ pageParam, signal }) => call<InboxPage>(reads.inboxPage(filters, pageParam).path, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // Rows do not move under the pointer: what comes in is announced (`useNews`) and shown on demand.
    refetchOnWindowFocus: false,
    staleTime: 10_000,
  });
  const rows = useMemo(() => {
    // A row that moved while paging may come twice; the first one is the truth of its page.
    const known = new Map<string, InboxRow>();
    for (const page of query.data?.pages ?? []) for (const row of page.rows) if (!known.has(rowKey(row))) known.set(rowKey(row), row);
    return [...known.values()];
  }, [query.data]);
  return { ...query, error: query.error as ApiError | null, rows };
}

/** How many rows at the head of the list are new since it was shown. */
export function useNews(filters: InboxFilters, rows: readonly InboxRow[]): number {
  const signal = useInboxSignal();
  const head = reads.inboxHead(filters);
  const { data } = useQuery({
    queryKey: [...head.key, signal],
    queryFn: ({ signal: abort }) => call<InboxPage>(head.path, { signal: abort }),
    enabled: signal > 0,
  });
  return useMemo(() => {
    if (!data) return 0;
    const shown = new Set(rows.map(rowKey));
    return data.rows.filter((row) => !shown.has(rowKey(row))).length;
  }, [data, rows]);
}
