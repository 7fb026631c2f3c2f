/**
 * Remarks on answers of another form (P3 2.3, 逐格意见): rows of a group in which a coded choice names the question by its link id and a text says what is to be done about
 * it. Whoever answers the other form again has to change the answer, or to write anew what stands as text beside it.
 */
import type { AnswerValue, QuestionnaireItem } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from './response.ts';

export interface AnswerRemark {
  /** Of the question that is remarked on. */
  readonly linkId: string;
  readonly words: string;
}

type Answered = Pick<QuestionnaireResponse, 'item'>;

/** In the order of the rows; a row that names nothing, or says nothing, is none. */
export function remarksIn(response: Answered, groups: readonly string[]): readonly AnswerRemark[] {
  return rowsOf(response.item ?? [], groups).flatMap(({ item = [] }) => {
    const values = item.flatMap(({ answer = [] }) => answer);
    const linkId = values.flatMap(({ valueCoding }) => valueCoding?.code ?? [])[0];
    const words = values.flatMap(({ valueString }) => valueString?.trim() || [])[0];
    return linkId === undefined || words === undefined ? [] : [{ linkId, words }];
  });
}

const rowsOf = (items: readonly ResponseItem[], groups: readonly string[]): readonly ResponseItem[] =>
  items.flatMap((each) => (groups.includes(each.linkId) ? [each] : rowsOf(each.item ?? [], groups)));

/** Of the questions remarked on those whose answer stands as it stood, without a word about it: link ids, each once. */
export function unansweredRemarks(
  linkIds: readonly string[],
  { items, before, after }: { readonly items: readonly QuestionnaireItem[]; readonly before: Answered; readonly after: Answered },
): readonly string[] {
  const isNew = (linkId: string): boolean => JSON.stringify(valuesAt(before, linkId)) !== JSON.stringify(valuesAt(after, linkId));
  const isExplained = (linkId: string): boolean =>
    textsBeside(items, linkId).some((text) => isNew(text) && valuesAt(after, text).length > 0);
  return [...new Set(linkIds)].filter((linkId) => !isNew(linkId) && !isExplained(linkId));
}

function valuesAt({ item = [] }: Answered, linkId: string): readonly AnswerValue[] {
  return item.flatMap((each) => [
    ...(each.linkId === linkId ? (each.answer ?? []).map(({ item: _, ...value }) => value) : []),
    ...valuesAt(each, linkId),
  ]);
}

/** Link ids of the long texts in the same group. */
function textsBeside(items: readonly QuestionnaireItem[], linkId: string): readonly string[] {
  if (items.some((each) => each.linkId === linkId)) return items.filter(({ type }) => type === 'text').map((each) => each.linkId);
  return items.flatMap(({ item = [] }) => textsBeside(item, linkId));
}
