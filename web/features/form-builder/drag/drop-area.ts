'use client';

import { useDroppable } from '@dnd-kit/core';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { type PlacedItem, placedItems } from '#core/form-edit/placed-items.ts';
import type { DropTarget, ItemBox } from './drop-target.ts';

/** What an area carries: where in it something would be dropped, from what is drawn at that moment. */
export interface DropArea {
  readonly targetAt: (point: { readonly x: number; readonly y: number }) => DropTarget;
}

/** `decide` gets the items of the form that are drawn in the area, by the elements that name them. */
export function useDropArea(
  id: string,
  form: Questionnaire,
  decide: (boxes: readonly ItemBox[], area: DOMRect, point: { readonly x: number; readonly y: number }) => DropTarget,
): (element: HTMLElement | null) => void {
  let placed: ReadonlyMap<string, PlacedItem> | null = null;
  const { setNodeRef, node } = useDroppable({
    id,
    data: {
      targetAt: (point) => {
        placed ??= placedItems(form);
        return decide(boxesIn(node.current, placed), node.current?.getBoundingClientRect() ?? new DOMRect(), point);
      },
    } satisfies DropArea,
  });
  return setNodeRef;
}

/** An item that is drawn several times, in rows, is one box each. */
function boxesIn(area: HTMLElement | null, placed: ReadonlyMap<string, PlacedItem>): readonly ItemBox[] {
  return [...(area?.querySelectorAll<HTMLElement>('[data-link-id]') ?? [])].flatMap((element): readonly ItemBox[] => {
    const linkId = element.dataset.linkId ?? '';
    const found = placed.get(linkId);
    const rect = element.getBoundingClientRect();
    if (!found || rect.height === 0) return [];
    return [{ linkId, parent: found.place.parent, isGroup: found.item.type === 'group', rect }];
  });
}
