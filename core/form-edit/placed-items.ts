/** Every item of a form with where it stands. */
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';

export interface ItemPlace {
  /** Null: the form. */
  readonly parent: string | null;
  /** Among the items of its parent. */
  readonly index: number;
  /** Link ids of the repeating groups around it, the outermost first: in each of their rows it has answers of its own. */
  readonly rows: readonly string[];
}

export interface PlacedItem {
  readonly item: QuestionnaireItem;
  readonly place: ItemPlace;
}

/** By link id, in the order of the document. */
export function placedItems(questionnaire: Questionnaire): ReadonlyMap<string, PlacedItem> {
  const found = new Map<string, PlacedItem>();
  const visit = (items: readonly QuestionnaireItem[], parent: string | null, rows: readonly string[]): void => {
    for (const [index, item] of items.entries()) {
      if (!found.has(item.linkId)) found.set(item.linkId, { item, place: { parent, index, rows } });
      visit(item.item ?? [], item.linkId, item.type === 'group' && item.repeats ? [...rows, item.linkId] : rows);
    }
  };
  visit(questionnaire.item ?? [], null, []);
  return found;
}
