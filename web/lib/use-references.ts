'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import type { ReferenceKind } from '#core/form/references.ts';
import { call } from './api.ts';
import { query } from './reads.ts';

interface ReferenceView {
  readonly id: string;
  readonly display: string;
  readonly displayEn: string;
}

/** People, teams, rooms … whose name contains what was typed. */
export function useReferences(kind: ReferenceKind, typed: string, enabled = true) {
  const locale = useLocale();
  return useQuery({
    queryKey: ['references', kind, typed],
    queryFn: ({ signal }) => call<readonly ReferenceView[]>(`/api/references/${kind}${query({ q: typed })}`, { signal }),
    select: (rows) => rows.map(({ id, display, displayEn }) => ({ id, display: locale === 'en' && displayEn ? displayEn : display })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled,
  });
}
