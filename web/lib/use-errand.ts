'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ErrandView } from '#api/views.ts';
import { type ApiError, call, send } from './api.ts';
import type { Read } from './reads.ts';

const LOOK_MS = 1_000;

/** Work that a worker does: asked for by a click, looked at again until it is finished. */
export function useErrand<Answer, Asked extends object = Record<string, never>>(
  { key, path }: Read<Answer>,
  errandOf: (answer: Answer) => ErrandView | null,
): {
  readonly read: UseQueryResult<Answer, ApiError>;
  readonly ask: UseMutationResult<Answer, ApiError, Asked>;
  readonly isUnderWay: boolean;
} {
  const client = useQueryClient();
  const isOpen = (answer: Answer | undefined): boolean => answer !== undefined && errandOf(answer)?.finishedAt === null;
  const read = useQuery<Answer, ApiError>({
    queryKey: key,
    queryFn: ({ signal }) => call<Answer>(path, { signal }),
    refetchInterval: ({ state }) => (isOpen(state.data) ? LOOK_MS : false),
  });
  const ask = useMutation<Answer, ApiError, Asked>({
    mutationFn: (body) => send<Answer>('POST', path, body),
    onSuccess: (answer) => client.setQueryData(key, answer),
  });
  return { read, ask, isUnderWay: ask.isPending || isOpen(read.data) };
}
