/** Answers as a viewer may read them. Whatever leaves the server has passed here (`api/read/`). */
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '../response.ts';
import type { FieldAccess } from './field-access.ts';
import { maskedAnswer } from './mask.ts';

declare const visible: unique symbol;

/** Answers that have passed here: what views of the API are typed with, so that nothing else gets into one. */
export type VisibleResponse = QuestionnaireResponse & { readonly [visible]: true };

/** By link id wherever it stands, so that what stands in the wrong place is covered as well. */
export function responseFor(access: FieldAccess, response: QuestionnaireResponse): VisibleResponse {
  // The mark is for the compiler alone.
  if (access.size === 0 || !response.item) return response as VisibleResponse;

  const itemsOf = (items: readonly ResponseItem[], isMaskedAround: boolean): readonly ResponseItem[] =>
    items.flatMap((item): readonly ResponseItem[] => {
      const reading = access.get(item.linkId)?.reading ?? 'open';
      if (reading === 'hidden') return [];
      const isMasked = isMaskedAround || reading === 'masked';
      // A masked item keeps nothing that could say it in another way.
      const { linkId } = item;
      const { answer: _, item: __, ...head } = item;
      return [{ ...(isMasked ? { linkId } : head), ...partsOf(item, isMasked) }];
    });

  const partsOf = ({ answer, item }: ResponseItem, isMasked: boolean): Pick<ResponseItem, 'answer' | 'item'> => ({
    ...(answer && { answer: answer.map(({ item: below, ...given }) => ({ ...answerOf(given, isMasked), ...inside(below, isMasked) })) }),
    ...inside(item, isMasked),
  });

  const answerOf = (given: ResponseAnswer, isMasked: boolean): ResponseAnswer => (isMasked ? maskedAnswer(given) : given);

  /** FHIR knows no empty lists. */
  const inside = (items: readonly ResponseItem[] = [], isMasked: boolean): Pick<ResponseItem, 'item'> => {
    const shown = itemsOf(items, isMasked);
    return shown.length > 0 ? { item: shown } : {};
  };

  const { item, ...head } = response;
  return { ...head, ...inside(item, false) } as VisibleResponse;
}
