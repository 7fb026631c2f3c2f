'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import type { InboxFilters } from '#web/paths.ts';
import { paths } from '#web/paths.ts';
import { filtersFrom } from './filters.ts';

/** The filters stand in the address, so that a list can be sent, kept and come back to. */
export function useFilters(): readonly [InboxFilters, (change: Partial<InboxFilters>) => void] {
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const filters = filtersFrom(Object.fromEntries(params));
  return [
    filters,
    (change) => {
      const next = paths.inbox({ ...filters, ...change });
      if (path === '/inbox') router.replace(next, { scroll: false });
      else router.push(next);
    },
  ];
}
