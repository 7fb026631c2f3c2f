'use client';

import { useQuery } from '@tanstack/react-query';
import type { ExpressionEngine } from '#core/form/expression/engine.ts';
import { hasExpressions } from '#core/form/expression/expressions.ts';
import { loadEngine } from '#core/form/expression/load.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';

/** Null where the form computes nothing; undefined while the engine, which is large, is on its way. */
export function useEngine(questionnaire: Questionnaire): {
  readonly engine: ExpressionEngine | null | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
} {
  const isNeeded = hasExpressions(questionnaire);
  const { data, error, refetch } = useQuery({
    queryKey: ['form-engine'],
    queryFn: loadEngine,
    enabled: isNeeded,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { engine: isNeeded ? data : null, error: data ? null : error, retry: () => void refetch() };
}
