import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import type { DeciderView, ServiceFormView } from '#api/views.ts';
import { extractFacts } from '#core/form/facts.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { type ApiError, send } from '#web/lib/api.ts';

/** Who decides next, asked again whenever an answer changes that the process knows of. Without a connection what was known last stays. */
export function useDeciders(
  { key, form, prefill, nextDeciders }: ServiceFormView,
  response: QuestionnaireResponse,
): readonly DeciderView[] {
  const answers = useDeferredValue(response);
  const facts = useMemo(() => factsOf(form.questionnaire, answers), [form.questionnaire, answers]);
  const atFirst = useMemo(() => factsOf(form.questionnaire, prefill), [form.questionnaire, prefill]);
  const { data } = useQuery<readonly DeciderView[], ApiError>({
    queryKey: ['services', key, 'deciders', facts],
    queryFn: ({ signal }) => send('POST', `/api/services/${encodeURIComponent(key)}/deciders`, { response: answers }, { signal }),
    ...(facts === atFirst ? { initialData: nextDeciders } : {}),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    // The key holds answers.
    gcTime: 0,
  });
  return data ?? nextDeciders;
}

const factsOf = (questionnaire: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>): string =>
  JSON.stringify(extractFacts(questionnaire, response));
