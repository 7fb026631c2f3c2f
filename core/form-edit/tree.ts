/**
 * Finds and replaces items of a form by link id. What is not on the way to the item stays the same object, so that what was read of it once
 * (`extensions.ts`, `expression/expressions.ts`) stays known. Where a faulty form has a link id twice, the first one is meant.
 */
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { withList } from './members.ts';

type Items = readonly QuestionnaireItem[];

export interface Found {
  readonly item: QuestionnaireItem;
  /** Link ids of what stands around it, the outermost first. */
  readonly around: readonly string[];
  readonly index: number;
}

export function findItem(questionnaire: Questionnaire, linkId: string): Found | null {
  const search = (items: Items, around: readonly string[]): Found | null => {
    for (const [index, item] of items.entries()) {
      if (item.linkId === linkId) return { item, around, index };
      const below = search(item.item ?? [], [...around, item.linkId]);
      if (below) return below;
    }
    return null;
  };
  return search(questionnaire.item ?? [], []);
}

export const parentOf = ({ around }: Found): string | null => around.at(-1) ?? null;

/** The items of the form, or those below an item; empty where the parent is not there. */
export const itemsBelow = (questionnaire: Questionnaire, parent: string | null): Items =>
  (parent === null ? questionnaire.item : findItem(questionnaire, parent)?.item.item) ?? [];

export const linkIdsIn = (items: Items): readonly string[] => items.flatMap(({ linkId, item = [] }) => [linkId, ...linkIdsIn(item)]);

export function updateItem(
  questionnaire: Questionnaire,
  linkId: string,
  change: (item: QuestionnaireItem) => QuestionnaireItem,
): Questionnaire {
  const found = findItem(questionnaire, linkId);
  if (!found) return questionnaire;
  const changed = change(found.item);
  if (changed === found.item) return questionnaire;
  return withItemsBelow(questionnaire, parentOf(found), (items) => items.with(found.index, changed));
}

export function withItemsBelow(questionnaire: Questionnaire, parent: string | null, change: (items: Items) => Items): Questionnaire {
  if (parent === null) return withItems(questionnaire, change(questionnaire.item ?? []));
  return updateItem(questionnaire, parent, (item) => withItems(item, change(item.item ?? [])));
}

export const withItems = <T extends { readonly item?: Items }>(holder: T, items: Items): T => withList(holder, 'item', items);
