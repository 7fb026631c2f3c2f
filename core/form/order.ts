/**
 * Items of a response stand in the order of its form (FHIR R4, QuestionnaireResponse, rules). The door puts them so; whoever checks a response that
 * is kept elsewhere is told where they do not.
 */
import type { Container } from './bind.ts';
import type { Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from './response.ts';

/** What the form does not have comes last. */
export function inFormOrder<R extends Pick<QuestionnaireResponse, 'item'>>(questionnaire: Questionnaire, response: R): R {
  return response.item ? { ...response, item: ordered(questionnaire.item ?? [], response.item) } : response;
}

function ordered(definitions: readonly QuestionnaireItem[], items: readonly ResponseItem[]): readonly ResponseItem[] {
  const places = new Map(definitions.map((item, index) => [item.linkId, { item, index }]));
  const place = ({ linkId }: ResponseItem): number => places.get(linkId)?.index ?? definitions.length;
  return [...items]
    .sort((a, b) => place(a) - place(b))
    .map((item) => {
      const below = places.get(item.linkId)?.item.item ?? [];
      return {
        ...item,
        ...(item.item && { item: ordered(below, item.item) }),
        ...(item.answer && {
          answer: item.answer.map((answer) => (answer.item ? { ...answer, item: ordered(below, answer.item) } : answer)),
        }),
      };
    });
}

/** Link ids of items that stand behind one that should come after them. `given`: as they came. */
export function misplacedIn({ items }: Container, given: readonly ResponseItem[]): readonly string[] {
  const places = new Map(items.map(({ item }, index) => [item.linkId, index]));
  let furthest = -1;
  const misplaced = new Set<string>();
  for (const { linkId } of given) {
    const place = places.get(linkId);
    if (place === undefined) continue;
    if (place < furthest) misplaced.add(linkId);
    furthest = Math.max(furthest, place);
  }
  return [...misplaced];
}
