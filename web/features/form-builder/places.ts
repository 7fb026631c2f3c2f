/** Where items stand, and where one step takes them. */
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { isHelp } from '#core/form-edit/help-setting.ts';
import { findItem, itemsBelow, linkIdsIn, parentOf } from '#core/form-edit/tree.ts';

export interface Place {
  /** Null: the form itself. */
  readonly parent: string | null;
  readonly index: number;
}

/** Where something is dropped beside an item, or in a group; null where it may not be, or stands already. `moved`: the item that is dragged. */
export function placeAt(
  form: Questionnaire,
  { linkId, side }: { readonly linkId: string | null; readonly side: 'before' | 'after' | 'inside' },
  moved: string | null,
): Place | null {
  const own = moved === null ? null : findItem(form, moved);
  const found = linkId === null ? null : findItem(form, linkId);
  if ((moved !== null && !own) || (linkId !== null && !found)) return null;
  const into = (parent: string | null, index: number): Place | null => {
    if (own && parent !== null && linkIdsIn([own.item]).includes(parent)) return null;
    const isSibling = own !== null && parentOf(own) === parent;
    // Where it is taken away before, those after it move up.
    const at = isSibling && own.index < index ? index - 1 : index;
    return isSibling && own.index === at ? null : { parent, index: at };
  };
  if (!found) return into(null, form.item?.length ?? 0);
  if (side !== 'inside') return into(parentOf(found), found.index + (side === 'after' ? 1 : 0));
  const items = found.item.item ?? [];
  return into(
    found.item.linkId,
    Math.max(
      items.findIndex((item) => !isHelp(item)),
      0,
    ),
  );
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
