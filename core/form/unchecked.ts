/**
 * A mark on answers whose code no terminology server could check, because none was there: they are taken, and whoever reads them can see it. Only
 * the door sets the mark; what a client says of it does not count.
 */
import { EXTENSION } from './extensions.ts';
import type { Questionnaire } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from './response.ts';
import { externalLists, type Verdicts } from './terminology/external.ts';

export const isUnchecked = ({ extension = [] }: Pick<ResponseAnswer, 'extension'>): boolean =>
  extension.some(({ url, valueBoolean }) => url === EXTENSION.unchecked && valueBoolean === true);

export function markUnchecked(questionnaire: Questionnaire, response: QuestionnaireResponse, verdictOf: Verdicts): QuestionnaireResponse {
  const lists = externalLists(questionnaire);
  const marked = (linkId: string, { extension = [], ...answer }: ResponseAnswer): ResponseAnswer => {
    const canonical = lists.get(linkId)?.canonical;
    const { valueCoding } = answer;
    const isOpen = canonical !== undefined && valueCoding !== undefined && verdictOf(canonical, valueCoding) === 'unknown';
    const kept = extension.filter(({ url }) => url !== EXTENSION.unchecked);
    const stated = isOpen ? [...kept, { url: EXTENSION.unchecked, valueBoolean: true }] : kept;
    return { ...answer, ...(stated.length > 0 && { extension: stated }), ...(answer.item && { item: answer.item.map(inItem) }) };
  };
  const inItem = (item: ResponseItem): ResponseItem => ({
    ...item,
    ...(item.answer && { answer: item.answer.map((answer) => marked(item.linkId, answer)) }),
    ...(item.item && { item: item.item.map(inItem) }),
  });
  return response.item ? { ...response, item: response.item.map(inItem) } : response;
}
