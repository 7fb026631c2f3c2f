/**
 * A response as it is submitted: with what the form computes, without answers of disabled items, empty answers and empty items. Rows of a repeating group stay where
 * they are, so that paths in issues mean the same before and after; an empty row is an issue, not something to drop in silence.
 */
import type { BoundItem, Container } from './bind.ts';
import type { EvaluationContext } from './expression/engine.ts';
import { evaluateResponse } from './expression/evaluate.ts';
import type { EvaluatedForm } from './expression/evaluated-form.ts';
import type { Questionnaire } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from './response.ts';

export function pruneResponse(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  context?: EvaluationContext,
): QuestionnaireResponse {
  return prunedTo(evaluateResponse(questionnaire, response, context), response);
}

/** `response`: what was evaluated. */
export function prunedTo({ root, isEnabled }: EvaluatedForm, response: QuestionnaireResponse): QuestionnaireResponse {
  const keep = (container: Container): readonly ResponseItem[] => [
    ...container.items.flatMap((bound) => (isEnabled(bound) ? keepItem(bound) : [])),
    // Unknown items are for the validator to refuse; dropping them would hide bad input.
    ...container.strays.map(({ source }) => source),
  ];
  const keepItem = (bound: BoundItem): readonly ResponseItem[] => {
    if (bound.item.type === 'display') return bound.sources;
    if (bound.item.type !== 'group') {
      const answer = bound.answers.map((given): ResponseAnswer => withItems<ResponseAnswer>(given.answer, keep(given.nested)));
      return answer.length > 0 ? [{ linkId: bound.item.linkId, ...bound.sources[0], answer }] : [];
    }
    return bound.instances.flatMap((instance) => {
      const items = keep(instance);
      if (items.length === 0 && !bound.item.repeats) return [];
      return [withItems<ResponseItem>({ linkId: bound.item.linkId, ...instance.source }, items)];
    });
  };
  return withItems(response, keep(root));
}

function withItems<T extends { readonly item?: readonly ResponseItem[] }>(holder: T, items: readonly ResponseItem[]): T {
  const { item: _, ...rest } = holder;
  return (items.length > 0 ? { ...rest, item: items } : rest) as T;
}
