/**
 * What a viewer sends, made whole: answers that they may not see or change come from what is known, whatever was sent in their place.
 */
import { blankResponse } from '../blank.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '../response.ts';
import { type FieldAccess, isProtected } from './field-access.ts';
import { isPlaceholder } from './mask.ts';

type Items = readonly ResponseItem[];

/** `known`: null where nothing is kept for the viewer, as in a draft, which holds only what is theirs. */
export function withProtected(
  questionnaire: Questionnaire,
  access: FieldAccess,
  submitted: QuestionnaireResponse,
  known: Pick<QuestionnaireResponse, 'item'> | null,
): QuestionnaireResponse {
  const sent = submitted.item && withoutPlaceholders(submitted.item);
  if (access.size === 0) return sent === submitted.item ? submitted : withItems(submitted, sent ?? []);
  const hasProtected = (items: readonly QuestionnaireItem[] = []): boolean =>
    items.some((item) => isProtected(access, item.linkId) || hasProtected(item.item));

  const merge = (definitions: readonly QuestionnaireItem[], given: Items, kept: Items, isNewRow: boolean): Items => {
    const ids = new Set(definitions.map(({ linkId }) => linkId));
    return [
      ...definitions.flatMap((item) => mergeItem(item, ofItem(given, item), ofItem(kept, item), isNewRow)),
      // What the form does not have here is for the validator to refuse; what is protected is not taken from any place.
      ...given.filter(({ linkId }) => !ids.has(linkId) && !isProtected(access, linkId)),
    ];
  };

  const mergeItem = (item: QuestionnaireItem, given: Items, kept: Items, isNewRow: boolean): Items => {
    if (isProtected(access, item.linkId)) return isNewRow && known ? beginning(item) : kept;
    const children = item.item ?? [];
    if (!hasProtected(children)) return given;
    if (item.type !== 'group') {
      const nested = kept.flatMap(({ answer = [] }) => answer);
      return given.map((one) => ({
        ...one,
        ...(one.answer && {
          answer: one.answer.map((answer, index) =>
            withItems(answer, merge(children, answer.item ?? [], nested[index]?.item ?? [], isNewRow)),
          ),
        }),
      }));
    }
    const row = (ours: ResponseItem | undefined, theirs: ResponseItem | undefined, isNew: boolean): ResponseItem =>
      withItems({ ...ours, ...theirs, linkId: item.linkId }, merge(children, theirs?.item ?? [], ours?.item ?? [], isNew));
    // Rows have no names: with something protected in them they stay as many and in the order in which they are known.
    if (item.repeats && holdsProtected(access, kept)) return kept.map((ours, index) => row(ours, given[index], false));
    if (item.repeats) return given.map((theirs, index) => row(kept[index], theirs, index >= kept.length));
    const items = merge(children, given.flatMap((each) => each.item ?? []), kept.flatMap((each) => each.item ?? []), isNewRow); // biome-ignore format: one line
    const [head = kept[0]] = given;
    return head && (items.length > 0 || given.length > 0) ? [withItems(head, items)] : [];
  };

  return withItems(submitted, merge(questionnaire.item ?? [], sent ?? [], known?.item ?? [], false));
}

/** Does anything stand in them that the viewer may not change? */
export const holdsProtected = (access: FieldAccess, rows: Items): boolean =>
  rows.some(({ item = [], answer = [] }) => {
    const below = [...item, ...answer.flatMap((given) => given.item ?? [])];
    return below.some((each) => isProtected(access, each.linkId) || holdsProtected(access, [each]));
  });

const ofItem = (items: Items, { linkId }: QuestionnaireItem): Items => items.filter((item) => item.linkId === linkId);

/** A row that was not there before begins, where its viewer may not write, as the form says. */
const beginning = (item: QuestionnaireItem): Items =>
  blankResponse({ resourceType: 'Questionnaire', status: 'active', item: [item] }).item ?? [];

/** A placeholder is no answer, wherever it was put. */
function withoutPlaceholders(items: Items): Items {
  const kept = items.map((item): ResponseItem => {
    const answer = item.answer?.filter((given) => !isPlaceholder(given)).map((given) => deep(given));
    return deep(answer && !isSameList(answer, item.answer) ? { ...item, answer } : item);
  });
  return isSameList(kept, items) ? items : kept;
}

function deep<T extends ResponseItem | ResponseAnswer>(holder: T): T {
  const item = holder.item && withoutPlaceholders(holder.item);
  return item === holder.item ? holder : { ...holder, item };
}

const isSameList = (a: readonly unknown[], b: readonly unknown[] = []): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

function withItems<T extends { readonly item?: Items }>(holder: T, items: Items): T {
  const { item: _, ...rest } = holder;
  // Only its items are others.
  return (items.length > 0 ? { ...rest, item: items } : rest) as T;
}
