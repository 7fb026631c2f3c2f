'use client';

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { ApiError, call } from './api.ts';
import type { Read } from './reads.ts';

/** Reads, and keeps what the server already read for the first picture. */
export function useRead<Answer>(
  { key, path }: Read<Answer>,
  options: {
    readonly enabled?: boolean;
    readonly staleTime?: number;
    /** How long an answer is kept that nobody shows. */
    readonly gcTime?: number;
    readonly keepPrevious?: boolean;
    /** Asked again after this many milliseconds; false: not by itself. */
    readonly again?: (answer: Answer | undefined) => number | false;
  } = {},
): UseQueryResult<Answer, ApiError> {
  const { keepPrevious = false, again, ...rest } = options;
  return useQuery<Answer, ApiError>({
    queryKey: key,
    queryFn: ({ signal }) => call<Answer>(path, { signal }),
    placeholderData: keepPrevious ? keepPreviousData : undefined,
    refetchInterval: again && (({ state }) => again(state.data)),
    ...rest,
  });
}

/** A missing page or a lost session does not heal by asking again. */
export const shouldRetry = (failures: number, error: Error): boolean =>
  failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500);
