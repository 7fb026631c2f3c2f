/** Where items stand, and where one step takes them. */
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { isHelp } from '#core/form-edit/help-setting.ts';
import { findItem, itemsBelow, parentOf } from '#core/form-edit/tree.ts';

export interface Place {
  /** Null: the form itself. */
  readonly parent: string | null;
  readonly index: number;
}

export function itemPlaces(form: Questionnaire): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const visit = (items: readonly QuestionnaireItem[], parent: string | null): void => {
    for (const [index, item] of items.entries()) {
      places.set(item.linkId, { parent, index });
      visit(item.item ?? [], item.linkId);
    }
  };
  visit(form.item ?? [], null);
  return places;
}

export type Step = 'up' | 'down' | 'in' | 'out';

/** Null where there is no such step. `in`: to the end of the group before it. */
export function stepOf(form: Questionnaire, linkId: string, step: Step): Place | null {
  const found = findItem(form, linkId);
  if (!found) return null;
  const parent = parentOf(found);
  const siblings = itemsBelow(form, parent);
  // A help belongs to what stands around it: it is passed over.
  const others = siblings.flatMap((item, index) => (isHelp(item) ? [] : [index]));
  const at = others.indexOf(found.index);
  switch (step) {
    case 'up': {
      const index = others[at - 1];
      return index === undefined ? null : { parent, index };
    }
    case 'down': {
      const index = others[at + 1];
      return index === undefined ? null : { parent, index };
    }
    case 'in': {
      const before = siblings[others[at - 1] ?? -1];
      return before && before.type === 'group' ? { parent: before.linkId, index: before.item?.length ?? 0 } : null;
    }
    case 'out': {
      const around = parent === null ? null : findItem(form, parent);
      return around ? { parent: parentOf(around), index: around.index + 1 } : null;
    }
  }
}

/** Where something new goes: into the group that is chosen, else behind the item that is, else to the end. */
export function placeForNew(form: Questionnaire, selected: string | null): Place {
  const found = selected === null ? null : findItem(form, selected);
  if (!found) return { parent: null, index: form.item?.length ?? 0 };
  if (found.item.type === 'group') return { parent: found.item.linkId, index: found.item.item?.length ?? 0 };
  return { parent: parentOf(found), index: found.index + 1 };
}
