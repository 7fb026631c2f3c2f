'use client';

import { useQueryClient } from '@tanstack/react-query';
import { send } from '#web/lib/api.ts';

/** Marks notices as read; without ids, all of them. */
export function useMarkRead(): (ids?: readonly string[]) => Promise<void> {
  const client = useQueryClient();
  return async (ids) => {
    await send('POST', '/api/notices/read', ids ? { ids } : {});
    await Promise.all([client.invalidateQueries({ queryKey: ['notices'] }), client.invalidateQueries({ queryKey: ['me'] })]);
  };
}
